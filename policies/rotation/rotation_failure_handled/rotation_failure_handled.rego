# METADATA
# title: A failed rotation is rolled back, reported and repeated
# description: >-
#   A rotation that breaks off halfway leaves callers with a secret that may not work, and a key that is older than its
#   limit. For every `failed` step, and every `rotated`, `deployed` or `verified` step with the status failure, in the
#   period or in the 365 days before the as-of date, the log must show a `rolled-back` and an `alerted` step of the same
#   rotation at most 15 minutes later, and new material in place, by whatever rotation, at most 24 hours later. Reading
#   chosen: all three are asked for after every failure, even if nothing had been put in place yet. What is
#   not done yet within a limit that runs beyond the as-of date is not judged. The log is taken as it is: whether it
#   records every failure, it cannot show.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: rotation-failure-handled
#   severity: high
#   subject: key
#   applies: {status: active}
#   requires: [key.status, rotations]
#   absences: [rotations]
#   elements:
#     - id: rollback
#       title: rollback of a failed rotation
#       shows: Whether each failed rotation was rolled back within the limit.
#       criterion: {params: [max_response_minutes]}
#     - id: alert
#       title: alert on a failed rotation
#       shows: Whether an alert on each failed rotation was raised within the limit.
#       criterion: {params: [max_response_minutes]}
#     - id: repetition
#       title: repetition of a failed rotation
#       shows: Whether a new secret was in place within the limit after each failed rotation.
#       criterion: {params: [max_retry_hours]}
#   params:
#     lookback_days: 365
#     max_response_minutes: 15
#     max_retry_hours: 24
#   action: Roll back, report and repeat the rotation that failed
#   remediation: >-
#     Let the pipeline roll back and alert by itself when a stage fails, log both with the id of the rotation, and
#     repeat the rotation within a day.
#   effort: code
#   closed_by: >-
#     The rotation log shows a rollback and an alert after each failure in time, and a completed rotation afterwards.
#     A failure stays on record while it lies in the time examined.
package policies.rotation.rotation_failure_handled

import future.keywords.not

import data.lib.age
import data.lib.clock
import data.lib.counted
import data.lib.duration
import data.lib.evidence
import data.lib.rotation
import data.lib.rotation_log

not_applicable contains reason if some reason in rotation_log.none(params.lookback_days)

not_applicable contains "the log shows rotations of the key, and none that failed" if {
	count(recent) > 0
	evidence.complete(input.rotations)
	count(rotation_log.undated) == 0
	count(failures) == 0
}

violations contains {
	"element": element,
	"absent": ["rotations"],
	"message": sprintf("the rotation %s failed (%s) on %s, and %s; the limit is %s", [
		failure.rotation_id,
		failure.step,
		clock.moment(failure.at),
		followed(after, sprintf("its log shows no %s step", [name]), sprintf("the %s step came on", [name])),
		counted.things(params.max_response_minutes, "minute", "minutes"),
	]),
	"facts": object.union(facts(failure), {
		"response": name,
		"response_at": moment_of(after),
		"limit_minutes": params.max_response_minutes,
	}),
	"records": array.concat([failure.source], [step.source | some step in after]),
} if {
	evidence.complete(input.rotations)
	some failure in failures
	is_string(failure.rotation_id)
	overdue(failure, response_ms)
	some name in responses
	element := element_of[name]
	candidates := answers(failure, name)
	every step in candidates { outside(step, failure, response_ms) }
	after := first_after(candidates, failure)
}

violations contains {
	"element": "repetition",
	"absent": ["rotations"],
	"message": sprintf("a rotation failed (%s) on %s, and %s; the limit is %s", [
		failure.step,
		clock.moment(failure.at),
		followed(after, "the log shows none since that replaced the secret", "the next that replaced the secret did so on"),
		duration.words(params.max_retry_hours),
	]),
	"facts": object.union(facts(failure), {
		"replaced_at": moment_of(after),
		"limit_hours": params.max_retry_hours,
	}),
	"records": array.concat([failure.source], [step.source | some step in after]),
} if {
	evidence.complete(input.rotations)
	some failure in failures
	overdue(failure, retry_ms)
	every step in replacements { outside(step, failure, retry_ms) }
	after := first_after(replacements, failure)
}

