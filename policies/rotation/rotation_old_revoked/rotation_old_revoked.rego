# METADATA
# title: The old secret is revoked within the overlap window
# description: >-
#   A rotation that leaves the old secret working has protected nothing. For every rotation whose steps the log groups
#   by rotation id, from the start of the period on (all supplied if there is no period), the first `deployed`,
#   `rotated` or `verified` step starts the overlap window, 48 hours by default. It fails if the first `revoked` step
#   is later than the window, and if the log records single steps (`deployed`), the window is over and no `revoked`
#   step is there. An old secret that still works is a violation that lasts: a rotation before the period counts, too,
#   if its log shows single steps and no revocation, or one in the period and beyond the window. A log that reports a
#   rotation as one event and never the revocation gives no evidence. A revoked key fails if a supplied log shows use
#   of it after its revocation. A key that was last rotated before the period otherwise has nothing to examine in it.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: rotation-old-revoked
#   severity: critical
#   subject: key
#   applies: {status: [active, revoked]}
#   requires: [key.status]
#   absences: [rotations]
#   elements:
#     - id: ended
#       title: end of the old secret
#       shows: Whether no rotation on record left the old secret working beyond the window.
#       criterion: {params: [grace_hours]}
#       requires: [rotations]
#     - id: window
#       title: time until the old secret was revoked
#       shows: Whether each rotation on record revoked the old secret within the window.
#       criterion: {params: [grace_hours]}
#       requires: [rotations]
#     - id: use
#       title: use of a revoked key
#       shows: Whether no log shows use of the key after its revocation.
#       criterion: none
#   params:
#     grace_hours: 48
#   action: Revoke the old secrets that still work
#   remediation: >-
#     Revoke the old secret now, look through the logs for its use since the rotation, and make revocation a step of the
#     pipeline.
#   effort: rotation
#   closed_by: >-
#     The rotation log shows the old secret revoked, and an audit log shows no use of it afterwards. That it was late
#     stays on record for the period.
package policies.rotation.rotation_old_revoked

import future.keywords.not

import data.lib.age
import data.lib.counted
import data.lib.duration
import data.lib.evidence
import data.lib.rotation

not_applicable contains "the key has never been rotated" if {
	input.key.status == "active"
	input.key.last_rotated.state == "never"
	input.rotations.total == 0
}

not_applicable contains "the key was last rotated before the period" if {
	input.key.status == "active"
	age.latest(input.key.last_rotated) < input.period.start_ms
	evidence.complete(input.rotations)
	count(replacements) == 0
}

not_applicable contains {"reason": "the key is revoked", "elements": on_rotations} if input.key.status == "revoked"

not_applicable contains {"reason": "the key is active", "elements": ["use"]} if input.key.status == "active"

violations contains {
	"element": "use",
	"message": sprintf("the log shows %s of the key after it was revoked", [
		counted.things(input.events.after_revocation, "use", "uses"),
	]),
	"facts": {"events_after_revocation": input.events.after_revocation},
	"records": [input.key.source],
} if {
	input.key.status == "revoked"
	input.events.after_revocation > 0
}

violations contains {
	"element": "window",
	"message": sprintf("the rotation put in place on %s revoked the old secret on %s; the window is %s", [
		age.day(started.at),
		age.day(revoked.at),
		duration.words(grace_hours),
	]),
	"facts": {
		"rotation": id,
		"in_place": age.day(started.at),
		"revoked": age.day(revoked.at),
		"grace_hours": grace_hours,
	},
	"records": [started.source, revoked.source],
} if {
	input.key.status == "active"
	some id, started in starts
	revoked := rotation.revocations[id]
	age.later_than(revoked.at, started.at, grace_ms)
}

violations contains {
	"element": "ended",
	"absent": ["rotations"],
	"message": sprintf("the old secret was not revoked after the rotation put in place on %s; the window is %s", [
		age.describe(started.at, input.as_of.ms),
		duration.words(grace_hours),
	]),
	"facts": {"rotation": id, "in_place": age.day(started.at), "revoked": null, "grace_hours": grace_hours},
	"records": [started.source],
} if {
	input.key.status == "active"
	some id, started in starts
	outlived[id]
}

missing contains {"path": "events", "elements": ["use"]} if {
	input.key.status == "revoked"
	not is_number(input.events.after_revocation)
}

missing contains {"path": "rotations.records (no rotation of this key)", "elements": on_rotations} if {
	input.key.status == "active"
	is_array(input.rotations.records)
	count(replacements) == 0
}

missing contains {"path": path, "elements": on_rotations} if {
	input.key.status == "active"
	path := evidence.cut("rotations", input.rotations)
}

missing contains {"path": "rotations.records.rotation_id", "elements": on_rotations} if {
	input.key.status == "active"
	count(ungrouped) > 0
}

missing contains {"path": "rotations.records.at", "elements": on_rotations} if {
	input.key.status == "active"
	some id in replaced
	not starts[id]
}

missing contains {"path": "rotations.records (no revoked step)", "elements": ["ended"]} if {
	input.key.status == "active"
	some id, _ in starts
	not rotation.revocations[id]
	not outlived[id]
	not in_window[id]
}

# Whether a revocation that never came was in time is judged by its element: this one has no time to compare.
missing contains {"path": "rotations.records (no revoked step)", "elements": ["window"]} if {
	input.key.status == "active"
	some id, started in starts
	not in_window[id]
	not age.no_later_than(rotation.revocations[id].at, started.at, grace_ms)
	not age.later_than(rotation.revocations[id].at, started.at, grace_ms)
}

params := data.params["rotation-old-revoked"]

on_rotations := ["ended", "window"]

grace_hours := params.grace_hours

grace_ms := grace_hours * age.hour_ms

# A rotation before this moment has had its whole window.
window_start_ms := input.as_of.ms - grace_ms

replacements := [step |
	some step in rotation.of_key
	not age.after(step.at, input.as_of.ms)
	not over_before_the_period(step)
]

# Put in place before the period, and the old secret did not work beyond its window in it as far as the log tells.
over_before_the_period(step) if {
	age.latest(step.at) < input.period.start_ms
	is_string(step.rotation_id)
	not outlasted(step)
}

outlasted(step) if rotation.never_revoked(step.rotation_id)

outlasted(step) if {
	revoked := rotation.revocations[step.rotation_id]
	age.earliest(revoked.at) >= input.period.start_ms
	age.later_than(revoked.at, step.at, grace_ms)
}

ungrouped := [step | some step in replacements; not is_string(step.rotation_id)]

replaced contains step.rotation_id if {
	some step in replacements
	is_string(step.rotation_id)
}

# The first step of each rotation that put the new secret in place.
starts[id] := first if {
	some id in replaced
	first := min([[step.at.ms, step] |
		some step in replacements
		step.rotation_id == id
		age.past(step.at, input.as_of.ms)
	])[1]
}

# The window is over, and the log shows single steps and no revocation.
outlived contains id if {
	some id, started in starts
	rotation.never_revoked(id)
	age.before(started.at, window_start_ms)
}

# The window is still open.
in_window contains id if {
	some id, started in starts
	age.since(started.at, window_start_ms)
}
