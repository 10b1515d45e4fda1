# METADATA
# title: Rotations are driven by a pipeline, not by hand
# description: >-
#   A rotation by hand depends on somebody remembering it, and shows the new secret to a person. Of the completed
#   rotations of production keys in the period, or in the 365 days before the as-of date, at least 95 % must be by a
#   pipeline or a service; exactly 95 % is enough. Reading chosen: rotations of which it is not stated who did them
#   count for neither side, so the rule fails only if those by a person alone are too many, and holds only if those by
#   a pipeline alone are enough. Every rotation by a person must name a ticket, whatever the share; a text without a
#   number ("verbal ok") names none.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: rotation-automated
#   severity: medium
#   subject: organisation
#   requires: [rotation_actors]
#   elements:
#     - id: share
#       title: share of automated rotations
#       shows: Whether the required share of completed rotations was by a pipeline or a service.
#       criterion: {params: [min_percent]}
#     - id: tickets
#       title: ticket of each rotation by hand
#       shows: Whether each rotation that the log says a person did names a ticket.
#       criterion: none
#   params:
#     min_percent: 95
#     max_age_days: 365
#   action: Let the store or a pipeline rotate the keys that people still rotate
#   remediation: >-
#     Let the store or a pipeline rotate the keys that people still rotate, and ask for a ticket if a rotation by
#     hand cannot be avoided.
#   effort: code
#   closed_by: >-
#     The rotation log shows the required share of rotations by a pipeline or service, and a ticket for each by a
#     person.
package policies.rotation.rotation_automated

import future.keywords.not

import data.lib.age
import data.lib.attestation
import data.lib.evidence

not_applicable contains reason if some reason in attestation.excused(rule_id, params.max_age_days)

violations contains {
	"element": "share",
	"message": sprintf(
		concat(" ", [
			"of %d completed rotations of production keys, %d were by hand, %d by a pipeline or service, and of",
			"%d it is not stated; at least %v %% are to be automated%s",
		]),
		[
			actors.total, actors.manual, actors.automated, actors.unknown, params.min_percent,
			evidence.cited(actors.by_hand.records, actors.manual),
		],
	),
	"facts": {
		"rotations": actors.total,
		"manual": actors.manual,
		"automated": actors.automated,
		"unknown": actors.unknown,
		"min_percent": params.min_percent,
	},
	"records": [step.source | some step in actors.by_hand.records],
} if {
	too_manual
}

violations contains {
	"element": "tickets",
	"message": sprintf("%s rotated %s by hand%s, and the log names no ticket", [
		actor(step),
		step.key_id,
		on_date(step),
	]),
	"facts": {"key": step.key_id, "actor": object.get(step, "actor", null), "step": step.step},
	"records": [step.source],
} if {
	some step in actors.without_ticket.records
}

violations contains {
	"element": "tickets",
	"message": sprintf("%d rotations of production keys by hand name no ticket; %d of them are listed", [
		actors.without_ticket.total,
		count(actors.without_ticket.records),
	]),
	"facts": {"without_ticket": actors.without_ticket.total},
	"records": [step.source | some step in actors.without_ticket.records],
} if {
	not evidence.complete(actors.without_ticket)
}

missing contains "rotation_actors.total (no rotation of a production key on record)" if actors.total == 0

missing contains {"path": "rotation_actors.unknown (not stated who rotated)", "elements": ["share"]} if {
	actors.automated * 100 < params.min_percent * actors.total
	not too_manual
}

rule_id := "rotation-automated"

params := data.params[rule_id]

actors := input.rotation_actors

# More by hand than the rest of the hundred, even if every other rotation was automated.
too_manual if actors.manual * 100 > (100 - params.min_percent) * actors.total

actor(step) := step.actor if {
	is_string(step.actor)
} else := "somebody"

on_date(step) := concat(" ", [" on", age.day(step.at)]) if {
	step.at.state == "known"
} else := ""
