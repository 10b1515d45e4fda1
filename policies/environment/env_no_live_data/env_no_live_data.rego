# METADATA
# title: Sandboxes and test data hold no live data
# description: >-
#   Test systems are guarded less than production, so live data in them is lost first. Fails for every open finding of
#   an account number, an IBAN or a national id where only test data belongs, for every such finding suppressed without
#   a reason, and if the scan for them did not succeed within the 31 days before the as-of date (before the end of
#   the period, if there is one). A document must be on record that says that the data is synthetic or anonymised;
#   what it says is not tested. A scanner recognises numbers by their form and check digits: a finding is taken for live
#   data until it is resolved or suppressed with a reason.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, SA-3(2)
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: env-no-live-data
#   severity: high
#   subject: organisation
#   evidence: attestation
#   requires: [control_runs]
#   absences: [control_runs]
#   elements:
#     - id: card-numbers
#       title: card numbers outside production
#       shows: Whether no card number was found where only test data belongs.
#       criterion: none
#       requires: [live_data]
#     - id: other-data
#       title: other live data outside production
#       shows: Whether no account number, national id or other live data was found where only test data belongs.
#       criterion: none
#       requires: [live_data]
#     - id: scan
#       title: scan for live data
#       shows: Whether the scan for live data succeeded within the limit.
#       criterion: {params: [control, max_scan_age_days]}
#       evidence: data
#     - id: document
#       title: document on test data
#       shows: Whether a document on how test data is made is on record and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#       requires: [attestations]
#   params:
#     control: test-data-scan
#     max_scan_age_days: 31
#     max_age_days: 365
#   action: Replace live data in sandboxes and test data by generated data
#   remediation: Replace what was found by generated data, scan again, and record in a document how test data is made.
#   effort: process
#   closed_by: >-
#     A successful scan of test systems within the limit reports no live data that is open, and a document on how test
#     data is made is on record.
package policies.environment.env_no_live_data

import future.keywords.not

import data.lib.age
import data.lib.counted
import data.lib.evidence
import data.lib.word

violations contains {
	"element": element_of(finding),
	"message": sprintf("open finding %s: %s in %s", [finding.finding_id, what(finding), place(finding)]),
	"facts": facts(finding),
	"records": [finding.source],
} if {
	some finding in input.live_data.records
	finding.state == "open"
}

violations contains {
	"element": element_of(finding),
	"message": sprintf(
		"finding %s, %s in %s, is suppressed without a reason",
		[finding.finding_id, what(finding), place(finding)],
	),
	"facts": facts(finding),
	"records": [finding.source],
} if {
	some finding in input.live_data.records
	finding.state == "suppressed"
	trim_space(finding.reason) == ""
}

violations contains {
	"element": "scan",
	"absent": ["control_runs"],
	"message": sprintf("no run of %s is on record that succeeded after %s and by %s; the limit is %s", [
		params.control,
		age.date(silence.from_ms),
		age.date(silence.to_ms),
		age.days_word(params.max_scan_age_days),
	]),
	"facts": {
		"control": params.control,
		"from": age.date(silence.from_ms),
		"to": age.date(silence.to_ms),
		"limit_days": params.max_scan_age_days,
	},
	"records": [scan.source],
} if {
	some scan in scans
	silence := silence_at_the_end(scan)
	silence.from_ms < cutoff_ms
}

violations contains {
	"element": "scan",
	"message": sprintf("%s of %s failed", [counted.whole(scan.total, "run", "runs"), params.control]),
	"facts": {"control": params.control, "runs": scan.total, "failures": scan.failures},
	"records": [scan.source],
} if {
	some scan in scans
	scan.failures == scan.total
}

missing contains {"path": evidence.cut("live_data", input.live_data), "elements": findings}

missing contains {"path": "live_data.records.state", "elements": elements_of(finding)} if {
	some finding in input.live_data.records
	not finding.state in {"open", "resolved", "suppressed"}
}

missing contains {"path": "live_data.records.reason", "elements": elements_of(finding)} if {
	some finding in input.live_data.records
	finding.state == "suppressed"
	not is_string(finding.reason)
}

missing contains {"path": "live_data.records.kind", "elements": ["card-numbers"]} if {
	some finding in input.live_data.records
	stands(finding)
	not is_string(finding.kind)
}

# What no scan looked for lately is not shown to be absent.
missing contains {"path": "control_runs (no scan within the limit)", "elements": findings} if {
	some violation in violations
	violation.element == "scan"
}

missing contains "control_runs (no run of the scan for live data)" if {
	is_array(input.control_runs)
	count(scans) == 0
}

missing contains "control_runs.silences (no run that succeeded at a known time)" if {
	some scan in scans
	not silence_at_the_end(scan)
	not short_silence_at_the_end(scan)
	scan.failures != scan.total
}

params := data.params["env-no-live-data"]

findings := ["card-numbers", "other-data"]

# The elements that a finding may be about.
elements_of(finding) := [element_of(finding)] if {
	is_string(finding.kind)
} else := findings

element_of(finding) := "card-numbers" if {
	finding.kind == "pan"
} else := "other-data"

stands(finding) if finding.state == "open"

stands(finding) if {
	finding.state == "suppressed"
	trim_space(finding.reason) == ""
}

scans := [control | some control in input.control_runs; word.plain(control.control) == word.plain(params.control)]

end_ms := min([input.as_of.ms, input.period.end_ms]) if {
	is_number(input.period.end_ms)
} else := input.as_of.ms

cutoff_ms := age.cutoff(end_ms, params.max_scan_age_days)

# From the last run that succeeded, or from the begin of the period, to the end.
silence_at_the_end(scan) := [silence | some silence in scan.silences; silence.to_ms == end_ms][0]

# A dossier holds the 50 longest silences. One that is not among them is no longer than the shortest of these.
short_silence_at_the_end(scan) if {
	count(scan.silences) >= 50
	some silence in scan.silences
	silence.to_ms - silence.from_ms <= end_ms - cutoff_ms
}

facts(finding) := {
	"finding": finding.finding_id,
	"kind": object.get(finding, "kind", null),
	"rule": object.get(finding, "rule", null),
	"place": place(finding),
	"state": finding.state,
}

what(finding) := object.get(words, object.get(finding, "kind", null), "live data")

words := {"pan": "a primary account number", "iban": "an IBAN", "national-id": "a national id"}

place(finding) := concat(", ", found) if {
	texts := [text |
		some field in ["channel", "repository_id", "path"]
		text := finding[field]
		is_string(text)
	]
	found := array.concat(texts, [sprintf("line %d", [finding.line]) | is_number(finding.line)])
	count(found) > 0
} else := "a place that the scan does not state"
