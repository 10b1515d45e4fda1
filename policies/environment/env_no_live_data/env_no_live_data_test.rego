package policies.environment.env_no_live_data_test

import data.lib.age
import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.env_no_live_data.verdict

document(fields) := fixture.document("env-no-live-data", object.union({"document_title": "Test data standard"}, fields))

organisation(fields) := fixture.dossier("organisation", object.union(
	{
		"live_data": fixture.list([]),
		"control_runs": [scan({})],
		"attestations": fixture.list([document({})]),
	},
	fields,
))

finding(fields) := object.union(
	{
		"finding_id": "f1",
		"kind": "iban",
		"rule": "iban-check",
		"channel": "repository",
		"repository_id": "northbridge/cards",
		"path": "fixtures/people.json",
		"line": 12,
		"state": "open",
		"source": fixture.source("/3"),
	},
	fields,
)

found(fields) := organisation({"live_data": fixture.list([finding(fields)])})

silence(from_ms, to_ms) := {"from_ms": from_ms, "to_ms": to_ms}

ms_ago(days) := fixture.days_ago(days).ms

# A scan that last succeeded two days before the as-of date.
scan(fields) := object.union(
	{
		"control": "test-data-scan",
		"total": 9,
		"failures": 1,
		"silences": [silence(ms_ago(30), ms_ago(2)), silence(ms_ago(2), fixture.as_of.ms)],
		"source": fixture.source("row 3"),
	},
	fields,
)

scanned(fields) := organisation({"control_runs": [scan({"control": "secret-scan", "silences": []}), scan(fields)]})

last_success(from_ms) := scanned({"silences": [silence(from_ms, fixture.as_of.ms)]})

in_place(text, state, kind, place) := {
	"message": sprintf(text, [place]),
	"facts": {"finding": "f1", "kind": kind, "rule": "iban-check", "place": place, "state": state},
	"records": [fixture.source("/3")],
}

where := "repository, northbridge/cards, fixtures/people.json, line 12"

silent(from, to) := {
	"message": sprintf(
		"no run of test-data-scan is on record that succeeded after %s and by %s; the limit is 31 days",
		[from, to],
	),
	"facts": {"control": "test-data-scan", "from": from, "to": to, "limit_days": 31},
	"records": [fixture.source("row 3")],
}

unscanned(violations) := object.union(
	fixture.fails(violations),
	{"missing": {"control_runs (no scan within the limit)"}},
)

no_success := fixture.lacks({"control_runs.silences (no run that succeeded at a known time)"})

test_attested_clean_and_scanned if verdict == fixture.nothing with input as organisation({})

test_attested_scan_exactly_the_limit if verdict == fixture.nothing with input as last_success(ms_ago(31))

test_attested_findings_dealt_with if {
	verdict == fixture.nothing with input as found({"state": "resolved", "reason": ""})
	verdict == fixture.nothing with input as found({"state": "suppressed", "reason": "generated number"})
}

test_attested_more_silences_than_a_dossier_holds if {
	monthly := [silence(ms_ago(100 + (31 * month)), ms_ago(69 + (31 * month))) | some month in numbers.range(1, 50)]
	verdict == fixture.nothing with input as scanned({"silences": monthly})
}

test_attested_scan_at_the_end_of_the_period if {
	period := {"start_ms": ms_ago(300), "end_ms": ms_ago(100)}
	dossier := scanned({"silences": [silence(ms_ago(131), ms_ago(100))]})
	verdict == fixture.nothing with input as object.union(dossier, {"period": period})
}

test_fail_open_finding if {
	expected := {in_place("open finding f1: an IBAN in %s", "open", "iban", where)}
	verdict == fixture.fails(expected) with input as found({})
	of_no_kind := {in_place("open finding f1: live data in %s", "open", null, where)}
	unknown := object.union(fixture.fails(of_no_kind), {"missing": {"live_data.records.kind"}})
	verdict == unknown with input as found({"kind": null})
	nowhere := "a place that the scan does not state"
	unplaced := {"channel": null, "repository_id": null, "path": null, "line": null, "kind": "pan"}
	of_no_place := {in_place("open finding f1: a primary account number in %s", "open", "pan", nowhere)}
	verdict == fixture.fails(of_no_place) with input as found(unplaced)
}

