# METADATA
# title: A written risk analysis supports every rotation interval
# description: >-
#   No standard gives an interval: it is the bank's to justify. Rests on attestation records for this rule: documents
#   that count (hash, owner, another approver, somebody who attests, approved within 365 days, review not passed). A
#   document is an analysis only if it covers every required topic by itself, not together with others. For each
#   tier with a limit in rotation-max-age an analysis must give an interval, as `critical=30` in its values; if
#   several give one, the one approved last decides. The interval is the entity's to choose, so one that differs from
#   a preset of keyproof does not fail; a limit that keyproof.yaml sets must be the one that the analysis gives. The
#   record shows that the analysis exists and which interval it gives, never that its reasoning is right.
# related_resources:
#   - description: NIST SP 800-30 rev. 1, guide for conducting risk assessments
#     ref: https://csrc.nist.gov/pubs/sp/800/30/r1/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: rotation-tra-documented
#   severity: high
#   subject: organisation
#   evidence: attestation
#   requires: [attestations]
#   elements:
#     - id: analysis
#       title: risk analysis of the intervals
#       shows: Whether a document that counts is a risk analysis by the topics it covers.
#       criterion: {params: [topics]}
#     - id: intervals
#       title: interval for each tier
#       shows: >-
#         Whether an analysis gives an interval for every tier with a limit, the one in force if the entity sets it.
#       criterion: {params: [presets]}
#     - id: document
#       title: document of the analysis
#       shows: Whether a document on the intervals is on record, approved and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#   params:
#     max_age_days: 365
#     topics: [assets, threats, likelihood, justification]
#     presets: {critical: 30, high: 60, medium: 90, low: 180}
#   action: Write down the risk analysis of each rotation interval, and approve it
#   remediation: >-
#     Write down, for each tier, what is protected, from what, how likely that is and why the interval fits, have it
#     approved, and set the same intervals in the thresholds.
#   effort: document
#   closed_by: >-
#     The record of the risk analysis names its SHA-256, the required topics, an interval for each tier equal to the
#     one in force, and another person than its owner who approved it within the year.
package policies.rotation.rotation_tra_documented

import future.keywords.not

import data.lib.age
import data.lib.attestation
import data.lib.word

violations contains {
	"element": "intervals",
	"message": sprintf(`the risk analysis "%s" gives %s days for %s-tier keys; the limit in force is %s`, [
		attestation.title(latest.document),
		latest.days,
		tier,
		age.days_word(limit),
	]),
	"facts": {
		"document": attestation.title(latest.document),
		"risk_tier": tier,
		"stated_days": latest.days,
		"limit_days": limit,
	},
	"records": [latest.document.source],
} if {
	count(obscure) == 0
	some tier, limit in limits
	some latest in decisive[tier]
	is_days(latest.days)
	limit != params.presets[tier]
	to_number(latest.days) != limit
}

violations contains {
	"element": "analysis",
	"message": sprintf(`the document "%s" is no analysis of the intervals: its record does not name %s among its topics`, [
		attestation.title(document),
		concat(", ", gaps(document)),
	]),
	"facts": {"document": attestation.title(document), "uncovered": gaps(document)},
	"records": [document.source],
} if {
	attestation.complete(rule_id)
	count(unsupported) > 0
	some document in counted
	is_array(document.topics)
	count(gaps(document)) > 0
}

violations contains {
	"element": "intervals",
	"message": sprintf(
		"no document that counts gives an interval for %s-tier keys (`%s=days`); the limit in force is %s",
		[tier, tier, age.days_word(limit)],
	),
	"facts": {"risk_tier": tier, "limit_days": limit},
	"records": [document.source | some document in counted],
} if {
	attestation.complete(rule_id)
	count(counted) > 0
	count(obscure) == 0
	some tier in unsupported
	not tier in given_by_any
	limit := limits[tier]
}

missing contains attestation.left_out(rule_id) if count(unsupported) > 0

missing contains {"path": concat("", ["attestations.records.", field]), "elements": elements} if {
	some document in obscure
	some field in unsaid(document)
	elements := elements_of[field]
}

missing contains {"path": "attestations.records.values (not a number of days)", "elements": ["intervals"]} if {
	some documents in decisive
	some latest in documents
	not is_days(latest.days)
}

missing contains {"path": "attestations.records.values (no tier has a limit)", "elements": ["intervals"]} if {
	count(limits) == 0
}

missing contains {"path": "attestations.records.values (in no analysis)", "elements": ["intervals"]} if {
	some tier in unsupported
	tier in given_by_any
}

rule_id := "rotation-tra-documented"

params := data.params[rule_id]

elements_of := {"topics": ["analysis", "intervals"], "values": ["intervals"]}

# The limits that the analysis is to support.
limits := object.get(data.params, ["rotation-max-age", "max_age_days"], {})

counted := attestation.sound(rule_id, params.max_age_days)

gaps(document) := word.unnamed(params.topics, document.topics)

# What each analysis gives for each tier.
intervals := [{"document": document, "tier": name, "days": days} |
	some document in counted
	count(gaps(document)) == 0
	[name, days] := interval(document.values[_])
]

# The intervals of each tier that the analyses approved last give.
decisive[tier] := found if {
	some tier, _ in limits
	newest := max([one.document.approved_on.ms | some one in intervals; one.tier == tier])
	found := {one | some one in intervals; one.tier == tier; one.document.approved_on.ms == newest}
}

unsupported contains tier if {
	some tier, _ in limits
	not decisive[tier]
}

# Documents that may be the analysis that decides, and do not say what they cover or give.
obscure := [document |
	some document in counted
	count(unsaid(document)) > 0
	not outdated(document)
]

unsaid(document) := [field | some field in ["topics", "values"]; not is_array(document[field])]

outdated(document) if {
	every tier, _ in limits { superseded(document, tier) }
}

superseded(document, tier) if {
	some latest in decisive[tier]
	latest.document.approved_on.ms > document.approved_on.ms
}

given_by_any contains interval(document.values[_])[0] if some document in counted

interval(value) := [lower(trim_space(parts[0])), trim_space(parts[1])] if {
	parts := split(value, "=")
	count(parts) == 2
}

is_days(text) if regex.match(`^[1-9][0-9]*$`, text)
