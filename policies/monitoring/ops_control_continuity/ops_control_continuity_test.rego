package policies.monitoring.ops_control_continuity_test

import data.lib.age
import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.ops_control_continuity.verdict

as_of_ms := fixture.as_of.ms

midnight(days) := fixture.day_ago(days).ms

span(from_ms, to_ms) := {"from_ms": from_ms, "to_ms": to_ms}

# A silence that begins so many days before the as-of date.
silence(days, hours) := span(midnight(days), midnight(days) + (hours * age.hour_ms))

control(fields) := object.union(
	{
		"control": "secret-scan",
		"channels": [],
		"total": 400,
		"failures": 0,
		"without_time": 0,
		"first_ms": midnight(400),
		"last_ms": midnight(0),
		"silences": [silence(20, 26)],
		"unalerted": fixture.list([]),
		"source": fixture.source("line 1"),
	},
	fields,
)

vault := control({"control": "vault-audit", "source": fixture.source("line 2")})

organisation(controls) := fixture.dossier("organisation", {"control_runs": controls})

running(fields) := organisation([control(fields), vault])

in_period(period, fields) := object.union(running(fields), {"period": period})

failed(fields) := {"unalerted": fixture.list([unalerted(fields)])}

unalerted(fields) := object.union(
	{"at": fixture.day_ago(9), "alerted_at": fixture.never, "source": fixture.source("line 7")},
	fields,
)

gap(from, to, length, days) := {
	"message": sprintf(
		`no successful run of the control "secret-scan" is on record between %s and %s (%s); the limit is 26 hours`,
		[from, to, length],
	),
	"facts": {
		"control": "secret-scan",
		"from": from,
		"to": to,
		"length": length,
		"days_without_a_run": days,
		"limit_hours": 26,
	},
	"records": [fixture.source("line 1")],
}

test_pass_silence_exactly_at_the_limit if verdict == fixture.nothing with input as running({})

test_pass_other_controls_are_not_watched if {
	other := control({"control": "backup-test", "silences": [silence(20, 200)]})
	verdict == fixture.nothing with input as organisation([control({"control": "Secret-Scan"}), vault, other])
}

test_fail_one_ms_longer if {
	longer := span(midnight(20), (midnight(20) + (26 * age.hour_ms)) + 1)
	expected := {gap("2026-09-10", "2026-09-11", "more than 26 hours", ["2026-09-10"])}
	verdict == fixture.fails(expected) with input as running({"silences": [longer]})
}

test_fail_several_days if {
	found := span(midnight(20) + age.hour_ms, midnight(17) + age.hour_ms)
	expected := {gap("2026-09-10", "2026-09-13", "3 days", ["2026-09-11", "2026-09-12"])}
	verdict == fixture.fails(expected) with input as running({"silences": [found]})
}

test_fail_no_whole_day_in_the_silence if {
	found := span(midnight(20) + age.hour_ms, midnight(20) + (30 * age.hour_ms))
	expected := {gap("2026-09-10", "2026-09-11", "29 hours", [])}
	verdict == fixture.fails(expected) with input as running({"silences": [found]})
}

test_fail_up_to_the_as_of_date if {
	found := span(midnight(1), as_of_ms)
	expected := {gap("2026-09-29", "2026-09-30", "more than 47 hours", ["2026-09-29", "2026-09-30"])}
	verdict == fixture.fails(expected) with input as running({"silences": [found]})
}

test_only_the_part_in_the_time_examined_counts if {
	before := span(midnight(300), midnight(290))
	into := span(midnight(95), (as_of_ms - (92 * age.day_ms)) + (26 * age.hour_ms))
	verdict == fixture.nothing with input as running({"silences": [before, into]})
	period := {"start_ms": midnight(295), "end_ms": midnight(200)}
	expected := {
		gap("2025-12-09", "2025-12-14", "5 days", ["2025-12-09", "2025-12-10", "2025-12-11", "2025-12-12", "2025-12-13"]),
	}
	verdict == fixture.fails(expected) with input as in_period(period, {"silences": [before, into]})
}

