# METADATA
# title: The incident plan covers a compromised key in all six stages, and names whom to call
# description: >-
#   On the day a key leaks nobody should have to find out who decides. Rests on attestation records for this rule. The
#   documents that count (SHA-256, owner, another who approved them within 365 days of the as-of date, a next review
#   that has not passed, somebody who attests them) must together cover the stages detect, contain, investigate,
#   remediate, report and review, the three emergencies (a key that is compromised, somebody who leaves, a vendor that
#   is breached), escalation and communication, and name contacts for security, legal, compliance and executive. What
#   none of them names fails, with the reason why each document that does not count does not; a document whose topics
#   or contacts nobody states leaves it open. The records show what the documents are said to hold, never that the plan
#   works.
# related_resources:
#   - description: NIST SP 800-61 rev. 3
#     ref: https://csrc.nist.gov/pubs/sp/800/61/r3/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: ir-playbook-keys
#   severity: high
#   subject: organisation
#   evidence: attestation
#   requires: [attestations]
#   elements:
#     - id: stages
#       title: stages of the response
#       shows: Whether documents that count cover every stage of the response to a compromised key.
#       criterion: {params: [topics]}
#     - id: procedures
#       title: procedures for emergencies
#       shows: Whether documents that count cover a compromise, a departure and the breach of a vendor.
#       criterion: {params: [procedures]}
#     - id: communication
#       title: escalation and communication
#       shows: Whether documents that count cover how an incident is escalated and communicated.
#       criterion: {params: [communication]}
#     - id: contacts
#       title: contacts of the plan
#       shows: Whether documents that count name whom to call.
#       criterion: {params: [contacts]}
#     - id: document
#       title: document of the plan
#       shows: Whether the plan is on record, approved and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#   params:
#     max_age_days: 365
#     topics: [detect, contain, investigate, remediate, report, review]
#     procedures: [compromise, departure, vendor-breach]
#     communication: [escalation, communication]
#     contacts: [security, legal, compliance, executive]
#   action: Complete the incident plan for compromised keys and have it approved
#   remediation: >-
#     Add what is lacking to the incident plan, have it approved by somebody other than its owner, and record its hash,
#     topics and contacts.
#   effort: document
#   closed_by: >-
#     The record of the incident plan names its SHA-256, the stages, procedures and ways of communication among its
#     topics, its contacts, and another person than its owner who approved it within the year.
package policies.incident.ir_playbook_keys

import data.lib.attestation

violations contains {
	"element": element,
	"message": sprintf("no current approved document %s %s", [verb, concat(", ", words)]),
	"facts": {"field": field, "lacking": words, "documents": count(documents)},
	"records": [document.source | some document in documents],
} if {
	count(documents) > 0
	some element, words in lacking
	field := asked[element].field
	count(unread[field]) == 0
	verb := asked[element].verb
}

violations contains object.union(violation, {"element": element}) if {
	count(attestation.sound(rule_id, params.max_age_days)) > 0
	some element, _ in lacking
	count(unread[asked[element].field]) == 0
	some violation in attestation.rejected(rule_id, params.max_age_days)
}

missing contains {"path": path, "elements": [element]} if {
	some element, _ in lacking
	some path in unread[asked[element].field]
}

rule_id := "ir-playbook-keys"

params := data.params[rule_id]

asked := {
	"stages": {"field": "topics", "verb": "covers", "words": params.topics},
	"procedures": {"field": "topics", "verb": "covers", "words": params.procedures},
	"communication": {"field": "topics", "verb": "covers", "words": params.communication},
	"contacts": {"field": "contacts", "verb": "names a contact for", "words": params.contacts},
}

documents := attestation.documents(rule_id)

# What no document that counts names, by element.
lacking[element] := words if {
	some element, one in asked
	words := attestation.unnamed(rule_id, params.max_age_days, one.field, one.words)
	count(words) > 0
}

unread[field] := paths if {
	some field in {one.field | some one in asked}
	paths := attestation.unread(rule_id, params.max_age_days, field)
}
