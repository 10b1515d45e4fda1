# METADATA
# title: >-
#   Integrations were assessed by somebody independent before launch and within the year, without a serious finding open
# description: >-
#   Who builds a thing does not see its gaps. Rests on attestation records for this rule. A document that counts
#   (SHA-256, owner, another who approved it within 365 days of the as-of date, a next review that has not passed,
#   somebody who attests it) must report an assessment at most 365 days before the as-of date. Every one that is not
#   older must name an assessor independent of those who built and run what was assessed, no open finding of high or
#   critical severity, and a day of launch not before the first assessment on record for that launch, in superseded
#   documents too; if none is known to be as young, these have no evidence. Readings chosen: a later clean report does
#   not cover the open findings of an earlier one of the same year; documents with the same day of launch speak of one
#   launch; "never" says that the launch is to come.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, CA-2
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: gov-independent-assessment
#   severity: medium
#   subject: organisation
#   evidence: attestation
#   requires: [attestations]
#   elements:
#     - id: assessment
#       title: assessment within the year
#       shows: Whether an assessment took place within the limit.
#       criterion: {params: [max_assessment_age_days]}
#     - id: independence
#       title: independence of the assessor
#       shows: Whether the assessor is named, and neither built nor runs what was assessed.
#       criterion: none
#     - id: findings
#       title: serious findings of the assessment
#       shows: Whether no finding of high or critical severity is open.
#       criterion: none
#     - id: launch
#       title: assessment before launch
#       shows: Whether what was assessed went live after its first assessment.
#       criterion: none
#     - id: document
#       title: document of the assessment
#       shows: Whether the report is on record, approved and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#   params:
#     max_age_days: 365
#     max_assessment_age_days: 365
#   action: Have the integration assessed independently and close serious findings
#   remediation: >-
#     Have the integration assessed by somebody who neither built nor runs it, close the serious findings, and record
#     the report with its hash.
#   effort: process
#   closed_by: >-
#     The record of the report names an assessor who neither built nor runs the integration, a date within the year,
#     and no open finding of high or critical severity.
package policies.governance.gov_independent_assessment

import future.keywords.not

import data.lib.age
import data.lib.attestation
import data.lib.counted
import data.lib.evidence
import data.lib.occasion

# If all are too old there is none of this year.
violations contains object.union(violation, {"element": "assessment"}) if {
	some violation in occasion.failing(dated)
}

violations contains object.union(occasion.shortfall(part), {"element": element}) if {
	some document in current
	some element, texts in faults(document)
	count(texts) > 0
	part := {"document": document, "faults": texts}
}

missing contains attestation.left_out(rule_id)

missing contains {"path": path, "elements": ["assessment"]} if {
	some document in current
	some path in occasion.undated(document, params.max_assessment_age_days)
}

# What an assessment found says nothing of this year if it may be of another.
missing contains {
	"path": "attestations.records.held_on (no assessment is known to be within the limit)",
	"elements": ["independence", "findings", "launch"],
} if {
	count(dated) > 0
	count(young) == 0
}

missing contains {"path": concat(".", ["attestations.records", field]), "elements": [element]} if {
	some document in current
	some field, element in element_of
	not evidence.known(document[field])
}

missing contains {"path": path, "elements": ["launch"]} if {
	some document in current
	some path in unsettled_launch(document)
}

rule_id := "gov-independent-assessment"

params := data.params[rule_id]

dated := [{"document": document, "faults": faults, "gaps": set()} |
	some document in attestation.sound(rule_id, params.max_age_days)
	faults := occasion.late(document, params.max_assessment_age_days)
]

# Those not known to be too old.
current := [one.document | some one in dated; count(one.faults) == 0]

young := [document |
	some document in current
	count(occasion.undated(document, params.max_assessment_age_days)) == 0
]

element_of := {"assessor": "independence", "assessor_independent": "independence", "open_high_findings": "findings"}

# What is wrong with an assessment, by element.
faults(document) := {
	"independence": stating([unnamed_assessor(document), dependent_assessor(document)]),
	"findings": stating([open_findings(document)]),
	"launch": stating([launched_before(document)]),
}

stating(texts) := {text | some text in texts; text != ""}

unnamed_assessor(document) := "no assessor" if {
	trim_space(document.assessor) == ""
} else := ""

dependent_assessor(document) := "an assessor who is not independent" if {
	document.assessor_independent == false
} else := ""

open_findings(document) := concat(" ", [number, "of high or critical severity"]) if {
	document.open_high_findings > 0
	number := counted.things(document.open_high_findings, "open finding", "open findings")
} else := ""

launched_before(document) := sprintf(
	"live since %s, with no earlier assessment on record",
	[age.day(document.go_live)],
) if {
	attestation.complete(rule_id)
	document.go_live.state == "known"
	every instant in assessments(document) { age.later_than(instant, document.go_live, 0) }
} else := ""

unsettled_launch(document) := set() if {
	launch_settled(document)
} else := {"attestations.records.go_live"} if {
	not document.go_live.state == "known"
} else := {"attestations.records.go_live (order with held_on undecided)"}

launch_settled(document) if document.go_live.state == "never"

launch_settled(document) if launched_before(document) != ""

launch_settled(document) if {
	some instant in assessments(document)
	age.no_later_than(instant, document.go_live, 0)
}

# When assessments of the same launch took place; null if the launch of one is not stated.
assessments(document) := [instant |
	some report in attestation.on_file(rule_id)
	instant := of_launch(report, document.go_live)
]

of_launch(report, launch) := object.get(report, "held_on", null) if {
	report.go_live.ms == launch.ms
} else := null if {
	not report.go_live.state == "never"
	not is_number(report.go_live.ms)
}
