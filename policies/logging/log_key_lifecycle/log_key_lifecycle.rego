# METADATA
# title: Creation, rotation, revocation and every read of a key are in an audit log
# description: >-
#   A rotation log is written by whoever rotates; only the store's own audit log tells what happened to the key. Fails
#   if a step that the store takes part in (created, generated, stored, rotated, revoked) has no event of key
#   management in an audit log within five minutes, in the period if there is one. Steps outside of the time that the
#   logs cover prove nothing: for the period, or the 92 days before the as-of date, they are missing evidence. An active
#   key also fails if its store does not record every access to it; that setting stands for the reads. A key without
#   a step in the rotation log is judged by it alone, and one that is no longer active is not judged.
# related_resources:
#   - description: OWASP Logging Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html
#   - description: NIST SP 800-53 rev. 5, AU-2 and AU-12
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: log-key-lifecycle
#   severity: high
#   subject: key
#   requires: [key.status]
#   supposes: [key.status]
#   elements:
#     - id: steps
#       title: log entries for the steps of a key's life
#       shows: Whether creation, rotation and revocation of the key, known from the rotation log, are in an audit log.
#       criterion: none
#       requires: [rotations, events, unlogged_steps]
#     - id: accesses
#       title: record of every access to a key
#       shows: Whether the store of the key is set to record every access to it.
#       criterion: none
#   params:
#     lookback_days: 92
#   action: Switch on the audit log of the store, and look into the steps listed
#   remediation: >-
#     Switch on the audit log of the store for management and reads (a Vault audit device, data events of a cloud
#     store), and find out who took the steps listed.
#   effort: configuration
#   closed_by: >-
#     The inventory shows that the store of the key records every access, and the audit log of the store shows an
#     event for each step of the rotation log.
package policies.logging.log_key_lifecycle

import future.keywords.not

import data.lib.age
import data.lib.evidence
import data.lib.lifecycle
import data.lib.rotation

not_applicable contains reason if {
	reason := lifecycle.not_active[input.key.status]
	input.rotations.total == 0
}

not_applicable contains {"reason": reason, "elements": ["accesses"]} if {
	reason := lifecycle.not_active[input.key.status]
}

violations contains {
	"element": "steps",
	"message": sprintf(
		`the audit logs supplied hold no event of key management within 5 minutes of the step "%s" of %s by %s`,
		[step.step, age.day(step.at), actor(step)],
	),
	"facts": {
		"step": step.step,
		"at": age.day(step.at),
		"actor": object.get(step, "actor", null),
		"rotation": object.get(step, "rotation_id", null),
	},
	"records": [step.source],
} if {
	some step in input.unlogged_steps.records
	age.past(step.at, input.as_of.ms)
	not age.before(step.at, input.period.start_ms)
}

violations contains {
	"element": "accesses",
	"message": "the store of the key does not record every access to it",
	"facts": {"audit_logging": false},
	"records": [input.key.source],
} if {
	input.key.status == "active"
	input.key.audit_logging == false
}

missing contains {"path": "key.audit_logging", "elements": ["accesses"]} if {
	input.key.status == "active"
	not is_boolean(input.key.audit_logging)
}

missing contains {"path": evidence.cut("unlogged_steps", input.unlogged_steps), "elements": ["steps"]}

missing contains {"path": "unlogged_steps.records.at", "elements": ["steps"]} if {
	some step in input.unlogged_steps.records
	not age.earliest(step.at)
}

missing contains {"path": evidence.cut_at("rotations.records"), "elements": ["steps"]} if {
	is_array(input.rotations.records)
	not rotation.whole_since(start_ms)
}

missing contains {"path": "rotations.records.at", "elements": ["steps"]} if {
	some step in store_steps
	not age.earliest(step.at)
}

missing contains {"path": "events (the logs do not cover every step)", "elements": ["steps"]} if {
	some step in store_steps
	age.past(step.at, input.as_of.ms)
	not age.before(step.at, start_ms)
	not covered(step)
	not step.source in unlogged
}

params := data.params["log-key-lifecycle"]

start_ms := input.period.start_ms if {
	is_number(input.period.start_ms)
} else := age.cutoff(input.as_of.ms, params.lookback_days)

# The time by which two logs may differ on one event.
delay_ms := 300000

store_steps := [step |
	some step in input.rotations.records
	step.step in {"created", "generated", "stored", "rotated", "revoked"}
]

unlogged contains step.source if some step in input.unlogged_steps.records

# The key's own events lie around the step. A step that lies among them and is not listed as unlogged has its event.
covered(step) if {
	age.latest(step.at) >= input.events.first_ms - delay_ms
	age.earliest(step.at) <= input.events.last_ms + delay_ms
}

actor(step) := step.actor if {
	is_string(step.actor)
} else := "somebody the log does not name"
