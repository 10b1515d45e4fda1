# METADATA
# title: Keys a leaver could read are rotated within a day, and the access is gone
# description: >-
#   Whoever could read a key may have kept it. For every leaver who could read or use the key, the secret must have been
#   replaced, or the key revoked, after the departure and within 24 hours of it, and the leaver's grant must not outlast
#   the departure. A key fails if it has not been replaced since the departure and the time is up; if the rotation
#   log shows that the first replacement came later (for departures in the period, or in the year before the as-of
#   date); and if a leaver's grant is still listed or was taken away after the departure. A holder who is not among
#   the identities supplied may be a leaver whom the directory no longer has, and a group that may read or use the key
#   and whose members no directory lists leaves open who of those who left could: missing evidence. Reading chosen: 24
#   hours and all keys, as internal rules ask; departures known to the day leave the whole next day.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, PS-4 and AC-2
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: emergency-rotate-departure
#   severity: critical
#   subject: key
#   requires: [key.status, leavers, grants]
#   absences: [rotations]
#   supposes: [key.status]
#   presence: [rotations]
#   elements:
#     - id: rotation
#       title: keys that leavers could read
#       shows: Whether the key was replaced or revoked within the limit after each departure.
#       criterion: {params: [max_hours]}
#     - id: access
#       title: access of leavers
#       shows: Whether the grant of each leaver ended with the departure.
#       criterion: none
#   params:
#     max_hours: 24
#     lookback_days: 365
#   action: Rotate the keys that leavers could read, and remove their access
#   remediation: >-
#     Rotate the key today and remove the leaver's grant. Tie leaver tickets to a list of the keys the person could
#     read.
#   effort: rotation
#   closed_by: >-
#     The rotation log shows a new secret since the departure, and the list of access rights shows the leaver's grant
#     removed. That it was late stays on record while the departure lies in the time examined.
package policies.emergency.emergency_rotate_departure

import future.keywords.not

import data.lib.age
import data.lib.duration
import data.lib.evidence
import data.lib.grant
import data.lib.rotation

not_applicable contains "nobody who left could read or use the key" if {
	input.leavers.total == 0
	count(groups) == 0
	not evidence.cut("grants", input.grants)
	count(unidentified) == 0
}

not_applicable contains "nobody who left could read or use the key by the as-of date" if {
	input.leavers.total == count(input.leavers.records)
	count(input.leavers.records) > 0
	count(unidentified) == 0
	every leaver in input.leavers.records {
		age.after(leaver.principal.departed_at, input.as_of.ms)
	}
	count(groups) == 0
	not evidence.cut("grants", input.grants)
}

violations contains {
	"element": "rotation",
	"absent": ["rotations"],
	"message": sprintf("%s left on %s, and the key has not been replaced since; the limit is %s", [
		leaver.principal.principal_id,
		age.describe(left, input.as_of.ms),
		duration.words(params.max_hours),
	]),
	"facts": facts(leaver),
	"records": [leaver.principal.source, leaver.grant.source, input.key.source],
} if {
	input.key.status == "active"
	some leaver in departed
	left := leaver.principal.departed_at
	replaced_before(left)
	age.over(left, stated_until, params.max_hours / 24)
}

violations contains {
	"element": "rotation",
	"message": sprintf("%s left on %s and the key was first replaced on %s; the limit is %s", [
		leaver.principal.principal_id,
		age.day(left),
		age.day(first),
		duration.words(params.max_hours),
	]),
	"facts": object.union(facts(leaver), {"replaced": age.day(first)}),
	"records": [leaver.principal.source, leaver.grant.source, input.key.source],
} if {
	input.rotations.total == count(input.rotations.records)
	some leaver in departed
	left := leaver.principal.departed_at
	lately(left)
	first := first_replaced_after(left)
	age.later_than(first, left, limit_ms)
}

violations contains {
	"element": "access",
	"message": sprintf("%s left on %s, and still holds a grant on the key", [
		leaver.principal.principal_id,
		age.describe(leaver.principal.departed_at, input.as_of.ms),
	]),
	"facts": facts(leaver),
	"records": [leaver.principal.source, leaver.grant.source],
} if {
	input.key.status == "active"
	some leaver in departed
	still_held(leaver.grant)
	not listed_before(leaver)
}

violations contains {
	"element": "access",
	"message": sprintf("%s has left, on a date that is not stated, and still holds a grant on the key", [
		leaver.principal.principal_id,
	]),
	"facts": {
		"leaver": leaver.principal.principal_id,
		"departed": "not stated",
		"action": object.get(leaver.grant, "action", null),
	},
	"records": [leaver.principal.source, leaver.grant.source],
} if {
	input.key.status == "active"
	some leaver in gone
	still_held(leaver.grant)
	not listed_before(leaver)
}

violations contains {
	"element": "access",
	"message": sprintf("%s left on %s and held a grant on the key until %s", [
		leaver.principal.principal_id,
		age.day(leaver.principal.departed_at),
		age.day(leaver.grant.removed_at),
	]),
	"facts": object.union(facts(leaver), {"removed": age.day(leaver.grant.removed_at)}),
	"records": [leaver.principal.source, leaver.grant.source],
} if {
	some leaver in departed
	removed(leaver)
	lately(leaver.principal.departed_at)
	age.later_than(leaver.grant.removed_at, leaver.principal.departed_at, 0)
}

missing contains "grants.records.principal" if count(unidentified) > 0

missing contains "leavers.records.principal.departed_at" if {
	some leaver in input.leavers.records
	not dated(leaver)
}

