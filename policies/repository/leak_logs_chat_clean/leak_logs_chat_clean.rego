# METADATA
# title: Logs, tickets, chat and build artefacts are scanned for secrets, and none is open in them
# description: >-
#   A secret pasted into a chat or printed into a log has left every control of its store. Fails for every open finding
#   in one of the channels, for every finding suppressed without a reason, and for a channel on which no scan has
#   succeeded in the 7 days before the as-of date. It passes only if each channel has a control that looks at this
#   channel alone and succeeded in time: runs of one control count together, so a control for several channels cannot
#   show that each of them was scanned. Findings elsewhere (repositories, what is shipped to clients) are left to other
#   rules. A document may state why the rule does not concern the entity; it excuses no finding and no scan that has
#   stopped.
# related_resources:
#   - description: OWASP Logging Cheat Sheet, data to exclude
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: leak-logs-chat-clean
#   severity: high
#   subject: organisation
#   requires: [control_runs]
#   absences: [control_runs]
#   elements:
#     - id: open
#       title: open secret in a channel
#       shows: Whether no secret found in logs, tickets, chat and build artefacts is open.
#       criterion: none
#       requires: [spilled]
#     - id: reason
#       title: reason for a suppressed finding
#       shows: Whether each finding in these channels that is suppressed states why.
#       criterion: none
#       requires: [spilled]
#     - id: scan
#       title: scan of each channel
#       shows: Whether a scan of each channel has succeeded within the limit.
#       criterion: {params: [channels, max_scan_age_days]}
#   params:
#     channels: [log, ticket, chat, build]
#     max_scan_age_days: 7
#     max_age_days: 365
#   action: Revoke each secret found in logs, tickets and chat, then remove it
#   remediation: >-
#     Revoke each secret found, then remove it from where it was seen. Scan every channel at least weekly and have a
#     scan that fails reported.
#   effort: rotation
#   closed_by: >-
#     Reports of secret scans show no finding open in logs, tickets, chat and builds, and the runs of the scans show a
#     success for each channel within the limit.
package policies.repository.leak_logs_chat_clean

import future.keywords.not

import data.lib.age
import data.lib.attestation
import data.lib.counted
import data.lib.evidence

not_applicable contains reason if {
	count(violations) == 0
	some reason in attestation.excused(rule_id, params.max_age_days)
}

violations contains {
	"element": "open",
	"message": sprintf("open finding %s (%s) in a %s: %s", [
		finding.finding_id,
		text(finding, "rule"),
		finding.channel,
		text(finding, "path"),
	]),
	"facts": facts(finding),
	"records": [finding.source],
} if {
	some finding in found
	finding.state == "open"
}

violations contains {
	"element": "reason",
	"message": sprintf("finding %s (%s) in a %s is suppressed without a reason: %s", [
		finding.finding_id,
		text(finding, "rule"),
		finding.channel,
		text(finding, "path"),
	]),
	"facts": facts(finding),
	"records": [finding.source],
} if {
	some finding in found
	finding.state == "suppressed"
	trim_space(finding.reason) == ""
}

violations contains {
	"element": "scan",
	"absent": ["control_runs"],
	"message": sprintf("no run of %s, which looks at the channel %s, has succeeded since %s; the limit is %s", [
		control.control,
		channel,
		age.describe(silent_from(control), input.as_of.ms),
		age.days_word(params.max_scan_age_days),
	]),
	"facts": {
		"channel": channel,
		"control": control.control,
		"silent_from": age.day(silent_from(control)),
		"limit_days": params.max_scan_age_days,
	},
	"records": [control.source],
} if {
	some channel in stopped
	some control in looking_at(channel)
	not never_succeeded(control)
}

violations contains {
	"element": "scan",
	"message": sprintf("%s of %s, which looks at the channel %s, failed", [
		counted.whole(control.total, "run", "runs"),
		control.control,
		channel,
	]),
	"facts": {"channel": channel, "control": control.control, "runs": control.total, "failures": control.failures},
	"records": [control.source],
} if {
	some channel in stopped
	some control in looking_at(channel)
	never_succeeded(control)
}

