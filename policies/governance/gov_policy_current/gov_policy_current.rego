# METADATA
# title: Approved policies cover key management and were approved within the year
# description: >-
#   Controls without an approved policy are habits. Rests on attestation records for this rule: each names a document with its SHA-256,
#   its owner, an approver who is not the owner, an approval at most 365 days before the as-of date, a next review that has not passed,
#   and somebody who answers for it. Documents that hold all this must together cover every required topic; a superseded document does
#   no harm beside a current one. A topic nobody covers fails, with the reason why each defective document does not count. The record
#   shows that a document exists and who approved it, never that its content is right.
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
#   params:
#     max_age_days: 365
#     topics: [auth-flows, scopes, token-lifetime, rotation, revocation]
#   remediation: Have the policy reviewed and approved by somebody other than its owner, and record its hash, version, topics and next review date.
package policies.governance.gov_policy_current

import future.keywords.not

import data.lib.age

violations contains {
	"message": sprintf("no current approved document covers %s", [concat(", ", uncovered)]),
	"facts": {"uncovered": uncovered, "documents": count(documents)},
	"records": [document.source | some document in documents],
} if {
	count(documents) > 0
	complete
	count(uncovered) > 0
}

violations contains {
	"message": sprintf(`the document "%s" does not count: %s`, [title(document), concat("; ", sort(defects(document)))]),
	"facts": {"document": title(document), "defects": sort(defects(document))},
	"records": [document.source],
} if {
	complete
	count(uncovered) > 0
	some document in documents
	count(defects(document)) > 0
}

missing contains "attestations (none for this rule)" if {
	is_array(input.attestations.records)
	count(documents) == 0
}

missing contains "attestations.records (the list is cut)" if {
	not complete
	count(uncovered) > 0
}

params := data.params["gov-policy-current"]

documents := [document | some document in input.attestations.records; document.rule == "gov-policy-current"]

complete if input.attestations.total == count(input.attestations.records)

uncovered := [topic | some topic in params.topics; not topic in covered]

covered contains lower(topic) if {
	some document in documents
	count(defects(document)) == 0
	some topic in document.topics
}

defects(document) := {text |
	some text in [
		lacking(document),
		unhashed(document),
		self_approved(document),
		stale(document),
		due(document),
		not_in_force(document),
	]
	text != ""
}

lacking(document) := concat(" ", ["no", concat(", ", absent)]) if {
	absent := [field | some field in ["owner", "approver", "attestor"]; not stated(document[field])]
	count(absent) > 0
} else := ""

stated(text) if trim_space(text) != ""

unhashed(document) := "no SHA-256 of the document" if {
	not regex.match("^[0-9a-f]{64}$", document.document_sha256)
} else := ""

self_approved(document) := "approved by its owner" if {
	stated(document.owner)
	lower(trim_space(document.owner)) == lower(trim_space(document.approver))
} else := ""

stale(document) := concat(" ", ["approved on", age.describe(document.approved_on, input.as_of.ms)]) if {
	age.over(document.approved_on, input.as_of.ms, params.max_age_days)
} else := "no approval date by the as-of date" if {
	not age.within(document.approved_on, input.as_of.ms, params.max_age_days)
} else := ""

due(document) := concat(" ", ["its review was due on", age.date(document.next_review.ms)]) if {
	age.over(document.next_review, input.as_of.ms, 0)
} else := "no date of the next review" if {
	not document.next_review.state == "known"
} else := ""

not_in_force(document) := concat(" ", ["in force only from", age.date(document.effective_from.ms)]) if {
	age.after(document.effective_from, input.as_of.ms)
} else := ""

title(document) := document.document_title if {
	is_string(document.document_title)
} else := "untitled"
