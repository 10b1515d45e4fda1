# METADATA
# title: It is reviewed every quarter whether a key is still needed, with the scopes it holds
# description: >-
#   Reviews of rights ask who may use a key, and never whether the key should be there. An active key fails if its
#   record states that the last review of its need and its scopes is more than 92 days before the as-of date, or that
#   there was none, and if that review names nobody. A key younger than the limit is not judged. What the reviewer
#   looked at, and whether scopes that are not needed were taken away, is not seen; access-scopes-used compares them
#   with the log.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, AC-6(7)
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: access-key-reviewed
#   severity: medium
#   subject: key
#   applies: {status: active}
#   requires: [key.status]
#   elements:
#     - id: review
#       title: review of a key's need and scopes
#       shows: Whether the need of the key and its scopes were reviewed within the limit.
#       criterion: {params: [max_age_days]}
#     - id: reviewer
#       title: reviewer of a key's need
#       shows: Whether the record names who reviewed the need of the key.
#       criterion: none
#   params:
#     max_age_days: 92
#   action: Review with each owner whether the key and its scopes are still needed
#   remediation: >-
#     Ask the owner whether the key and each of its scopes are still needed, revoke what is not, and record who reviewed
#     it and when.
#   effort: access
#   closed_by: >-
#     The inventory states a review of the need of the key within the limit, and who made it.
package policies.access.access_key_reviewed

import future.keywords.not

import data.lib.age

not_applicable contains "the key is younger than the time within which it must be reviewed" if {
	age.within(input.key.created, input.as_of.ms, params.max_age_days)
	not reviewed.is in {"over", "within"}
}

violations contains {
	"element": "review",
	"message": sprintf("last reviewed on %s; the limit is %s", [
		age.describe_stated("key.need_reviewed_at", input.key.need_reviewed_at),
		age.days_word(params.max_age_days),
	]),
	"facts": {
		"reviewed": age.day(input.key.need_reviewed_at),
		"days": age.days_before(input.key.need_reviewed_at, age.stated_until("key.need_reviewed_at")),
		"limit_days": params.max_age_days,
	},
	"records": [input.key.source],
} if {
	reviewed.is == "over"
}

violations contains {
	"element": "review",
	"message": "by its record it was never reviewed whether the key is needed",
	"facts": {"reviewed": "never", "limit_days": params.max_age_days},
	"records": [input.key.source],
} if {
	reviewed.is == "never"
	age.over(input.key.created, input.as_of.ms, params.max_age_days)
}

violations contains {
	"element": "reviewer",
	"message": "the record of the review names nobody",
	"facts": {"reviewer": ""},
	"records": [input.key.source],
} if {
	took_place
	trim_space(input.key.need_reviewer) == ""
}

missing contains {"path": reviewed.missing, "elements": ["review"]}

# Of a review that is not known to have taken place, nobody is named either.
missing contains {"path": reviewed.missing, "elements": ["reviewer"]} if {
	not took_place
	trim_space(input.key.need_reviewer) == ""
}

missing contains {"path": "key.created", "elements": ["review"]} if {
	reviewed.is == "never"
	not age.over(input.key.created, input.as_of.ms, params.max_age_days)
}

missing contains {"path": "key.need_reviewer", "elements": ["reviewer"]} if {
	not is_string(input.key.need_reviewer)
}

params := data.params["access-key-reviewed"]

reviewed := age.judge("key.need_reviewed_at", review, params.max_age_days)

took_place if age.past(review.need_reviewed_at, input.as_of.ms)

review := {"need_reviewed_at": object.get(input.key, "need_reviewed_at", null)}
