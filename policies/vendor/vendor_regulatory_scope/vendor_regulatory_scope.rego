# METADATA
# title: >-
#   It is on record where a vendor keeps the data, on what transfers and access rest, and whether money laundering rules
#   bear on it
# description: >-
#   Which law an integration falls under is decided before data flows, or found out after. A vendor fails if its
#   record states an empty jurisdiction, transfer mechanism or consent basis, or only that it is still to be decided;
#   whether rules against money laundering bear on the integration must be stated, yes or no. A document on these points
#   must count. That no transfer mechanism is needed is a statement and enough. Vendors whose relationship has ended are
#   left out, and new ones without a key and a route. The record shows that somebody answered, never that the answer is
#   right.
# related_resources:
#   - description: NIST SP 800-161 rev. 1
#     ref: https://csrc.nist.gov/pubs/sp/800/161/r1/upd1/final
# schemas:
#   - input: schema["dossier-vendor"]
# custom:
#   id: vendor-regulatory-scope
#   severity: medium
#   subject: vendor
#   evidence: attestation
#   requires: [vendor.status]
#   supposes: [vendor.status]
#   elements:
#     - id: jurisdiction
#       title: jurisdiction and rules on money laundering
#       shows: >-
#         Whether the record states the jurisdiction, and whether rules against money laundering bear on the
#         integration.
#       criterion: {params: [placeholders]}
#       requires: [vendor.jurisdiction, vendor.aml_relevant]
#     - id: transfer
#       title: transfer mechanism
#       shows: Whether the record states on what transfers of data rest.
#       criterion: {params: [placeholders]}
#       requires: [vendor.transfer_mechanism]
#     - id: consent
#       title: consent basis
#       shows: Whether the record states on what access to accounts rests.
#       criterion: {params: [placeholders]}
#       requires: [vendor.consent_basis]
#     - id: document
#       title: document on the regulatory scope
#       shows: Whether a document on these points is on record and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#       requires: [attestations]
#   params:
#     max_age_days: 365
#     placeholders: [tbd, todo, unknown, undecided, pending, open, "?", "-"]
#   action: Have compliance decide and record what is open for the vendor
#   remediation: >-
#     Have compliance decide what is open for the vendor, and record the decision with the document it rests on.
#   effort: document
#   closed_by: >-
#     The vendor register states jurisdiction, transfer mechanism, consent basis and whether money laundering rules
#     bear on the vendor, and a document on these points is on record.
package policies.vendor.vendor_regulatory_scope

import data.lib.relationship
import data.lib.word

not_applicable contains reason if some reason in relationship.not_running

violations contains {
	"element": element,
	"message": sprintf("the record states no %s%s", [thing, said(text)]),
	"facts": {"field": field, "stated": text},
	"records": [input.vendor.source],
} if {
	some field, thing in answers
	element := element_of[field]
	text := input.vendor[field]
	word.says_nothing(text, placeholders)
}

params := data.params["vendor-regulatory-scope"]

placeholders := word.placeholders(params.placeholders)

said(text) := sprintf(`, only "%s"`, [text]) if {
	trim_space(text) != ""
} else := ""

element_of := {"jurisdiction": "jurisdiction", "transfer_mechanism": "transfer", "consent_basis": "consent"}

answers := {
	"jurisdiction": "jurisdiction",
	"transfer_mechanism": "transfer mechanism",
	"consent_basis": "consent basis",
}
