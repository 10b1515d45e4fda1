# METADATA
# title: Every rotation goes through all six steps, in order
# description: >-
#   A rotation that skips the proof that the new secret works, or revokes the old one before it, breaks production or
#   leaves the old secret alive. For every rotation with a step in the period, or in the 365 days before the as-of date,
#   the steps that the log groups by rotation id must include generated, stored, deployed, verified (successfully),
#   revoked and logged, none earlier than the one before it. The first success of a step counts, of `logged` the last.
#   Left out are rotations that failed or were rolled back (rule rotation-failure-handled) and, for steps that lack,
#   those still within the overlap window of rotation-old-revoked. Reading chosen: a log that shows single steps must
#   show all six. A log that reports a rotation as one event shows none, and is missing evidence.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: rotation-sequence-complete
#   severity: high
#   subject: key
#   applies: {status: active}
#   requires: [key.status, rotations]
#   absences: [rotations]
#   elements:
#     - id: verification
#       title: proof that the new secret works
#       shows: Whether each rotation on record has a successful verification of the new secret.
#       criterion: none
#     - id: revocation
#       title: revocation of the old secret
#       shows: Whether each rotation on record has a step that revoked the old secret.
#       criterion: none
#     - id: steps
#       title: other steps of a rotation
#       shows: >-
#         Whether each rotation on record shows that the secret was generated, stored and deployed, and a last entry of
#         the log.
#       criterion: none
#     - id: order
#       title: order of the steps
#       shows: Whether no step of a rotation came before the one that it must follow.
#       criterion: none
#   params:
#     lookback_days: 365
#   action: Make the missing steps of the rotation stages of the pipeline
#   remediation: >-
#     Make the missing step a stage of the pipeline that stops the rotation if it fails, and log every stage with the
#     id of the rotation.
#   effort: code
#   closed_by: >-
#     The rotation log shows the next rotation of the key with all six steps in order under one id. An incomplete one
#     stays on record while it lies in the time examined.
package policies.rotation.rotation_sequence_complete

import future.keywords.not

import data.lib.age
import data.lib.clock
import data.lib.evidence
import data.lib.rotation
import data.lib.rotation_log

not_applicable contains reason if some reason in rotation_log.none(params.lookback_days)

not_applicable contains "every rotation failed, was rolled back or is within the overlap window" if {
	count(violations) == 0
	count(recent) > 0
	evidence.complete(input.rotations)
	count(rotation_log.undated) == 0
	count(loose_rotations) == 0
	count(ids - (broken_off | open)) == 0
}

violations contains {
	"element": element,
	"absent": ["rotations"],
	"message": sprintf("the log of the rotation %s, begun on %s, shows no successful step %s", [
		id,
		age.day(begun.at),
		concat(", ", lacking),
	]),
	"facts": {"rotation": id, "begun": age.day(begun.at), "lacking": lacking},
	"records": [step.source | some step in steps],
} if {
	evidence.complete(input.rotations)
	some id in (stepwise & over)
	steps := grouped[id]
	some element in ["verification", "revocation", "steps"]
	lacking := [name | some name in absent[id]; not name in loose; element_of[name] == element]
	count(lacking) > 0
	begun := first(steps)
}

violations contains {
	"element": "order",
	"message": sprintf("in the rotation %s the step %s (%s) came before %s (%s)", [
		id,
		later.step,
		clock.moment(later.at),
		earlier.step,
		clock.moment(earlier.at),
	]),
	"facts": {
		"rotation": id,
		"step": later.step,
		"at": clock.moment(later.at),
		"must_follow": earlier.step,
		"followed_at": clock.moment(earlier.at),
	},
	"records": [later.source, earlier.source],
} if {
	some id in stepwise
	some [earlier, later] in pairs[id]
	age.later_than(earlier.at, later.at, 0)
}

missing contains text if some text in rotation_log.unshown(params.lookback_days)

missing contains "rotations.records (the log does not show the steps)" if {
	count((ids - stepwise) - (broken_off | open)) > 0
}

missing contains "rotations.records (the log does not show the steps)" if {
	some step in loose_rotations
	step.step == "rotated"
}

missing contains "rotations.records.rotation_id" if {
	some step in loose_rotations
	step.step != "rotated"
}