missing contains text if some text in rotation_log.unshown(params.lookback_days)

missing contains {"path": "rotations.records.rotation_id", "elements": ["rollback", "alert"]} if {
	some failure in failures
	not is_string(failure.rotation_id)
}

missing contains {"path": path, "elements": [element]} if {
	some failure in failures
	overdue(failure, response_ms)
	some name in responses
	element := element_of[name]
	candidates := answers(failure, name)
	not answered([step | some step in candidates; is_string(step.rotation_id)], failure, response_ms)
	some step in candidates
	not outside(step, failure, response_ms)
	path := unclear(step)
}

missing contains {"path": "rotations.records.at", "elements": ["repetition"]} if {
	some failure in failures
	overdue(failure, retry_ms)
	not answered(replacements, failure, retry_ms)
	some step in replacements
	not outside(step, failure, retry_ms)
}

missing contains {"path": "rotations.records (the time allowed is not over)", "elements": [element]} if {
	some failure in failures
	running(failure, response_ms)
	some name in responses
	element := element_of[name]
	not answered(answers(failure, name), failure, response_ms)
}

missing contains {"path": "rotations.records (the time allowed is not over)", "elements": ["repetition"]} if {
	some failure in failures
	running(failure, retry_ms)
	not answered(replacements, failure, retry_ms)
}

missing contains {"path": "rotations.records.at (time zone unknown)", "elements": elements} if {
	some failure in failures
	some [limit_ms, elements] in [[response_ms, ["rollback", "alert"]], [retry_ms, ["repetition"]]]
	not overdue(failure, limit_ms)
	not running(failure, limit_ms)
}

params := data.params["rotation-failure-handled"]

responses := ["rolled-back", "alerted"]

element_of := {"rolled-back": "rollback", "alerted": "alert"}

response_ms := params.max_response_minutes * 60000

retry_ms := params.max_retry_hours * age.hour_ms

recent := rotation_log.since(rotation_log.begin(params.lookback_days))

failures := [step | some step in recent; failed(step)]

failed(step) if step.step == "failed"

failed(step) if {
	step.step in rotation.replacing
	step.status == "failure"
}

replacements := [step | some step in rotation.put_in_place; not step.rotation_id in rotation_log.rehearsals]

# The limit runs beyond the as-of date.
running(failure, limit_ms) if age.earliest(failure.at) + limit_ms >= input.as_of.ms

# The limit had run out by the as-of date.
overdue(failure, limit_ms) if age.latest(failure.at) + limit_ms < input.as_of.ms

# What may be the answer to a failure: a step of the same rotation, or of none that the log names.
answers(failure, name) := [step |
	some step in responding
	step.step == name
	may_belong(step, failure)
]

responding := [step |
	some step in input.rotations.records
	step.step in responses
	not step.status == "failure"
]

may_belong(step, failure) if step.rotation_id == failure.rotation_id

may_belong(step, _) if not is_string(step.rotation_id)

answered(steps, failure, limit_ms) if {
	some step in steps
	clock.not_before(step.at, failure.at)
	clock.in_time(step.at, failure.at, limit_ms)
}

outside(step, failure, limit_ms) if age.later_than(step.at, failure.at, limit_ms)

outside(step, failure, _) if age.later_than(failure.at, step.at, 0)

unclear(step) := "rotations.records.rotation_id" if {
	not is_string(step.rotation_id)
} else := "rotations.records.at"

# The first step after a failure, alone in a list; no step if there is none.
first_after(steps, failure) := [min(later)[1]] if {
	later := [[step.at.ms, step] | some step in steps; age.later_than(step.at, failure.at, 0)]
	count(later) > 0
} else := []

followed(after, never, once) := never if {
	count(after) == 0
} else := concat(" ", [once, clock.moment(after[0].at)])

moment_of(after) := clock.moment(after[0].at) if {
	count(after) > 0
} else := null

facts(failure) := {
	"rotation": object.get(failure, "rotation_id", null),
	"failed_step": failure.step,
	"failed_at": clock.moment(failure.at),
}
