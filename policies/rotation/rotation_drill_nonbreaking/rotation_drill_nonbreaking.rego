# METADATA
# title: Replacing a critical key is proved every quarter not to break production
# description: >-
#   A key that nobody dares to replace will not be replaced when it must. An active key of the critical tier needs, in
#   the 90 days before the as-of date, a completed rotation or a rehearsal (`drill`) that raised the error rate of its
#   callers by at most one percentage point. Reading chosen: each step of it that puts the new secret in place, proves
#   it or revokes the old one, and each drill, must state the change, and none may be over the limit; a rotation that
#   was undone and a drill of a rotation that failed prove nothing. Rests beside that on a document for this rule that
#   counts, such as the report of the exercise. A key never rotated and created within those 90 days has nothing to
#   prove yet.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, CP-4
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: rotation-drill-nonbreaking
#   severity: medium
#   subject: key
#   evidence: attestation
#   applies: {status: active}
#   requires: [key.status, key.risk_tier, rotations, attestations]
#   absences: [rotations]
#   supposes: [key.risk_tier]
#   presence: [rotations]
#   criterion: {params: [max_age_days, max_days]}
#   params:
#     max_days: 90
#     max_error_rate_delta_percent: 1
#     max_age_days: 365
#   action: Rotate or rehearse the key while its callers' errors are measured
#   remediation: >-
#     Rotate the key, or rehearse it, while its callers' error rate is measured, log the change with each step, and
#     record the report.
#   effort: process
#   closed_by: >-
#     The rotation log shows a rotation or drill within the limit that states the change of the callers' error rate at
#     each step, and a document on it is on record.
package policies.rotation.rotation_drill_nonbreaking

import future.keywords.not

import data.lib.age
import data.lib.evidence
import data.lib.rotation
import data.lib.rotation_log

not_applicable contains reason if {
	input.key.risk_tier in {"high", "medium", "low"}
	reason := concat("", ["the key is of the ", input.key.risk_tier, " tier"])
}

not_applicable contains "the key is new, and was never rotated" if {
	evidence.complete(input.rotations)
	count(proofs) == 0
	never_rotated
	age.since(input.key.created, cutoff)
	age.past(input.key.created, input.as_of.ms)
}

violations contains {
	"absent": ["rotations"],
	"message": sprintf(
		concat(" ", [
			"the log shows no completed rotation and no completed drill in the %s before the as-of date;",
			"last replacement on record: %s",
		]),
		[age.days_word(params.max_days), last],
	),
	"facts": {"last_replacement": last, "limit_days": params.max_days},
	"records": array.concat([input.key.source], [step.source | some step in proofs]),
} if {
	critical
	evidence.complete(input.rotations)
	all_too_old
	inventory_agrees
}

violations contains {
	"message": sprintf("the step %s %s changed the error rate of the callers by %v percentage points; the limit is %v", [
		step.step,
		when(step),
		step.error_rate_delta_percent,
		params.max_error_rate_delta_percent,
	]),
	"facts": {
		"step": step.step,
		"at": day(step),
		"error_rate_delta_percent": step.error_rate_delta_percent,
		"limit_percent": params.max_error_rate_delta_percent,
	},
	"records": [step.source],
} if {
	critical
	evidence.complete(input.rotations)
	count(unplaced) == 0
	every trial in trials { breaking(trial) }
	some trial in trials
	some step in trial
	over_limit(step)
}

missing contains evidence.cut("rotations", input.rotations) if not proved

missing contains "rotations.records.at" if {
	count(unplaced) > 0
	not proved
}

missing contains "rotations.records.rotation_id" if {
	not proved
	count(stray) > 0
}

missing contains "rotations.records.error_rate_delta_percent" if {
	not proved
	some trial in trials
	not breaking(trial)
	some step in trial
	not is_number(step.error_rate_delta_percent)
}

missing contains "rotations.records (no rotation of this key)" if {
	all_too_old
	rotated_lately
}

