# METADATA
# title: Approved policies cover key management, access control and integrations, and were approved within the year
# description: >-
#   Controls without an approved policy are habits. Rests on attestation records for this rule: each names a document
#   with its SHA-256, its owner, an approver who is not the owner, an approval at most 365 days before the as-of date, a
#   next review that has not passed, and somebody who answers for it. Documents that hold all this must together cover
#   every required topic; a superseded document does no harm beside a current one. A topic nobody covers fails, with the
#   reason why each defective document does not count. A document whose topics are not stated leaves open what it
#   covers. The record shows that a document exists and who approved it, never that its content is right. A document
#   that counts may instead state why the rule does not concern the entity.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, the -1 controls of each family
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: gov-policy-current
#   severity: high
#   subject: organisation
#   evidence: attestation
#   requires: [attestations]
#   elements:
#     - id: keys
#       title: policy on keys
#       shows: Whether documents that count cover the management of keys, their rotation, revocation and lifetime.
#       criterion: {params: [topics]}
#     - id: access
#       title: policy on access by key
#       shows: Whether documents that count cover access control, ways of authentication and scopes.
#       criterion: {params: [access_topics]}
#     - id: integrations
#       title: policy on integrations
#       shows: >-
#         Whether documents that count cover what no export states of an integration: the objective and criteria of an
#         endpoint, a reason for each scope, private connections, likeness of test data, countries and availability.
#       criterion: {params: [integration_topics]}
#     - id: document
#       title: documents of the policies
#       shows: Whether the documents are on record, approved and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#   params:
#     max_age_days: 365
#     topics: [key-management, rotation, revocation, token-lifetime]
#     access_topics: [access-control, auth-flows, scopes]
#     integration_topics:
#       - endpoint-criteria
#       - scope-reasons
#       - private-connections
#       - test-data-likeness
#       - countries-of-use
#       - availability-measured
#   action: Have the policy reviewed and approved by somebody other than its owner
#   remediation: >-
#     Have the policy reviewed and approved by somebody other than its owner, and record its hash, version, topics and
#     next review date.
#   effort: document
#   closed_by: >-
#     The record of the policy names its SHA-256, its topics, its owner, and another person who approved it within the
#     year.
package policies.governance.gov_policy_current

import data.lib.attestation

violations contains {
	"element": element,
	"message": sprintf("no current approved document covers %s", [concat(", ", words)]),
	"severity": grade,
	"facts": {"uncovered": words, "documents": count(documents)},
	"records": [document.source | some document in documents],
} if {
	count(documents) > 0
	count(unread) == 0
	some element, words in uncovered
	grade := severity[element]
}

violations contains object.union(violation, {"element": element}) if {
	count(unread) == 0
	count(attestation.sound(rule_id, params.max_age_days)) > 0
	some element, _ in uncovered
	some violation in attestation.rejected(rule_id, params.max_age_days)
}

missing contains {"path": path, "elements": [element]} if {
	some element, _ in uncovered
	some path in unread
}

rule_id := "gov-policy-current"

params := data.params[rule_id]

documents := attestation.documents(rule_id)

topics := {
	"keys": params.topics,
	"access": params.access_topics,
	"integrations": params.integration_topics,
}

# What keyproof asks of integrations is good practice; what it asks of keys and access, regulations ask.
severity := {"keys": "high", "access": "high", "integrations": "low"}

uncovered[element] := words if {
	some element, wanted in topics
	words := attestation.unnamed(rule_id, params.max_age_days, "topics", wanted)
	count(words) > 0
}

unread := attestation.unread(rule_id, params.max_age_days, "topics")
