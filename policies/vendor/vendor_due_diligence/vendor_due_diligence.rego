# METADATA
# title: A vendor was assessed before it got a key, and what it was assessed on still holds
# description: >-
#   A vendor's weakness becomes the bank's on the day it gets a key. A vendor fails if it was assessed after its
#   first key was created or never; if it never answered the security questionnaire, never had a penetration test,
#   or its readiness for incidents, or its handling of data and governance of access, was never looked at; if the
#   last penetration test is more than 365 days before the as-of date; and if the end of its security certification,
#   or of its attestation of compliance if it carries card numbers or belongs to the cardholder data environment, has
#   passed or is stated as none. The vendor's record holds its last assessment only: an earlier one counts if a
#   document of this rule reports it, a superseded one too, and a document that does not tell when it took place leaves
#   it open. A document that counts must be on record. Vendors whose relationship has ended are left out, and new ones
#   without a key and a route.
# related_resources:
#   - description: NIST SP 800-161 rev. 1
#     ref: https://csrc.nist.gov/pubs/sp/800/161/r1/upd1/final
# schemas:
#   - input: schema["dossier-vendor"]
# custom:
#   id: vendor-due-diligence
#   severity: high
#   subject: vendor
#   evidence: attestation
#   requires: [vendor.status]
#   supposes: [vendor.status]
#   elements:
#     - id: assessment
#       title: assessment before the first key
#       shows: Whether the vendor was assessed no later than its first key was created.
#       criterion: none
#       requires: [vendor.assessed_at]
#     - id: questionnaire
#       title: security questionnaire
#       shows: Whether the vendor answered the security questionnaire.
#       criterion: none
#       requires: [vendor.questionnaire_at]
#     - id: penetration-test
#       title: penetration test of the vendor
#       shows: Whether the vendor had a penetration test within the limit.
#       criterion: {params: [max_pentest_age_days]}
#       requires: [vendor.pentest_at]
#     - id: incident-readiness
#       title: readiness for incidents
#       shows: Whether the readiness of the vendor for incidents was looked at.
#       criterion: none
#       requires: [vendor.incident_readiness_at]
#     - id: data-handling
#       title: data handling and access governance of the vendor
#       shows: Whether the vendor's handling of data and its governance of access were looked at.
#       criterion: none
#       requires: [vendor.data_handling_reviewed_at]
#     - id: certification
#       title: security certification
#       shows: Whether the security certification of the vendor has not ended.
#       criterion: none
#       requires: [vendor.certification_expires]
#     - id: card-attestation
#       title: attestation of compliance for card data
#       shows: Whether the attestation of compliance of a vendor with card data has not ended.
#       criterion: none
#     - id: document
#       title: report on the assessment
#       shows: Whether a report on the assessment is on record and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#       requires: [attestations]
#   params:
#     max_age_days: 365
#     max_pentest_age_days: 365
#   action: Assess the vendor, and ask for what is lacking or has run out
#   remediation: >-
#     Assess the vendor now, ask for what is lacking or has run out, and give no further key until it has come. Record
#     the report with its hash.
#   effort: process
#   closed_by: >-
#     The vendor register shows an assessment, a questionnaire answered, and tests and certificates that have not run
#     out, and a document on the assessment is on record. A key given before it stays on record.
package policies.vendor.vendor_due_diligence

import future.keywords.not

import data.lib.age
import data.lib.attestation
import data.lib.relationship

not_applicable contains reason if some reason in relationship.not_running

not_applicable contains {
	"reason": "the vendor carries no card numbers and is not part of the cardholder data environment",
	"elements": ["card-attestation"],
} if {
	not card_data
	count(undecided_scope) == 0
}

violations contains {
	"element": element,
	"message": sentence,
	"facts": {"field": field, "at": "never"},
	"records": [input.vendor.source],
} if {
	some field, sentence in never
	element := element_of[field]
	input.vendor[field].state == "never"
}

violations contains {
	"element": "assessment",
	"message": sprintf("assessed on %s, after its first key was created on %s, and no earlier assessment is on record", [
		age.day(input.vendor.assessed_at),
		age.day(first_key),
	]),
	"facts": {
		"assessed": age.day(input.vendor.assessed_at),
		"first_key_created": age.day(first_key),
	},
	"records": array.flatten([
		input.vendor.source,
		[key.source | some key in input.keys.records; key.created == first_key],
		[document.source | some document in reports],
	]),
} if {
	attestation.complete(rule_id)
	every instant in assessments { age.later_than(instant, first_key, 0) }
}