test_fail_no_run_succeeded if {
	expected := {
		"message": `all 3 runs of the control "secret-scan" on record failed`,
		"facts": {"control": "secret-scan", "runs": 3, "failures": 3},
		"records": [fixture.source("line 1")],
	}
	missing := {"control_runs.silences (no successful run with a known time)"}
	whole := object.union(fixture.fails({expected}), {"missing": missing})
	verdict == whole with input as running({"total": 3, "failures": 3, "silences": []})
}

test_fail_nobody_was_told if {
	expected := {{
		"message": concat(" ", [
			`the control "secret-scan" failed on 2026-09-21, 9 days before the as-of date, and its record says`,
			`that nobody was told`,
		]),
		"facts": {"control": "secret-scan", "at": "2026-09-21", "alerted": "never"},
		"records": [fixture.source("line 7")],
	}}
	verdict == fixture.fails(expected) with input as running(failed({}))
}

test_pass_failed_outside_the_time_examined if {
	verdict == fixture.nothing with input as running(failed({"at": fixture.day_ago(93)}))
	verdict == fixture.nothing with input as running(failed({"at": fixture.days_ago(-1)}))
}

test_no_evidence_control_without_a_run if {
	verdict == fixture.lacks({"control_runs (a control on the list has no run)"}) with input as organisation([vault])
}

test_no_evidence_records_begin_later if {
	path := "control_runs.first_ms (the records begin later)"
	verdict == fixture.lacks({path}) with input as running({"first_ms": midnight(89)})
	verdict == fixture.lacks({path}) with input as running({"first_ms": null})
}

test_no_evidence_run_without_a_time if {
	path := "control_runs.without_time (such a run may lie in a silence)"
	verdict == fixture.lacks({path}) with input as running({"without_time": 1, "silences": [silence(20, 40)]})
	verdict == fixture.nothing with input as running({"without_time": 1})
}

test_no_evidence_no_successful_run_with_a_time if {
	path := "control_runs.silences (no successful run with a known time)"
	verdict == fixture.lacks({path}) with input as running({"silences": []})
}

test_no_evidence_silences_cut if {
	old := [span(midnight(300 + days), midnight(300 + days) + (48 * age.hour_ms)) | some days in numbers.range(1, 50)]
	verdict == fixture.lacks({"control_runs.silences (the list is cut)"}) with input as running({"silences": old})
	short := array.concat(array.slice(old, 0, 49), [silence(20, 20)])
	verdict == fixture.nothing with input as running({"silences": short})
}

test_no_evidence_failure_not_described if {
	verdict == fixture.lacks({"control_runs.unalerted.records.at"}) with input as running(failed({"at": null}))
	verdict == fixture.lacks({"control_runs.unalerted.records.alerted_at"})
		with input as running(failed({"alerted_at": null}))
}

test_failures_cut if {
	old := {"unalerted": fixture.cut([unalerted({"at": fixture.day_ago(93)})])}
	verdict == fixture.nothing with input as running(old)
	recent := {"unalerted": fixture.cut([unalerted({"alerted_at": null})])}
	"control_runs.unalerted.records (the list is cut)" in verdict.missing with input as running(recent)
}

test_not_applicable_by_document if {
	excuse := fixture.document("ops-control-continuity", {"not_applicable_reason": "the parent company runs the controls"})
	dossier := object.union(running({}), {"attestations": fixture.list([excuse])})
	verdict == fixture.exempt({"the parent company runs the controls (Key management policy, approved by CISO)"})
		with input as dossier
}

test_each_violation_is_of_its_element if {
	fixture.failed(said) == {"reports"} with input as running(failed({}))
	fixture.failed(said) == {"runs"} with input as running({"silences": [silence(20, 27)]})
}