missing contains "rotations.records.rotation_id" if {
	some id in (stepwise & over)
	some name in absent[id]
	name in loose
}

missing contains {"path": "rotations.records.status", "elements": ["verification", "order"]} if {
	some id in stepwise
	"verified" in names[id]
	not proved_to_work(id)
}

missing contains "rotations.records.at" if {
	some id in stepwise
	some step in grouped[id]
	not is_number(age.earliest(step.at))
}

missing contains {"path": "rotations.records.at (time zone unknown)", "elements": ["order"]} if {
	some id in stepwise
	some [earlier, later] in pairs[id]
	not ordered(earlier, later)
}

missing contains "rotations.records.at (time zone unknown)" if {
	some id in stepwise
	count(absent[id]) > 0
	not id in open
	not id in over
}

params := data.params["rotation-sequence-complete"]

order := ["generated", "stored", "deployed", "verified", "revoked", "logged"]

element_of := {
	"generated": "steps",
	"stored": "steps",
	"deployed": "steps",
	"verified": "verification",
	"revoked": "revocation",
	"logged": "steps",
}

window_start_ms := input.as_of.ms - (data.params["rotation-old-revoked"].grace_hours * age.hour_ms)

recent := rotation_log.since(rotation_log.begin(params.lookback_days))

ids contains step.rotation_id if {
	some step in recent
	is_string(step.rotation_id)
}

# Steps of rotations that the log does not group.
loose_rotations := [step |
	some step in recent
	not is_string(step.rotation_id)
	not step.step in rotation.undoing
]

# Steps of the order that succeeded and were not undone.
kept := [step |
	others := [other |
		some other in input.rotations.records
		other.step in {"generated", "stored", "revoked", "logged"}
		not other.status == "failure"
	]
	some step in array.concat(others, rotation.of_key)
	step.step in order
	not age.after(step.at, input.as_of.ms)
]

loose contains step.step if {
	some step in kept
	not is_string(step.rotation_id)
}

grouped[id] := [step | some step in kept; step.rotation_id == id] if some id in ids

names[id] := {step.step | some step in steps} if some id, steps in grouped

absent[id] := [name | some name in order; not name in found] if some id, found in names

# Rotations that failed and put nothing in place.
broken_off contains step.rotation_id if {
	some step in input.rotations.records
	step.rotation_id in ids
	not step.rotation_id in replaced
	failed(step)
}

replaced contains step.rotation_id if some step in rotation.of_key

failed(step) if step.step in rotation.undoing

failed(step) if {
	step.step in rotation.replacing
	step.status == "failure"
}

# Rotations whose log shows single steps.
stepwise contains id if {
	some id, found in names
	not id in broken_off
	some name in ["generated", "stored", "deployed", "verified"]
	name in found
}

# The overlap window begins when the new secret is in place; if none is, with the newest step.
anchors[id] := anchor(id) if some id in ids

anchor(id) := first([step | some step in rotation.of_key; step.rotation_id == id]).at if {
	id in replaced
} else := last([step | some step in recent; step.rotation_id == id]).at

over contains id if {
	some id, at in anchors
	age.before(at, window_start_ms)
}

open contains id if {
	some id, at in anchors
	count(absent[id]) > 0
	age.since(at, window_start_ms)
}

# The steps that decide, in the order they must have.
timelines[id] := [step | some name in order; step := deciding(id, name)] if some id in stepwise

pairs[id] := [[earlier, timeline[i + 1]] | some i, earlier in timeline] if some id, timeline in timelines

deciding(id, name) := last(named(id, name)) if {
	name == "logged"
} else := first(named(id, name))

named(id, name) := [step | some step in grouped[id]; step.step == name; counts(step)]

counts(step) if step.step != "verified"

counts(step) if step.status == "success"

proved_to_work(id) if count(named(id, "verified")) > 0

first(steps) := min([[step.at.ms, step] | some step in steps; age.earliest(step.at)])[1]

last(steps) := max([[step.at.ms, step] | some step in steps; age.earliest(step.at)])[1]

ordered(earlier, later) if age.later_than(earlier.at, later.at, 0)

ordered(earlier, later) if age.no_later_than(earlier.at, later.at, 0)