violations contains {
	"element": "penetration-test",
	"message": sprintf("last penetration test on %s; the limit is %s", [
		age.describe_stated("vendor.pentest_at", input.vendor.pentest_at),
		age.days_word(params.max_pentest_age_days),
	]),
	"facts": {
		"pentest": age.day(input.vendor.pentest_at),
		"days": age.days_before(input.vendor.pentest_at, age.stated_until("vendor.pentest_at")),
		"limit_days": params.max_pentest_age_days,
	},
	"records": [input.vendor.source],
} if {
	last_test.is == "over"
}

violations contains {
	"element": element,
	"message": sprintf("the %s ended on %s", [thing, age.describe(instant, input.as_of.ms)]),
	"facts": {"field": field, "ended": age.day(instant)},
	"records": [input.vendor.source],
} if {
	some field, thing in proofs
	element := element_of[field]
	ends[field].is == "ended"
	instant := input.vendor[field]
}

violations contains {
	"element": element,
	"message": sprintf("the record states no end of the %s, so that it counts as none", [thing]),
	"facts": {"field": field, "ended": "never"},
	"records": [input.vendor.source],
} if {
	some field, thing in proofs
	element := element_of[field]
	input.vendor[field].state == "never"
}

missing contains {
	"path": age.undecided(concat(".", ["vendor", field]), object.get(input.vendor, field, null), input.as_of.ms),
	"elements": [element],
} if {
	some field, _ in never
	element := element_of[field]
	not input.vendor[field].state == "never"
	not age.past(input.vendor[field], input.as_of.ms)
}

missing contains {"path": last_test.missing, "elements": ["penetration-test"]}

missing contains {"path": "first_key_created", "elements": ["assessment"]} if {
	unproved
	not first_key
}

missing contains {
	"path": age.undecided("vendor.assessed_at", input.vendor.assessed_at, input.as_of.ms),
	"elements": ["assessment"],
} if {
	unproved
	first_key
	not age.later_than(input.vendor.assessed_at, first_key, 0)
}

missing contains {
	"path": age.undecided("attestations.records.held_on", object.get(document, "held_on", null), input.as_of.ms),
	"elements": ["assessment"],
} if {
	unproved
	first_key
	some document in reports
	not age.later_than(document.held_on, first_key, 0)
}

missing contains {"path": attestation.left_out(rule_id), "elements": ["assessment"]} if unproved

missing contains {"path": judged.missing, "elements": [element]} if {
	some field, judged in ends
	element := element_of[field]
}

missing contains {"path": concat(".", ["vendor", field]), "elements": ["card-attestation"]} if {
	not card_data
	not age.since(input.vendor.aoc_expires, input.as_of.ms)
	some field in undecided_scope
}

rule_id := "vendor-due-diligence"

params := data.params[rule_id]

last_test := age.judge("vendor.pentest_at", input.vendor, params.max_pentest_age_days)

element_of := {
	"assessed_at": "assessment",
	"questionnaire_at": "questionnaire",
	"pentest_at": "penetration-test",
	"incident_readiness_at": "incident-readiness",
	"data_handling_reviewed_at": "data-handling",
	"certification_expires": "certification",
	"aoc_expires": "card-attestation",
}

never := {
	"assessed_at": "the vendor was never assessed",
	"questionnaire_at": "the vendor never answered the security questionnaire",
	"pentest_at": "the vendor never had a penetration test",
	"incident_readiness_at": "the readiness of the vendor for incidents was never looked at",
	"data_handling_reviewed_at": "the vendor's handling of data and governance of access were never looked at",
}

proofs["certification_expires"] := "security certification"

proofs["aoc_expires"] := "attestation of compliance for card data" if card_data

ends[field] := age.judge_end(concat(".", ["vendor", field]), input.vendor) if some field, _ in proofs

card_data if input.vendor.carries_pan == true

card_data if input.vendor.pci_scope == "cde"

undecided_scope contains "carries_pan" if not is_boolean(input.vendor.carries_pan)

undecided_scope contains "pci_scope" if not is_string(input.vendor.pci_scope)

first_key := input.first_key_created if input.first_key_created.state == "known"

reports := attestation.on_file(rule_id)

assessments := array.concat(
	[input.vendor.assessed_at],
	[object.get(document, "held_on", null) | some document in reports],
)

assessed_in_time if {
	some instant in assessments
	age.past(instant, input.as_of.ms)
	age.no_later_than(instant, first_key, 0)
}

assessed_in_time if input.keys.total == 0

# Assessed, and not shown to be early enough.
unproved if {
	age.past(input.vendor.assessed_at, input.as_of.ms)
	not assessed_in_time
}
