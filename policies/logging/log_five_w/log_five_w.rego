# METADATA
# title: Log entries say who did what, when, from where, why, and with what result
# description: >-
#   An entry without an actor or a time is no evidence of anything. Each log fails if more than 0.5 % of its events
#   lack at least one of actor, action, time with a zone, source address or workload, and outcome. A call that was
#   refused has no actor to name, if the log states if it came from. The reason (a ticket for events that manage
#   keys) is judged apart, with the same limit counted over the events that manage keys, which alone can have one, and
#   medium severity: the standards for log entries do not ask for it. What no event of a log states is no violation of
#   its events: the format of the log, or its export, has no place for it, and the element has no evidence.
#   A document that counts may state why the rule does not concern the entity.
# related_resources:
#   - description: OWASP Logging Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html
#   - description: NIST SP 800-53 rev. 5, AU-3
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: log-five-w
#   severity: high
#   subject: organisation
#   requires: [logs]
#   elements:
#     - id: entries
#       title: completeness of log entries
#       shows: Whether entries state actor, action, time, origin and outcome, but for a share within the limit.
#       criterion: {params: [max_incomplete_percent]}
#     - id: ticket
#       title: tickets of changes to keys
#       shows: Whether events that manage keys refer to a ticket, but for a share within the limit.
#       criterion: {params: [max_without_ticket_percent]}
#   params:
#     max_incomplete_percent: 0.5
#     max_without_ticket_percent: 0.5
#     max_age_days: 365
#   action: Add the missing fields at the system that writes the log
#   remediation: >-
#     Add the missing fields at the system that writes the log; they cannot be added afterwards. Require a ticket
#     reference for changes to keys.
#   effort: code
#   closed_by: >-
#     The audit log supplied states actor, action, time with zone, origin and outcome of its events, and a ticket for
#     those that manage keys.
package policies.logging.log_five_w

import future.keywords.not

import data.lib.attestation
import data.lib.evidence

not_applicable contains reason if some reason in attestation.excused(rule_id, params.max_age_days)

violations contains {
	"element": "entries",
	"message": sprintf("in log %s %d of %d events are incomplete (%s); the limit is %v percent%s", [
		log.log,
		log.incomplete,
		log.total,
		lacking(log),
		params.max_incomplete_percent,
		evidence.cited(log.examples, log.incomplete),
	]),
	"facts": {
		"log": log.log,
		"events": log.total,
		"incomplete": log.incomplete,
		"without_actor": log.without_actor,
		"without_action": log.without_action,
		"without_time": log.without_time,
		"without_origin": log.without_origin,
		"without_outcome": log.without_outcome,
		"limit_percent": params.max_incomplete_percent,
	},
	"records": log.examples,
} if {
	some log in input.logs
	log.incomplete * 100 > log.total * params.max_incomplete_percent
}

violations contains {
	"element": "ticket",
	"message": sprintf("in log %s %d of %d events that manage keys have no ticket; the limit is %v percent%s", [
		log.log,
		log.without_ticket,
		log.managing,
		params.max_without_ticket_percent,
		evidence.cited(log.without_ticket_examples, log.without_ticket),
	]),
	"facts": {
		"log": log.log,
		"managing": log.managing,
		"without_ticket": log.without_ticket,
		"limit_percent": params.max_without_ticket_percent,
	},
	"records": log.without_ticket_examples,
	"severity": "medium",
} if {
	some log in input.logs
	log.without_ticket < log.managing
	log.without_ticket * 100 > log.managing * params.max_without_ticket_percent
}

missing contains {"path": placeless(log, field), "elements": ["entries"]} if {
	some log in input.logs
	some field in log.unstated
}

missing contains {"path": placeless(log, "ticket"), "elements": ["ticket"]} if {
	some log in input.logs
	log.managing > 0
	log.without_ticket == log.managing
}

missing contains "logs (no event in any log)" if {
	is_array(input.logs)
	sum([log.total | some log in input.logs]) == 0
}

missing contains {"path": "logs.managing", "elements": ["ticket"]} if {
	some log in input.logs
	not is_number(log.managing)
}

missing contains "logs.total" if {
	some log in input.logs
	not counted(log)
}

rule_id := "log-five-w"

params := data.params[rule_id]

lacking(log) := concat(", ", [sprintf("%d without %s", [without, field]) |
	some field in ["actor", "action", "time", "origin", "outcome"]
	without := log[concat("_", ["without", field])]
	without > 0
])

placeless(log, field) := sprintf(
	"logs.without_%s (no event of %s states one: its format or its export may have no place for it)",
	[field, log.log],
)

counted(log) if {
	is_number(log.total)
	is_number(log.incomplete)
	is_number(log.without_ticket)
}
