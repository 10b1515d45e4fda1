# METADATA
# title: Recurring controls ran every day, and every failure of one was reported
# description: >-
#   A scanner that stands still finds nothing and looks like one that finds nothing. Each control on the list fails
#   if more than 26 hours of the audit period, or of the 92 days before the as-of date, passed between two successful
#   runs, before the first or after the last of them; if none of its runs succeeded; and if a run of that time
#   failed and its record says that nobody was told. Readings chosen: only the part of a silence inside the period
#   counts; a run without a known time may lie anywhere, so that no silence is proved beside it; runs of one control on
#   several targets are taken together. Without a period, records that begin later prove nothing of the time before.
# related_resources:
#   - description: NIST SP 800-137, continuous monitoring
#     ref: https://csrc.nist.gov/pubs/sp/800/137/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: ops-control-continuity
#   severity: medium
#   subject: organisation
#   requires: [control_runs]
#   absences: [control_runs]
#   elements:
#     - id: runs
#       title: runs of the controls without a gap
#       shows: Whether each control on the list ran successfully, with no silence longer than the limit.
#       criterion: {params: [max_gap_hours]}
#     - id: reports
#       title: reports of failed runs
#       shows: Whether each failed run of a control on the list was reported to somebody.
#       criterion: none
#   params:
#     controls: [secret-scan, vault-audit]
#     max_gap_hours: 26
#     lookback_days: 92
#     max_age_days: 365
#   action: Run the control over the time it missed, and report its failures
#   remediation: >-
#     Find out why the control stood still, run it over the time it missed, and have its failures reported to a queue
#     that somebody watches.
#   effort: process
#   closed_by: >-
#     The runs of the control show successes without a gap beyond the limit, and that every failure was reported. A
#     gap stays on record for the period it lies in.
package policies.monitoring.ops_control_continuity

import future.keywords.not

import data.lib.age
import data.lib.attestation
import data.lib.counted
import data.lib.duration
import data.lib.evidence
import data.lib.word

not_applicable contains reason if some reason in attestation.excused(rule_id, params.max_age_days)

violations contains {
	"element": "runs",
	"absent": ["control_runs"],
	"message": sprintf(
		`no successful run of the control "%s" is on record between %s and %s (%s); the limit is %s`,
		[
			control.control,
			age.date(gap.from_ms),
			age.date(gap.to_ms),
			length,
			duration.words(params.max_gap_hours),
		],
	),
	"facts": {
		"control": control.control,
		"from": age.date(gap.from_ms),
		"to": age.date(gap.to_ms),
		"length": length,
		"days_without_a_run": days_within(gap),
		"limit_hours": params.max_gap_hours,
	},
	"records": [control.source],
} if {
	some control in watched
	control.without_time == 0
	some gap in gaps(control)
	length := duration.hours(gap.to_ms - gap.from_ms)
}

violations contains {
	"element": "runs",
	"message": sprintf(`%s of the control "%s" on record failed`, [
		counted.whole(control.total, "run", "runs"),
		control.control,
	]),
	"facts": {"control": control.control, "runs": control.total, "failures": control.failures},
	"records": [control.source],
} if {
	some control in watched
	control.total > 0
	control.failures == control.total
}

violations contains {
	"element": "reports",
	"message": sprintf(`the control "%s" failed on %s, and its record says that nobody was told`, [
		control.control,
		age.describe(run.at, input.as_of.ms),
	]),
	"facts": {"control": control.control, "at": age.day(run.at), "alerted": "never"},
	"records": [run.source],
} if {
	some control in watched
	some run in control.unalerted.records
	run.alerted_at.state == "never"
	inside(run)
}

missing contains "control_runs (a control on the list has no run)" if {
	count(word.unnamed(params.controls, names)) > 0
}

missing contains {"path": "control_runs.silences (no successful run with a known time)", "elements": ["runs"]} if {
	some control in watched
	count(control.silences) == 0
}

missing contains {"path": evidence.cut_at("control_runs.silences"), "elements": ["runs"]} if {
	some control in watched
	count(control.silences) >= 50
	every silence in control.silences { silence.to_ms - silence.from_ms > max_gap }
}

missing contains {"path": "control_runs.without_time (such a run may lie in a silence)", "elements": ["runs"]} if {
	some control in watched
	count(gaps(control)) > 0
	not control.without_time == 0
}

missing contains {"path": "control_runs.first_ms (the records begin later)", "elements": ["runs"]} if {
	some control in watched
	count(gaps(control)) == 0
	not begun(control)
}

missing contains {"path": evidence.cut_at("control_runs.unalerted.records"), "elements": ["reports"]} if {
	some control in watched
	listed := count(control.unalerted.records)
	control.unalerted.total > listed
	not age.before(control.unalerted.records[listed - 1].at, begin)
}

missing contains {"path": "control_runs.unalerted.records.at", "elements": ["reports"]} if {
	some control in watched
	some run in control.unalerted.records
	not inside(run)
	not outside(run)
}

missing contains {"path": "control_runs.unalerted.records.alerted_at", "elements": ["reports"]} if {
	some control in watched
	some run in control.unalerted.records
	inside(run)
	not run.alerted_at.state == "never"
}

rule_id := "ops-control-continuity"

params := data.params[rule_id]

max_gap := params.max_gap_hours * age.hour_ms

begin := input.period.start_ms if {
	is_number(input.period.start_ms)
} else := age.cutoff(input.as_of.ms, params.lookback_days)

end := input.period.end_ms if {
	is_number(input.period.end_ms)
} else := input.as_of.ms

wanted := word.plain_set(params.controls)

watched := [control | some control in input.control_runs; word.plain(control.control) in wanted]

names contains control.control if some control in watched

# The parts of silences inside the time examined, if these are too long.
gaps(control) := [gap |
	some silence in control.silences
	gap := {"from_ms": max([silence.from_ms, begin]), "to_ms": min([silence.to_ms, end])}
	gap.to_ms - gap.from_ms > max_gap
]

begun(control) if {
	is_number(control.first_ms)
	control.first_ms <= begin + max_gap
}

inside(run) if {
	age.since(run.at, begin)
	age.past(run.at, end)
}

outside(run) if age.before(run.at, begin)

outside(run) if age.after(run.at, end)

# Days (UTC) that lie wholly in a silence.
days_within(gap) := [age.date(number * age.day_ms) |
	first := ceil(gap.from_ms / age.day_ms)
	last := floor((gap.to_ms + 1) / age.day_ms) - 1
	some number in numbers.range(first, last)
	number >= first
	number <= last
]
