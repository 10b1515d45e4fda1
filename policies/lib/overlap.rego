# METADATA
# title: Whether two grants were held at one moment
# description: >-
#   A grant runs from the day it was given to the day it was taken away; one that nobody took away by the as-of date is
#   still held. Two overlap if each ended only after the other had begun. One given on the day on which the other was
#   taken away, if no time of day tells more, is a handover. If a date that matters is unknown they neither
#   overlap nor lie apart, and the caller reports it.
package lib.overlap

import future.keywords.not

import data.lib.age

# METADATA
# description: Both were held at one moment, and neither ended before a moment from which it matters.
together(one, two, start_ms) if {
	outlasts(one, two)
	outlasts(two, one)
	lasts_into(one, start_ms)
	lasts_into(two, start_ms)
}

# METADATA
# scope: document
# description: One was taken away before the other was given.
apart(one, two) if ends_before(one, two)

apart(one, two) if ends_before(two, one)

# METADATA
# description: The grant was taken away by the as-of date.
ended(grant) if age.past(grant.removed_at, input.as_of.ms)

# METADATA
# description: The day from which both were held; null if one of them does not state it.
began(one, two) := age.date(max(starts)) if {
	starts := [age.earliest(grant.granted_at) | some grant in [one, two]]
	count(starts) == 2
} else := null

# METADATA
# description: The day until which both were held; null while they are.
finished(one, two) := age.date(min(ends)) if {
	ends := [age.earliest(grant.removed_at) | some grant in [one, two]; ended(grant)]
	count(ends) > 0
} else := null

# METADATA
# description: The time for which both were held, in words.
words(one, two) := words_of(began(one, two), finished(one, two))

# METADATA
# description: The dates of a grant that keep it from being compared, as dossier paths.
undated(grant) := {path |
	some field in ["granted_at", "removed_at"]
	path := concat("", ["grants.records.", field, vague(field, object.get(grant, field, null))])
}

vague("granted_at", instant) := "" if not age.earliest(instant)

vague(_, instant) := " (time zone unknown)" if {
	is_number(age.earliest(instant))
	not age.precise(instant)
}

words_of(from, to) := concat(" ", ["from", from, "to", to]) if {
	is_string(from)
	is_string(to)
} else := concat(" ", ["until", to]) if {
	is_string(to)
} else := concat(" ", ["since", from]) if {
	is_string(from)
} else := "at the as-of date"

outlasts(grant, _) if not ended(grant)

outlasts(grant, other) if {
	ended(grant)
	age.later_than(grant.removed_at, other.granted_at, 0)
}

ends_before(grant, other) if {
	ended(grant)
	age.no_later_than(grant.removed_at, other.granted_at, 0)
}

lasts_into(grant, _) if not ended(grant)

lasts_into(grant, start_ms) if age.since(grant.removed_at, start_ms)
