# METADATA
# title: Somebody watches for changes of the rules, and did so within the quarter
# description: >-
#   A catalogue of rules is out of date by itself. Rests on attestation records for this rule: one document that counts
#   (SHA-256, an owner, another who approved it within 365 days of the as-of date, a next review that has not passed,
#   somebody who attests it) must show a review at most 92 days before the as-of date and hold an entry, a finding or an
#   action. Reading chosen: a review that found nothing says so as a finding. Fails if no document does; each is
#   named with what it lacks. The record shows that a review took place, never that no change was overlooked.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, PM-9 and RA-3
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: gov-reg-watch
#   severity: low
#   subject: organisation
#   evidence: attestation
#   requires: [attestations]
#   criterion: {params: [max_age_days, max_review_age_days]}
#   params:
#     max_age_days: 365
#     max_review_age_days: 92
#   action: Review changes of laws, standards and schemes, and record the result
#   remediation: >-
#     Review the changes of laws, standards and schemes that bear on keys each quarter, and record what was found and
#     what is done about it.
#   effort: process
#   closed_by: >-
#     The record of a review of changes of the rules, dated within the quarter and approved by somebody other than its
#     owner, is supplied.
package policies.governance.gov_reg_watch

import future.keywords.not

import data.lib.attestation
import data.lib.occasion

violations contains violation if some violation in occasion.failing(judged)

missing contains path if some path in occasion.undecided(judged)

rule_id := "gov-reg-watch"

params := data.params[rule_id]

judged := [one |
	some document in attestation.sound(rule_id, params.max_age_days)
	one := {
		"document": document,
		"faults": (occasion.late(document, params.max_review_age_days) | without_entry(document)),
		"gaps": (occasion.undated(document, params.max_review_age_days) | unread(document)),
	}
]

lists := ["findings", "actions"]

entries(document) := [entry |
	some field in lists
	some entry in document[field]
	trim_space(entry) != ""
]

without_entry(document) := {"no entry"} if {
	count(entries(document)) == 0
	every field in lists { is_array(document[field]) }
} else := set()

unread(document) := {concat(".", ["attestations.records", field]) |
	count(entries(document)) == 0
	some field in lists
	not is_array(document[field])
}
