# METADATA
# title: Management hears of the keys every month, and every open finding and exception has an owner or an end
# description: >-
#   What management does not see is not decided. A document that counts (SHA-256, owner, another who approved it, a next
#   review that has not passed, somebody who attests it) must show a report to management at most 31 days before the
#   as-of date. In the bank's register an open finding fails without an owner or without a date by when it is to be
#   done, and if it is critical and that date has passed; an open exception fails without an end and past its end.
#   Readings chosen: an item is late once its day is over; a late finding of lower severity does not fail here; a
#   finding whose severity is not stated is not known to be less than critical. The record shows that a report was made,
#   never what was decided on it.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, PM-4 and PM-31
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: gov-management-reporting
#   severity: medium
#   subject: organisation
#   evidence: attestation
#   requires: []
#   elements:
#     - id: report
#       title: report to management
#       shows: Whether a report on the keys was made to management within the limit.
#       criterion: {params: [max_report_age_days]}
#       requires: [attestations]
#     - id: findings
#       title: owners and dates of findings
#       shows: Whether every open finding has an owner and a date, and no critical one is late.
#       criterion: none
#       evidence: data
#       requires: [register]
#     - id: exceptions
#       title: end of exceptions
#       shows: Whether every open exception has an end that has not passed.
#       criterion: none
#       evidence: data
#       requires: [register]
#     - id: document
#       title: document on the report
#       shows: Whether a document on reports to management is on record and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#       requires: [attestations]
#   params:
#     max_age_days: 365
#     max_report_age_days: 31
#   action: Report to management monthly, and give open items an owner and a date
#   remediation: >-
#     Report key health and rotation to management monthly, give each open item an owner and a date, and close or renew
#     what has run out.
#   effort: process
#   closed_by: >-
#     The record of a report to management dated within the limit is supplied, and the register shows an owner and a
#     date for every open finding and an end for every exception that has not passed.
package policies.governance.gov_management_reporting

import future.keywords.not

import data.lib.age
import data.lib.attestation
import data.lib.evidence
import data.lib.occasion

violations contains object.union(violation, {"element": "report"}) if some violation in occasion.failing(reports)

violations contains {
	"element": "findings",
	"message": sprintf("%s has no owner", [called("finding", item)]),
	"facts": object.union(facts("finding", item), {"owner": ""}),
	"records": [item.source],
} if {
	some item in input.register.without_owner.records
	trim_space(item.owner) == ""
}

violations contains {
	"element": "findings",
	"message": sprintf("%s has no date by when it is to be done", [called("finding", item)]),
	"facts": object.union(facts("finding", item), {"due": "never"}),
	"records": [item.source],
} if {
	some item in findings.records
	item.due.state == "never"
}

violations contains {
	"element": "findings",
	"message": sprintf(
		"%s was to be done by %s, and is still open",
		[called("finding", item), age.describe_by(item, item.due)],
	),
	"facts": object.union(facts("finding", item), {"due": age.day(item.due)}),
	"records": [item.source],
} if {
	some item in findings.records
	item.severity == "critical"
	age.before(item.due, age.until_of(item))
}

violations contains {
	"element": "exceptions",
	"message": sprintf("%s has no end", [called("exception", item)]),
	"facts": object.union(facts("exception", item), {"expires": "never"}),
	"records": [item.source],
} if {
	some item in exceptions.records
	item.expires.state == "never"
}

violations contains {
	"element": "exceptions",
	"message": sprintf(
		"%s ended on %s, and is still open",
		[called("exception", item), age.describe_by(item, item.expires)],
	),
	"facts": object.union(facts("exception", item), {"expires": age.day(item.expires)}),
	"records": [item.source],
} if {
	some item in exceptions.records
	age.before(item.expires, age.until_of(item))
}

missing contains {"path": path, "elements": ["report"]} if some path in occasion.undecided(reports)

missing contains {"path": "register.without_owner.records.owner", "elements": ["findings"]} if {
	some item in input.register.without_owner.records
	not is_string(item.owner)
}

missing contains {"path": path, "elements": ["findings"]} if {
	some item in findings.records
	not dated(item, item.due)
	not harmless(item)
	path := age.undecided_by("register.findings.records.due", item, object.get(item, "due", null), 0)
}

missing contains {"path": "register.findings.records.severity", "elements": ["findings"]} if {
	some item in findings.records
	not is_string(item.severity)
	age.before(item.due, age.until_of(item))
}

missing contains {"path": path, "elements": ["exceptions"]} if {
	some item in exceptions.records
	not dated(item, item.expires)
	path := age.undecided_by("register.exceptions.records.expires", item, object.get(item, "expires", null), 0)
}

missing contains {"path": evidence.cut_at("register.findings.records"), "elements": ["findings"]} if {
	cut(findings, "due")
}

missing contains {"path": evidence.cut_at("register.exceptions.records"), "elements": ["exceptions"]} if {
	cut(exceptions, "expires")
}

rule_id := "gov-management-reporting"

params := data.params[rule_id]

reports := [report |
	some document in attestation.sound(rule_id, params.max_age_days)
	report := {
		"document": document,
		"faults": occasion.late(document, params.max_report_age_days),
		"gaps": occasion.undated(document, params.max_report_age_days),
	}
]

findings := input.register.findings

exceptions := input.register.exceptions

# It is clear on which side of the as-of date the day lies, or stated that there is none. An item whose day came after
# its export was taken may have been closed since.
dated(item, instant) if age.before(instant, age.until_of(item))

dated(_, instant) if age.since(instant, input.as_of.ms)

dated(_, instant) if instant.state == "never"

# It has a date, and may be late.
harmless(item) if {
	item.due.state == "known"
	item.severity in {"high", "medium", "low"}
}

# Lists are sorted by that day: if the last one listed has not passed, neither has one left out.
cut(list, field) if {
	list.total > count(list.records)
	not age.since(list.records[count(list.records) - 1][field], input.as_of.ms)
}

called(kind, item) := sprintf(`the %s "%s"%s`, [kind, item.item_id, grade(item)])

grade(item) := concat("", [" (", item.severity, ")"]) if {
	is_string(item.severity)
} else := ""

facts(kind, item) := {"item": item.item_id, "kind": kind, "severity": object.get(item, "severity", null)}