missing contains age.undecided("key.last_rotated", object.get(input.key, "last_rotated", null), input.as_of.ms) if {
	all_too_old
	not inventory_agrees
	not rotated_lately
	not never_rotated
}

missing contains age.undecided("key.created", object.get(input.key, "created", null), input.as_of.ms) if {
	all_too_old
	not inventory_agrees
	not rotated_lately
	never_rotated
}

params := data.params["rotation-drill-nonbreaking"]

critical if input.key.risk_tier == "critical"

cutoff := age.cutoff(input.as_of.ms, params.max_days)

# Steps that show a new secret in place, and drills that went through.
proofs := [step |
	completed := [step | some step in rotation.put_in_place; not step.rotation_id in rotation_log.rehearsals]
	some step in array.concat(completed, drills)
	not age.after(step.at, input.as_of.ms)
]

drills := [step |
	failed := {other.rotation_id |
		some other in input.rotations.records
		other.step == "failed"
		other.rotation_id != null
	}
	some step in input.rotations.records
	step.step == "drill"
	not step.status == "failure"
	not step.rotation_id in failed
]

recent := [step |
	some step in proofs
	age.since(step.at, cutoff)
	age.past(step.at, input.as_of.ms)
]

# Steps that no date puts before the limit or after it.
unplaced := [step |
	some step in proofs
	not age.before(step.at, cutoff)
	not step in recent
]

all_too_old if {
	is_array(input.rotations.records)
	every step in proofs { age.before(step.at, cutoff) }
}

# The steps of each rotation or drill after which its callers may fail.
trials contains [step] if {
	some step in recent
	not is_string(step.rotation_id)
	step.step in {"rotated", "drill"}
}

trials contains steps if {
	some id in {step.rotation_id | some step in recent; is_string(step.rotation_id)}
	steps := [step |
		some step in input.rotations.records
		step.rotation_id == id
		step.step in {"rotated", "deployed", "verified", "revoked", "drill"}
		not step.status == "failure"
		not age.after(step.at, input.as_of.ms)
	]
}

breaking(trial) if {
	some step in trial
	over_limit(step)
}

over_limit(step) if {
	is_number(step.error_rate_delta_percent)
	step.error_rate_delta_percent > params.max_error_rate_delta_percent
}

within_limit(step) if {
	is_number(step.error_rate_delta_percent)
	step.error_rate_delta_percent <= params.max_error_rate_delta_percent
}

# A step without an id may belong to any of the trials.
stray := [step |
	some step in input.rotations.records
	not is_string(step.rotation_id)
	step.step in {"deployed", "verified", "revoked"}
	not step.status == "failure"
	not age.before(step.at, cutoff)
]

when(step) := concat(" ", ["on", day(step)]) if {
	is_string(day(step))
} else := "at an unknown time"

day(step) := age.day(step.at) if {
	is_number(age.earliest(step.at))
} else := null

proved if {
	every step in stray { within_limit(step) }
	some trial in trials
	every step in trial { within_limit(step) }
}

never_rotated if input.key.last_rotated.state == "never"

never_rotated if age.earliest(input.key.last_rotated) == age.earliest(input.key.created)

# The inventory knows of no replacement that the log lacks.
inventory_agrees if age.before(input.key.last_rotated, cutoff)

inventory_agrees if {
	input.key.last_rotated.state == "never"
	age.before(input.key.created, cutoff)
}

rotated_lately if {
	age.since(input.key.last_rotated, cutoff)
	age.past(input.key.last_rotated, input.as_of.ms)
}

dated := [step.at | some step in proofs; is_number(age.earliest(step.at))]

stated := [input.key.last_rotated | is_number(age.earliest(input.key.last_rotated))]

default last := "never"

last := age.describe(newest, input.as_of.ms) if {
	newest := max([[instant.ms, instant] | some instant in array.concat(dated, stated)])[1]
}
