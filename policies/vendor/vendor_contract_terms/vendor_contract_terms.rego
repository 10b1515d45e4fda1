# METADATA
# title: The contract with a vendor holds the terms that protect the bank's keys
# description: >-
#   What the contract does not say cannot be asked for on the day of a breach. A vendor fails if its contract lacks
#   a clause on security, service levels, breach notice, audit, termination or the return of keys; allows more than 72
#   hours for the notice of a breach; was never signed; or has ended by the as-of date. A contract without an end is
#   in force. Laws ask for some of these clauses only, so `minimum` and `audit` judge those that Regulation (EU)
#   2022/2554 art. 30 has among its terms, and say the same again of a contract that lacks them. A document on the
#   contract must count. Vendors whose relationship has ended are left out, and new ones without a key and a route.
#   The vendor's record states the clauses; nobody read the contract, and what a clause says is not judged.
# related_resources:
#   - description: NIST SP 800-161 rev. 1
#     ref: https://csrc.nist.gov/pubs/sp/800/161/r1/upd1/final
# schemas:
#   - input: schema["dossier-vendor"]
# custom:
#   id: vendor-contract-terms
#   severity: high
#   subject: vendor
#   evidence: attestation
#   requires: [vendor.status]
#   supposes: [vendor.status]
#   elements:
#     - id: clauses
#       title: clauses of the contract
#       shows: Whether the record of the contract names every clause of the list.
#       criterion: {params: [clauses]}
#       requires: [vendor.contract_clauses]
#     - id: minimum
#       title: clauses on security, service levels and termination
#       shows: Whether the record of the contract names clauses on security, service levels and termination.
#       criterion: {params: [minimum_clauses]}
#       requires: [vendor.contract_clauses]
#     - id: audit
#       title: clauses on security, service levels, termination and audit
#       shows: >-
#         Whether the record of the contract names clauses on security, service levels, termination and audit.
#       criterion: {params: [minimum_clauses, audit_clauses]}
#       requires: [vendor.contract_clauses]
#     - id: breach-notice
#       title: hours for the notice of a breach
#       shows: Whether the contract allows no more hours than the limit for the notice of a breach.
#       criterion: {params: [max_breach_notice_hours]}
#       requires: [vendor.breach_notice_hours]
#     - id: in-force
#       title: contract in force
#       shows: Whether the contract was signed and has not ended.
#       criterion: none
#       requires: [vendor.contract_signed_at, vendor.contract_expires]
#     - id: document
#       title: document on the contract
#       shows: Whether a document on the contract is on record and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#       requires: [attestations]
#   params:
#     max_age_days: 365
#     clauses: [security, sla, breach-notice, audit, termination, key-return]
#     minimum_clauses: [security, sla, termination]
#     audit_clauses: [audit]
#     max_breach_notice_hours: 72
#   action: Amend the contract with the terms it lacks
#   remediation: >-
#     Amend the contract with the clauses lacking, and give no further key before it is signed. Record the review of the
#     contract with its hash.
#   effort: document
#   closed_by: >-
#     The vendor register shows a signed contract in force with every clause required, and a document on the contract
#     is on record.
package policies.vendor.vendor_contract_terms

import future.keywords.not

import data.lib.age
import data.lib.duration
import data.lib.relationship
import data.lib.word

not_applicable contains reason if some reason in relationship.not_running

violations contains {
	"element": "clauses",
	"message": sprintf("the record of the contract lacks clauses: %s", [concat(", ", lacking)]),
	"facts": {"lacking": lacking, "clauses": input.vendor.contract_clauses},
	"records": [input.vendor.source],
} if {
	is_array(input.vendor.contract_clauses)
	count(lacking) > 0
}

violations contains {
	"element": element,
	"message": sprintf("of clauses on %s, the record of the contract lacks %s", [
		concat(", ", clauses),
		concat(", ", absent),
	]),
	"facts": {"lacking": absent, "clauses": input.vendor.contract_clauses},
	"records": [input.vendor.source],
} if {
	is_array(input.vendor.contract_clauses)
	some element, clauses in asked
	absent := word.unnamed(clauses, input.vendor.contract_clauses)
	count(absent) > 0
}

violations contains {
	"element": "breach-notice",
	"message": sprintf("the contract allows %s for the notice of a breach; the limit is %s", [
		duration.in_words_of_hours(input.vendor.breach_notice_hours),
		duration.in_words_of_hours(params.max_breach_notice_hours),
	]),
	"facts": {
		"breach_notice_hours": input.vendor.breach_notice_hours,
		"limit_hours": params.max_breach_notice_hours,
	},
	"records": [input.vendor.source],
} if {
	is_number(input.vendor.breach_notice_hours)
	input.vendor.breach_notice_hours > params.max_breach_notice_hours
}

violations contains {
	"element": "in-force",
	"message": "the contract was never signed",
	"facts": {"signed": "never"},
	"records": [input.vendor.source],
} if {
	input.vendor.contract_signed_at.state == "never"
}

violations contains {
	"element": "in-force",
	"message": sprintf("the contract ended on %s", [age.describe(input.vendor.contract_expires, input.as_of.ms)]),
	"facts": {"ended": age.day(input.vendor.contract_expires)},
	"records": [input.vendor.source],
} if {
	contract_end.is == "ended"
}

missing contains {
	"path": age.undecided("vendor.contract_signed_at", input.vendor.contract_signed_at, input.as_of.ms),
	"elements": ["in-force"],
} if {
	not input.vendor.contract_signed_at.state == "never"
	not age.past(input.vendor.contract_signed_at, input.as_of.ms)
}

missing contains {"path": contract_end.missing, "elements": ["in-force"]}

params := data.params["vendor-contract-terms"]

contract_end := age.judge_end("vendor.contract_expires", input.vendor)

lacking := word.unnamed(params.clauses, input.vendor.contract_clauses)

# What laws ask for by name, whatever else the list has.
asked := {
	"minimum": params.minimum_clauses,
	"audit": array.concat(params.minimum_clauses, params.audit_clauses),
}