missing contains {"path": "leavers.records.grant.removed_at", "elements": ["access"]} if {
	some leaver in departed
	not removed(leaver)
	not still_held(leaver.grant)
}

missing contains {"path": age.not_known_since("leavers.records.grant", until), "elements": ["access"]} if {
	some leaver in input.leavers.records
	until := leaver.grant_stated_until_ms
	listed_before(leaver)
}

missing contains evidence.cut("leavers", input.leavers)

missing contains {"path": path, "elements": ["rotation"]} if {
	unanswered
	some path in undecided
}

missing contains {
	"path": age.undecided("key.last_rotated", input.key.last_rotated, input.as_of.ms),
	"elements": ["rotation"],
} if {
	unanswered
	count(undecided) == 0
}

# Who left may have been a member.
missing contains grant.members_unknown if count(groups) > 0

missing contains evidence.cut("grants", input.grants)

params := data.params["emergency-rotate-departure"]

# Grants that let members of groups read or use the key, whoever they are, or did in the time judged.
groups := [held |
	some held in input.grants.records
	grant.unlisted(held)
	not held.effect == "deny"
	not held.action in {"rotate", "create", "deploy", "revoke", "approve", "audit"}
	not ended_before(held.removed_at)
	not age.after(held.granted_at, input.as_of.ms)
]

ended_before(instant) if age.before(instant, input.period.start_ms)

ended_before(instant) if {
	not is_object(input.period)
	age.over(instant, input.as_of.ms, params.lookback_days)
}

limit_ms := params.max_hours * age.hour_ms

# Directories drop who left: a holder whom no record describes may be one of them.
unidentified := [held |
	some held in input.grants.records
	not is_object(held.principal)
]

departed := [leaver |
	some leaver in input.leavers.records
	age.past(leaver.principal.departed_at, input.as_of.ms)
]

# Whenever they left: a right that is still listed has outlasted the departure.
gone := [leaver |
	some leaver in input.leavers.records
	leaver.principal.status == "left"
	not dated(leaver)
]

dated(leaver) if is_number(age.earliest(leaver.principal.departed_at))

removed(leaver) if age.past(leaver.grant.removed_at, input.as_of.ms)

# Exports of access list what is granted: without a date of removal it is.
still_held(held) if not held.removed_at.state

still_held(held) if held.removed_at.state == "never"

still_held(held) if age.after(held.removed_at, input.as_of.ms)

# The list of rights is older than the departure: whether the right outlasted it is not known.
listed_before(leaver) if {
	leaver in array.concat(departed, gone)
	still_held(leaver.grant)
	is_number(leaver.grant_stated_until_ms)
	not age.before(leaver.principal.departed_at, leaver.grant_stated_until_ms)
}

# Whether the state of the key and its last rotation are known for the time allowed.
stated_until := min([age.stated_until("key.status"), age.stated_until("key.last_rotated")])

# Every date on which the secret stopped being the one the leaver knew.
replaced contains input.key.last_rotated if age.past(input.key.last_rotated, input.as_of.ms)

replaced contains input.key.revoked if age.past(input.key.revoked, input.as_of.ms)

replaced contains step.at if {
	some step in rotation.put_in_place
	age.past(step.at, input.as_of.ms)
}

# The inventory dates the last replacement, and it and every logged one lie before the departure.
replaced_before(left) if {
	last_rotated_stated
	every instant in replaced { age.later_than(left, instant, 0) }
}

last_rotated_stated if input.key.last_rotated.state == "never"

last_rotated_stated if age.past(input.key.last_rotated, input.as_of.ms)

last_rotated_later if age.after(input.key.last_rotated, input.as_of.ms)

first_replaced_after(left) := min([[instant.ms, instant] |
	some instant in replaced
	age.latest(instant) >= left.ms
])[1]

lately(left) if age.latest(left) >= input.period.start_ms

lately(left) if {
	not is_object(input.period)
	not age.over(left, input.as_of.ms, params.lookback_days)
}

rotated_late if {
	some violation in violations
	violation.element == "rotation"
}

unanswered if {
	not rotated_late
	some leaver in departed
	not answered(leaver.principal.departed_at)
}

answered(left) if {
	some instant in replaced
	age.no_later_than(left, instant, 0)
	age.no_later_than(instant, left, limit_ms)
}

# Long past and replaced since, however late.
answered(left) if {
	not lately(left)
	some instant in replaced
	age.later_than(instant, left, 0)
}

undecided contains "rotations" if not input.rotations.total == count(input.rotations.records)

# Nothing was done yet that could be judged.
undecided contains "key.last_rotated (the time allowed is not over)" if {
	some leaver in departed
	age.within(leaver.principal.departed_at, input.as_of.ms, params.max_hours / 24)
	not answered(leaver.principal.departed_at)
}

undecided contains age.not_known_since("key.last_rotated", stated_until) if {
	some leaver in departed
	left := leaver.principal.departed_at
	not answered(left)
	age.over(left, input.as_of.ms, params.max_hours / 24)
	not age.over(left, stated_until, params.max_hours / 24)
}

undecided contains "key.last_rotated" if {
	not last_rotated_stated
	not last_rotated_later
}

undecided contains "key.last_rotated (after the as-of date)" if last_rotated_later

undecided contains "key.revoked" if {
	input.key.status != "active"
	not input.key.revoked.state == "known"
}

facts(leaver) := {
	"leaver": leaver.principal.principal_id,
	"departed": age.day(leaver.principal.departed_at),
	"action": object.get(leaver.grant, "action", null),
	"limit_hours": params.max_hours,
}
