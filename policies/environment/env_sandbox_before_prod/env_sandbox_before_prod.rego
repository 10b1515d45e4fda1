# METADATA
# title: The sandbox of an integration was signed off before its production key was created
# description: >-
#   An integration that meets live accounts untested finds its errors with customers' money. For an active production
#   key that serves an integration, the changes supplied must hold a sign-off of the sandbox for that integration,
#   approved or carried out, approved no later than the key was created, and resting on a document (the test report, the
#   description of responses and errors). Fails if sign-offs are there and each is rejected, open, later than the key
#   or without a document; none at all is missing evidence. A document for this rule must be on record besides, in which
#   somebody answers for how integrations are validated; what it and the test reports say is not tested. Reading chosen:
#   the creation in the inventory counts, so a key that was replaced by a new record is judged by the new one.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, SA-11
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: env-sandbox-before-prod
#   severity: medium
#   subject: key
#   evidence: attestation
#   applies: {status: active, environment: production}
#   requires: [key.status, key.environment, key.integration]
#   presence: [signoffs]
#   elements:
#     - id: sign-off
#       title: sign-off of the sandbox
#       shows: Whether a sign-off with a document was approved no later than the key was created.
#       criterion: {params: [approved_states]}
#       evidence: data
#       requires: [key.created, signoffs]
#     - id: document
#       title: document on how integrations are validated
#       shows: Whether a document on how integrations are validated is on record and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#       requires: [attestations]
#   params:
#     approved_states: [approved, implemented, closed]
#     max_age_days: 365
#   action: Have the sandbox of the integration validated and signed off
#   remediation: >-
#     Validate the integration in the sandbox, have the sign-off approved with its test report, and issue production
#     keys only on a sign-off.
#   effort: process
#   closed_by: >-
#     The changes supplied show an approved sign-off of the sandbox with its test report, dated before the creation of
#     the production key in use.
package policies.environment.env_sandbox_before_prod

import future.keywords.not

import data.lib.age
import data.lib.evidence

not_applicable contains "the key serves no integration" if trim_space(input.key.integration) == ""

violations contains {
	"element": "sign-off",
	"message": sprintf("the sign-off %s of the sandbox of %s does not count: %s", [
		signoff.change_id,
		input.key.integration,
		concat("; ", found),
	]),
	"facts": {"sign_off": signoff.change_id, "integration": input.key.integration, "defects": found},
	"records": [signoff.source, input.key.source],
} if {
	input.key.environment == "production"
	evidence.complete(input.signoffs)
	every other in input.signoffs.records { count(defects(other)) > 0 }
	some signoff in input.signoffs.records
	found := sort(defects(signoff))
}

missing contains {"path": "signoffs.records (none for this integration)", "elements": ["sign-off"]} if {
	input.signoffs.total == 0
}

missing contains {"path": evidence.cut("signoffs", input.signoffs), "elements": ["sign-off"]} if {
	count(accepted) == 0
}

missing contains {"path": path, "elements": ["sign-off"]} if {
	count(accepted) == 0
	some signoff in undecided
	some path in unclear(signoff)
}

params := data.params["env-sandbox-before-prod"]

undecided := [signoff |
	some signoff in input.signoffs.records
	count(defects(signoff)) == 0
]

accepted := [signoff |
	some signoff in undecided
	count(unclear(signoff)) == 0
]

defects(signoff) := {text |
	some text in [not_approved(signoff), late(signoff), without_document(signoff)]
	text != ""
}

not_approved(signoff) := concat(" ", ["it is", signoff.status]) if {
	is_string(signoff.status)
	not signoff.status in params.approved_states
} else := ""

late(signoff) := "never approved" if {
	signoff.approved_at.state == "never"
} else := sprintf("approved on %s, after the key was created on %s", [
	age.day(signoff.approved_at),
	age.day(input.key.created),
]) if {
	age.later_than(signoff.approved_at, input.key.created, 0)
} else := ""

without_document(signoff) := "no document" if {
	trim_space(signoff.document_ref) == ""
} else := ""

# What is not known of a sign-off and would have to be, as dossier paths.
unclear(signoff) := {path |
	some path in [
		unknown_text("status", signoff),
		unknown_text("document_ref", signoff),
		undated("signoffs.records.approved_at", object.get(signoff, "approved_at", null), signoff),
		undated("key.created", object.get(input.key, "created", null), signoff),
	]
	path != ""
}

unknown_text(field, signoff) := concat(".", ["signoffs.records", field]) if {
	not is_string(signoff[field])
} else := ""

undated(path, instant, signoff) := age.undecided(path, instant, input.as_of.ms) if {
	not in_order(signoff)
	not clear(instant)
} else := ""

in_order(signoff) if {
	age.past(input.key.created, input.as_of.ms)
	age.no_later_than(signoff.approved_at, input.key.created, 0)
}

clear(instant) if {
	age.past(instant, input.as_of.ms)
	age.precise(instant)
}
