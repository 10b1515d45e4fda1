# METADATA
# title: A vendor's keys end with the relationship, and running relationships are reviewed yearly
# description: >-
#   A former partner's key is a stranger's key. A terminated vendor fails for every key that is still active more than
#   24 hours after the end of the relationship, and for every key revoked later than that. An active vendor fails if
#   its last review is more than 365 days before the as-of date or never took place.
# related_resources:
#   - description: NIST SP 800-161 rev. 1
#     ref: https://csrc.nist.gov/pubs/sp/800/161/r1/upd1/final
# schemas:
#   - input: schema["dossier-vendor"]
# custom:
#   id: vendor-access-offboarded
#   severity: high
#   subject: vendor
#   requires: [vendor.status]
#   supposes: [vendor.status]
#   elements:
#     - id: keys
#       title: keys of a vendor that has left
#       shows: Whether the keys of a vendor were revoked within the limit after the end of the relationship.
#       criterion: {params: [max_hours]}
#     - id: reviewed
#       title: a review at all
#       shows: Whether a running relationship was ever reviewed.
#       criterion: none
#     - id: review
#       title: review of a running relationship
#       shows: Whether a running relationship was reviewed within the limit.
#       criterion: {params: [max_review_age_days]}
#   params:
#     max_hours: 24
#     max_review_age_days: 365
#   action: Revoke the keys of former vendors, and review running relationships
#   remediation: >-
#     Revoke the keys of a former vendor today and check the logs for their use since the end. Put running vendors into
#     the yearly review.
#   effort: rotation
#   closed_by: >-
#     The inventory shows every key of the former vendor revoked, or the vendor register shows a review within the
#     year. That a key was revoked late stays on record.
package policies.vendor.vendor_access_offboarded

import future.keywords.not

import data.lib.age
import data.lib.duration
import data.lib.evidence
import data.lib.exposure

not_applicable contains "the vendor is being taken on and has no access to end" if {
	input.vendor.status == "onboarding"
	input.keys.total == 0
}

not_applicable contains "the relationship ends after the as-of date" if {
	input.vendor.status == "terminated"
	age.after(input.vendor.terminated_at, input.as_of.ms)
}

not_applicable contains {"reason": "the relationship has not ended", "elements": ["keys"]} if running

not_applicable contains {"reason": "the relationship has ended", "elements": ["reviewed", "review"]} if {
	input.vendor.status == "terminated"
}

violations contains {
	"element": "keys",
	"message": sprintf("the relationship ended on %s, and the key %s is still active; the limit is %s", [
		age.describe(ended, input.as_of.ms),
		key.key_id,
		duration.words(params.max_hours),
	]),
	"facts": {
		"terminated": age.day(ended),
		"key": key.key_id,
		"status": key.status,
		"limit_hours": params.max_hours,
	},
	"records": [input.vendor.source, key.source],
} if {
	some key in input.keys.records
	key.status == "active"
	age.over(ended, exposure.stated_until(key), params.max_hours / 24)
}

violations contains {
	"element": "keys",
	"message": sprintf("the relationship ended on %s and the key %s was revoked on %s; the limit is %s", [
		age.day(ended),
		key.key_id,
		age.day(key.revoked),
		duration.words(params.max_hours),
	]),
	"facts": {
		"terminated": age.day(ended),
		"key": key.key_id,
		"revoked": age.day(key.revoked),
		"limit_hours": params.max_hours,
	},
	"records": [input.vendor.source, key.source],
} if {
	some key in input.keys.records
	key.status != "active"
	age.later_than(key.revoked, ended, params.max_hours * age.hour_ms)
}

violations contains {
	"element": "review",
	"message": sprintf("last reviewed on %s; the limit is %s", [
		age.describe_stated("vendor.reviewed_at", input.vendor.reviewed_at),
		age.days_word(params.max_review_age_days),
	]),
	"facts": {
		"reviewed": age.day(input.vendor.reviewed_at),
		"days": age.days_before(input.vendor.reviewed_at, age.stated_until("vendor.reviewed_at")),
		"limit_days": params.max_review_age_days,
	},
	"records": [input.vendor.source],
} if {
	running
	last_review.is == "over"
}

violations contains {
	"element": "reviewed",
	"message": "the vendor has never been reviewed",
	"facts": {"reviewed": "never", "limit_days": params.max_review_age_days},
	"records": [input.vendor.source],
} if {
	running
	input.vendor.reviewed_at.state == "never"
}

missing contains {"path": "vendor.terminated_at", "elements": ["keys"]} if {
	input.vendor.status == "terminated"
	not ended
}

missing contains "keys" if {
	input.vendor.status in {"terminated", "onboarding"}
	not is_array(input.keys.records)
}

missing contains {"path": "keys.records.status", "elements": ["keys"]} if {
	ended
	some key in input.keys.records
	not is_string(key.status)
}

missing contains {"path": "keys.records.revoked", "elements": ["keys"]} if {
	ended
	some key in input.keys.records
	key.status != "active"
	not ended_with(key)
}

missing contains {"path": "keys.records.revoked (the time allowed is not over)", "elements": ["keys"]} if {
	age.within(ended, input.as_of.ms, params.max_hours / 24)
	some key in input.keys.records
	key.status == "active"
}

missing contains {"path": age.not_known_since("keys.records.status", until), "elements": ["keys"]} if {
	age.over(ended, input.as_of.ms, params.max_hours / 24)
	some key in input.keys.records
	key.status == "active"
	until := exposure.stated_until(key)
	not age.over(ended, until, params.max_hours / 24)
}

missing contains {"path": evidence.cut("keys", input.keys), "elements": ["keys"]} if ended

missing contains {"path": "vendor.reviewed_at", "elements": ["reviewed", "review"]} if {
	running
	not input.vendor.reviewed_at.state in {"known", "never"}
}

missing contains {"path": last_review.missing, "elements": ["review"]} if {
	running
	count(violations) == 0
}

params := data.params["vendor-access-offboarded"]

last_review := age.judge("vendor.reviewed_at", input.vendor, params.max_review_age_days)

ended := input.vendor.terminated_at if {
	input.vendor.status == "terminated"
	age.past(input.vendor.terminated_at, input.as_of.ms)
}

running if input.vendor.status == "active"

# A vendor with keys is judged as running, whatever its record calls it.
running if {
	input.vendor.status == "onboarding"
	input.keys.total > 0
}

ended_with(key) if is_number(age.earliest(key.revoked))

# A key that expired or was disabled before has no date of revocation to compare.
ended_with(key) if key.status in {"expired", "destroyed"}
