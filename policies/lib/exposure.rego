# METADATA
# title: Whether an exposed key was made worthless in time
# description: >-
#   A copy of a secret is worth nothing once the old secret is revoked, in the rotation that replaces it or with the
#   key; as long as old and new one work side by side, the copy works. A limit is an object with
#   `start` (the moment from which the key was not safe), `event` (what happened then), `which` (what to call the key),
#   `path` (if the dossier has it) and `hours`. Limits in hours are kept by times of day: a date known to the day is
#   in time only if its whole day is. Of several replacements the dossier names the first one on record. A key
#   created after the start was never exposed. A date of revocation beside the status `active` says two things at once,
#   and counts for neither.
package lib.exposure

import future.keywords.not

import data.lib.age
import data.lib.clock
import data.lib.duration
import data.lib.lifecycle

# METADATA
# scope: document
# description: The old secret or the key revoked in time, or the key created since.
settled(key, limit) if {
	age.past(key.replaced, input.as_of.ms)
	clock.not_before(key.replaced, limit.start)
	age.past(key.old_revoked, input.as_of.ms)
	clock.in_time(key.old_revoked, limit.start, milliseconds(limit))
}

settled(key, limit) if {
	age.past(revoked_at(key), input.as_of.ms)
	clock.in_time(revoked_at(key), limit.start, milliseconds(limit))
}

settled(key, limit) if clock.not_before(key.created, limit.start)

# METADATA
# description: >-
#   The time is up, the key was there at the start, and no end of the exposed secret can lie within the time: it was not
#   replaced, or worked on beside the new one; and the key was not revoked.
broken(key, limit) if {
	overdue(limit)
	existed(key, limit)
	not settled(key, limit)
	worked_on(key, limit)
	not_revoked_within(key, limit)
}

# METADATA
# scope: document
# description: >-
#   The records show that the old secret of a replacement still worked so many ms after a moment, or works today.
outlived(key, start, ms) if age.later_than(key.old_revoked, start, ms)

outlived(key, _, _) if key.old_revoked.state == "never"

# METADATA
# description: >-
#   Path of what would decide, for a key that is neither settled nor broken. `list` is where the dossier has the key.
undecided(list, key, limit) := limit.path if {
	not is_number(age.earliest(limit.start))
} else := concat("", [list, ".records.", reason(key, limit)]) if {
	reason(key, limit) != "start"
} else := concat("", [limit.path, " (no time of day)"])

# METADATA
# description: What became of a key, as a sentence.
sentence(key, limit) := sprintf(`%s on %s; by the records %s "%s" %s; the limit is %s%s`, [
	limit.event,
	clock.moment(limit.start),
	limit.which,
	key.key_id,
	ending(key),
	duration.words(limit.hours),
	uses(key),
])

# METADATA
# description: The same as facts.
facts(key, limit) := {
	"key": key.key_id,
	"exposed_from": clock.moment(limit.start),
	"replaced": moment_or_null(key, "replaced"),
	"old_revoked": moment_or_null(key, "old_revoked"),
	"revoked": moment_or_null(key, "revoked"),
	"uses_after": object.get(key, "uses_after", null),
	"limit_hours": limit.hours,
}

milliseconds(limit) := limit.hours * age.hour_ms

# METADATA
# description: >-
#   The last moment that the inventory speaks for in the state and the last rotation of a key, epoch ms: the as-of date,
#   or the day on which it was taken if that is known and earlier.
stated_until(key) := key.stated_until_ms if {
	is_number(key.stated_until_ms)
} else := input.as_of.ms

# METADATA
# scope: document
# description: The inventory was taken after the time allowed, so many ms from a moment, was over.
stated_after(key, start, ms) if age.latest(start) + ms < stated_until(key)

# The time allowed is over.
overdue(limit) if age.latest(limit.start) + milliseconds(limit) < input.as_of.ms

worked_on(key, limit) if not_replaced_within(key, limit)

worked_on(key, limit) if outlived(key, limit.start, milliseconds(limit))

existed(key, limit) if age.later_than(limit.start, key.created, 0)

existed(key, limit) if age.later_than(limit.start, key.last_rotated, 0)

not_replaced_within(key, limit) if age.later_than(key.replaced, limit.start, milliseconds(limit))

not_replaced_within(key, limit) if {
	not key.replaced.state == "known"
	stated_after(key, limit.start, milliseconds(limit))
	not_rotated_since(key, limit)
}

not_rotated_since(key, _) if key.last_rotated.state == "never"

not_rotated_since(key, limit) if age.later_than(limit.start, key.last_rotated, 0)

not_revoked_within(key, limit) if age.later_than(revoked_at(key), limit.start, milliseconds(limit))

not_revoked_within(key, limit) if {
	key.status == "active"
	stated_after(key, limit.start, milliseconds(limit))
	not age.past(key.revoked, input.as_of.ms)
}

revoked_at(key) := key.revoked if lifecycle.not_active[key.status]

reason(key, limit) := "replaced (the time allowed is not over)" if {
	not overdue(limit)
} else := "status" if {
	not lifecycle.not_active[key.status]
	not key.status == "active"
} else := age.not_known_since("status", stated_until(key)) if {
	not key.replaced.state == "known"
	key.status == "active"
	not stated_after(key, limit.start, milliseconds(limit))
} else := "revoked (the status is active)" if {
	key.status == "active"
	age.past(key.revoked, input.as_of.ms)
} else := "revoked" if {
	not key.status == "active"
	not age.past(key.revoked, input.as_of.ms)
} else := "replaced" if {
	not key.replaced.state == "known"
	not not_rotated_since(key, limit)
} else := "created" if {
	not existed(key, limit)
} else := "replaced (no time of day)" if {
	key.replaced.tolerance_ms > 0
} else := "revoked (no time of day)" if {
	revoked_at(key).tolerance_ms > 0
} else := "old_revoked (no log tells when the old secret was revoked)" if {
	key.replaced.state == "known"
	not key.old_revoked.state == "known"
} else := "old_revoked (no time of day)" if {
	key.old_revoked.tolerance_ms > 0
} else := "start"

ending(key) := concat("", ["was first replaced on ", clock.moment(key.replaced), old_secret(key)]) if {
	age.past(key.replaced, input.as_of.ms)
} else := concat(" ", ["was revoked on", clock.moment(key.revoked)]) if {
	age.past(key.revoked, input.as_of.ms)
} else := "has neither been replaced nor revoked since"

# METADATA
# description: What the records show of the old secret of a replacement, in words; empty if they show nothing.
old_secret(key) := concat(" ", [", and its old secret revoked on", clock.moment(key.old_revoked)]) if {
	key.old_revoked.state == "known"
} else := ", and the log of that rotation shows no revocation of the old secret" if {
	key.old_revoked.state == "never"
} else := ""

uses(key) := sprintf("; uses on record since: %d", [key.uses_after]) if {
	key.uses_after > 0
} else := ""

moment_or_null(key, field) := clock.moment(key[field]) if {
	key[field].state == "known"
} else := "never" if {
	field == "old_revoked"
	key[field].state == "never"
} else := null