missing contains sprintf("control_runs (no scan of %s alone)", [channel]) if {
	is_array(input.control_runs)
	some channel in params.channels
	not channel in stopped
	not looked_at_alone(channel)
}

# If nobody looked lately, nothing found is no sign that nothing is there.
missing contains {"path": sprintf("control_runs (no scan of %s in time)", [channel]), "elements": on_findings} if {
	some channel in stopped
}

missing contains sprintf("control_runs.silences (no date for %s)", [channel]) if {
	some channel in params.channels
	not channel in stopped
	looked_at_alone(channel)
	not scanned_lately(channel)
}

missing contains {"path": path, "elements": on_findings} if path := evidence.cut("spilled", input.spilled)

missing contains {"path": "spilled.records.channel", "elements": ["open"]} if {
	some finding in input.spilled.records
	not is_string(finding.channel)
	not closed(finding)
	not finding.state == "suppressed"
}

missing contains {"path": "spilled.records.channel", "elements": ["reason"]} if {
	some finding in input.spilled.records
	not is_string(finding.channel)
	may_lack_reason(finding)
}

missing contains {"path": "spilled.records.state", "elements": ["open"]} if {
	some finding in found
	not finding.state in states
}

missing contains {"path": "spilled.records.state", "elements": ["reason"]} if {
	some finding in found
	not finding.state in states
	may_lack_reason(finding)
}

missing contains {"path": "spilled.records.reason", "elements": ["reason"]} if {
	some finding in found
	finding.state == "suppressed"
	not is_string(finding.reason)
}

rule_id := "leak-logs-chat-clean"

on_findings := ["open", "reason"]

params := data.params[rule_id]

cutoff := age.cutoff(input.as_of.ms, params.max_scan_age_days)

found := [finding | some finding in input.spilled.records; finding.channel in params.channels]

states := {"open", "resolved", "suppressed"}

# Suppressed, or of no stated state, and without a reason.
may_lack_reason(finding) if {
	not finding.state in {"open", "resolved"}
	not trim_space(finding.reason) != ""
}

# Resolved, or suppressed with a reason: of whatever channel it is.
closed(finding) if finding.state == "resolved"

closed(finding) if {
	finding.state == "suppressed"
	trim_space(finding.reason) != ""
}

looking_at(channel) := [control | some control in input.control_runs; channel in control.channels]

looked_at_alone(channel) if {
	some control in input.control_runs
	control.channels == [channel]
}

# Channels of which every scan has stopped.
stopped contains channel if {
	some channel in params.channels
	count(looking_at(channel)) > 0
	every control in looking_at(channel) { stands_still(control) }
}

stands_still(control) if never_succeeded(control)

stands_still(control) if silent_from(control).ms < cutoff

never_succeeded(control) if {
	control.total > 0
	control.failures == control.total
}

# The last successful run, or the begin of the period if there is none in it.
silent_from(control) := {"state": "known", "ms": span.from_ms, "tolerance_ms": 0} if {
	some span in control.silences
	span.to_ms == input.as_of.ms
}

scanned_lately(channel) if {
	some control in input.control_runs
	control.channels == [channel]
	control.failures < control.total
	ran_lately(control)
}

ran_lately(control) if {
	silent_from(control).ms >= cutoff
	not silent_from(control).ms == input.period.start_ms
}

# The list holds the longest stretches: what it leaves out is no longer than its last.
ran_lately(control) if {
	count(control.silences) == 50
	not silent_from(control)
	control.silences[49].to_ms - control.silences[49].from_ms <= params.max_scan_age_days * age.day_ms
}

facts(finding) := {
	"finding": finding.finding_id,
	"rule": text(finding, "rule"),
	"channel": finding.channel,
	"path": text(finding, "path"),
	"state": finding.state,
	"verified": object.get(finding, "verified", null) == true,
}

text(finding, field) := finding[field] if {
	is_string(finding[field])
} else := "not stated"
