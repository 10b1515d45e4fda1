# METADATA
# title: A pipeline puts production secrets in place, not a person
# description: >-
#   Whoever puts a secret in place by hand has seen it. An active production key fails for each step of the rotation log
#   that brings a new secret into use (stored, deployed, or a rotation logged as one step) that a person took, and for
#   each event of an audit log in which a person wrote or replaced the secret without a mark of break-glass; both in the
#   period, or in the 365 days before the as-of date if there is none. A change to the key that leaves its secret
#   alone may be logged as an update as well: reading chosen, an update by a person counts. That pipelines exist, and
#   what is in them, is not seen. Who created and who deployed a secret is compared by sod-create-deploy.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: rbac-deploy-pipeline
#   severity: medium
#   subject: key
#   applies: {status: active, environment: production}
#   requires: [key.status, key.environment]
#   elements:
#     - id: rotation-log
#       title: new secrets by the rotation log
#       shows: Whether no person stored, deployed or replaced the secret by the rotation log.
#       criterion: none
#       requires: [rotations]
#     - id: audit-log
#       title: new secrets by the audit log
#       shows: Whether no person wrote or replaced the secret by the audit log.
#       criterion: none
#       requires: [hand_events]
#   params:
#     lookback_days: 365
#   action: Rotate through the pipeline, and take the right to write from people
#   remediation: >-
#     Rotate the key through the pipeline, and take the right to write production secrets from people, except through
#     break-glass.
#   effort: process
#   closed_by: >-
#     The rotation log and the audit log show that automation stored and deployed each new secret. One by hand stays on
#     record.
package policies.roles.rbac_deploy_pipeline

import future.keywords.not

import data.lib.age
import data.lib.evidence

violations contains {
	"element": "rotation-log",
	"message": sprintf(`a person, %s, took the step "%s" on %s`, [actor(step), step.step, age.day(step.at)]),
	"facts": {"step": step.step, "actor": actor(step), "at": age.day(step.at)},
	"records": [step.source],
} if {
	input.key.environment == "production"
	some step in steps
	step.actor_type == "human"
	age.earliest(step.at)
}

violations contains {
	"element": "audit-log",
	"message": sprintf("a person, %s, wrote or replaced the secret on %s (%s), without a mark of break-glass", [
		actor(event),
		age.day(event.at),
		event.category,
	]),
	"facts": {"category": event.category, "actor": actor(event), "at": age.day(event.at)},
	"records": [event.source],
} if {
	input.key.environment == "production"
	some event in writes
	event.actor_type == "human"
	age.earliest(event.at)
}

missing contains {"path": "rotations.records.actor_type", "elements": ["rotation-log"]} if {
	some step in steps
	not is_string(step.actor_type)
}

missing contains {"path": "rotations.records.at", "elements": ["rotation-log"]} if {
	some step in steps
	not age.earliest(step.at)
}

missing contains {"path": "rotations.records (no new secret)", "elements": ["rotation-log"]} if {
	is_array(input.rotations.records)
	count(steps) == 0
}

missing contains {"path": evidence.cut("rotations", input.rotations), "elements": ["rotation-log"]}

missing contains {"path": "hand_events.records.actor_type", "elements": ["audit-log"]} if {
	some event in writes
	not is_string(event.actor_type)
}

missing contains {"path": "hand_events.records.category", "elements": ["audit-log"]} if {
	some event in unmarked
	not is_string(event.category)
}

missing contains {"path": "hand_events.records.at", "elements": ["audit-log"]} if {
	some event in writes
	not age.earliest(event.at)
}

missing contains {"path": evidence.cut("hand_events", input.hand_events), "elements": ["audit-log"]}

params := data.params["rbac-deploy-pipeline"]

start_ms := input.period.start_ms if {
	is_number(input.period.start_ms)
} else := age.cutoff(input.as_of.ms, params.lookback_days)

steps := [step |
	some step in input.rotations.records
	step.step in {"stored", "deployed", "rotated"}
	judged(step)
]

writes := [event |
	some event in unmarked
	event.category in {"create", "rotate", "update"}
]

# In the time judged, and without a mark of break-glass.
unmarked := [event |
	some event in input.hand_events.records
	not event.break_glass == true
	judged(event)
]

judged(record) if {
	not age.after(record.at, input.as_of.ms)
	not age.before(record.at, start_ms)
}

actor(record) := record.actor if {
	is_string(record.actor)
} else := "whom the log does not name"