test_fail_suppressed_without_a_reason if {
	expected := {in_place("finding f1, an IBAN in %s, is suppressed without a reason", "suppressed", "iban", where)}
	verdict == fixture.fails(expected) with input as found({"state": "suppressed", "reason": " "})
}

test_fail_scan_too_old if {
	verdict == unscanned({silent("2026-08-30", "2026-09-30")}) with input as last_success(ms_ago(31) - 1)
}

test_fail_no_scan_in_the_period if {
	period := {"start_ms": ms_ago(90), "end_ms": fixture.as_of.ms + age.day_ms}
	dossier := scanned({"silences": [silence(ms_ago(90), fixture.as_of.ms)]})
	verdict == unscanned({silent("2026-07-02", "2026-09-30")}) with input as object.union(dossier, {"period": period})
}

test_fail_every_scan_failed if {
	verdict == every_run_failed("all 9 runs", 9) with input as scanned({"failures": 9, "silences": []})
	both := scanned({"total": 2, "failures": 2, "silences": []})
	verdict == every_run_failed("both runs", 2) with input as both
	only := scanned({"total": 1, "failures": 1, "silences": []})
	verdict == every_run_failed("the only run", 1) with input as only
}

every_run_failed(runs, number) := unscanned({{
	"message": concat(" ", [runs, "of test-data-scan failed"]),
	"facts": {"control": "test-data-scan", "runs": number, "failures": number},
	"records": [fixture.source("row 3")],
}})

test_fail_document_that_does_not_count if {
	messages := {violation.message | some violation in verdict.violations}
		with input as organisation({"attestations": fixture.list([document({"owner": ""})])})
	messages == {`the document "Test data standard" does not count: no owner`}
}

test_no_evidence_no_scan if {
	expected := fixture.lacks({"control_runs (no run of the scan for live data)"})
	verdict == expected with input as organisation({"control_runs": []})
	verdict == fixture.nothing with input as organisation({"control_runs": null})
}

test_no_evidence_no_success_known if {
	verdict == no_success with input as scanned({"silences": []})
	verdict == no_success with input as scanned({"silences": [silence(ms_ago(3), ms_ago(2))]})
	monthly := [silence(ms_ago(100 + (31 * month)) - 1, ms_ago(69 + (31 * month))) | some month in numbers.range(1, 50)]
	verdict == no_success with input as scanned({"silences": monthly})
}

test_no_evidence_state_or_reason_unknown if {
	verdict == fixture.lacks({"live_data.records.state"}) with input as found({"state": null})
	verdict == fixture.lacks({"live_data.records.reason"}) with input as found({"state": "suppressed", "reason": null})
}

test_no_evidence_list_cut if {
	expected := fixture.lacks({"live_data.records (the list is cut)"})
	verdict == expected with input as organisation({"live_data": fixture.cut([finding({"state": "resolved"})])})
}

test_no_evidence_no_document if {
	verdict == fixture.lacks({"attestations (none for this rule)"})
		with input as organisation({"attestations": fixture.list([])})
}

test_not_applicable_by_document if {
	excuse := document({"not_applicable_reason": "the bank runs no sandbox"})
	dossier := organisation({"attestations": fixture.list([excuse])})
	verdict.not_applicable == {"the bank runs no sandbox (Test data standard, approved by CISO)"} with input as dossier
}

test_elements if {
	fixture.failed(said) == {"other-data"} with input as found({})
	fixture.failed(said) == {"card-numbers"} with input as found({"kind": "pan"})
	fixture.failed(said) == {"card-numbers"} with input as found({"kind": "pan", "state": "suppressed", "reason": ""})
	fixture.failed(said) == {"scan"} with input as last_success(ms_ago(32))
	fixture.lacking(said) == {"card-numbers", "other-data"} with input as last_success(ms_ago(32))
	fixture.lacking(said) == {"card-numbers"} with input as found({"kind": null})
	fixture.lacking(said) == {"card-numbers"} with input as found({"kind": "pan", "state": null})
	fixture.lacking(said) == {"card-numbers", "other-data"} with input as found({"kind": null, "state": null})
	fixture.lacking(said) == {"card-numbers"}
		with input as found({"kind": null, "state": "suppressed", "reason": ""})
}
