package policies.governance.evidence_ipe_valid_test

import data.lib.age
import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.evidence_ipe_valid.verdict

nobody := fixture.list([])

extract(fields) := object.union(
	{
		"file": "keys.csv",
		"system": "vault",
		"query": "all keys",
		"extracted_at": fixture.days_ago(0),
		"extractor": "export job",
		"record_count": 412,
		"sha256": "aa",
		"covers_from": null,
		"covers_to": null,
		"source": fixture.source("row 4"),
	},
	fields,
)

fact(fields) := {"file": "keys.csv", "sha256": "aa", "records": 412, "extract": extract(fields)}

inputs(facts, fields) := fixture.dossier("organisation", {
	"inputs": object.union(
		{
			"total": count(facts),
			"undocumented": nobody,
			"other_count": nobody,
			"other_hash": nobody,
			"documented": fixture.list(facts),
		},
		fields,
	),
	"conflicts": nobody,
	"attestations": null,
})

taken(fields) := inputs([fact(fields)], {})

covering(begin, end) := fact({"system": "siem", "covers_from": begin, "covers_to": end})

exports(facts) := inputs(facts, {})

in_period(dossier) := object.union(dossier, {"period": {
	"start_ms": fixture.as_of.ms - ((91 * age.day_ms) - 1),
	"end_ms": fixture.as_of.ms,
}})

later(instant, ms) := object.union(instant, {"ms": instant.ms + ms})

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("row 4")]}

gap(begin, end, length, extracts) := {
	"message": sprintf("the exports of \"siem\" cover nothing from %s to %s (%s)", [begin, end, length]),
	"facts": {"system": "siem", "from": begin, "to": end},
	"records": [fixture.source("row 4") | some _ in numbers.range(1, extracts)],
}

test_pass_documented_and_in_time if verdict == fixture.nothing with input as taken({})

test_pass_exactly_the_limits if {
	verdict == fixture.nothing with input as taken({"extracted_at": fixture.days_ago(1)})
	verdict == fixture.nothing with input as taken({"extracted_at": fixture.days_ago(-1)})
	verdict == fixture.nothing with input as taken({"extracted_at": fixture.day_ago(-1)})
}

test_pass_log_reaches_the_as_of_date if {
	reaching := {"covers_to": fixture.days_ago(1), "extracted_at": fixture.days_ago(-20)}
	verdict == fixture.nothing with input as taken(reaching)
}

test_pass_older_exports_of_a_log if {
	old := covering(fixture.day_ago(90), fixture.day_ago(31))
	verdict == fixture.nothing with input as exports([old, covering(fixture.day_ago(30), fixture.day_ago(0))])
}

test_pass_period_without_a_gap if {
	first := covering(fixture.day_ago(90), fixture.day_ago(31))
	verdict == fixture.nothing with input as in_period(exports([first, covering(fixture.day_ago(30), fixture.day_ago(0))]))
	within := covering(fixture.day_ago(60), fixture.day_ago(40))
	verdict == fixture.nothing
		with input as in_period(exports([within, covering(fixture.day_ago(200), fixture.day_ago(0))]))
}

test_pass_period_covered_day_by_day if {
	first := covering(fixture.day_ago(90), fixture.day_ago(90))
	verdict == fixture.nothing with input as in_period(exports([first, covering(fixture.day_ago(89), fixture.day_ago(0))]))
}

test_pass_gap_of_exactly_a_second if {
	first := covering(fixture.days_ago(100), fixture.days_ago(30))
	second := covering(later(fixture.days_ago(30), 1000), fixture.days_ago(0))
	verdict == fixture.nothing with input as in_period(exports([first, second]))
	verdict == fixture.nothing
		with input as in_period(exports([covering(fixture.days_ago(100), later(fixture.days_ago(0), -1000))]))
}

test_pass_gap_before_the_period if {
	before := covering(fixture.day_ago(300), fixture.day_ago(200))
	verdict == fixture.nothing
		with input as in_period(exports([before, covering(fixture.day_ago(120), fixture.day_ago(0))]))
}

test_pass_period_that_goes_on if {
	running := object.union(
		in_period(exports([covering(fixture.day_ago(100), fixture.day_ago(0))])),
		{"period": {"end_ms": fixture.as_of.ms + age.day_ms}},
	)
	verdict == fixture.nothing with input as running
}

test_fail_other_number_of_records if {
	expected := {violation(
		`"keys.csv" holds 412 records; the system says 420`,
		{"file": "keys.csv", "records": 412, "record_count": 420},
	)}
	other := {"other_count": fixture.list([fact({"record_count": 420})])}
	verdict == fixture.fails(expected) with input as inputs([fact({"record_count": 420})], other)
}

test_fail_other_number_whatever_else_is_unknown if {
	other := {"other_count": fixture.list([object.union(fact({}), {"extract": null})])}
	messages := {violation.message | some violation in verdict.violations} with input as inputs([], other)
	messages == {`"keys.csv" holds 412 records; the system says null`}
}

test_fail_other_hash if {
	expected := {violation(
		`"keys.csv" has another SHA-256 than when it was taken`,
		{"file": "keys.csv", "sha256": "aa", "sha256_taken": "bb"},
	)}
	other := {"other_hash": fixture.list([fact({"sha256": "bb"})])}
	verdict == fixture.fails(expected) with input as inputs([fact({"sha256": "bb"})], other)
}

test_fail_blank if {
	expected := {violation(
		`the record of how "keys.csv" was taken leaves query, extractor blank`,
		{"file": "keys.csv", "blank": ["query", "extractor"]},
	)}
	verdict == fixture.fails(expected) with input as taken({"query": "", "extractor": " "})
}

test_fail_one_ms_from_the_limits if {
	every extracted_at, date in {
		fixture.one_ms_older(fixture.days_ago(1)): "2026-09-29",
		later(fixture.days_ago(-1), 1): "2026-10-02",
	} {
		expected := {violation(
			sprintf(`"keys.csv" was taken on %s, more than 24 hours from the as-of date 2026-09-30`, [date]),
			{"file": "keys.csv", "taken": date, "as_of": "2026-09-30", "limit_hours": 24},
		)}
		verdict == fixture.fails(expected) with input as taken({"extracted_at": extracted_at})
	}
}

test_fail_taken_before_the_end_of_what_it_covers if {
	expected := {violation(
		`"keys.csv" was taken on 2026-09-20, before the end of what it is said to cover, 2026-09-30`,
		{"file": "keys.csv", "taken": "2026-09-20", "covers_to": "2026-09-30"},
	)}
	verdict == fixture.fails(expected)
		with input as taken({"extracted_at": fixture.days_ago(10), "covers_to": fixture.days_ago(0)})
}

test_fail_log_ends_before_the_as_of_date if {
	end := fixture.one_ms_older(fixture.days_ago(1))
	expected := {gap("2026-09-29", "2026-09-30", "24 hours", 2)}
	old := covering(fixture.days_ago(90), fixture.days_ago(31))
	verdict == fixture.fails(expected) with input as exports([old, covering(fixture.days_ago(30), end)])
}

test_fail_gaps_in_the_period if {
	expected := {
		gap("2026-07-02", "2026-07-12", "10 days", 2),
		gap("2026-08-01", "2026-08-03", "24 hours", 2),
		gap("2026-09-29", "2026-09-30", "24 hours", 2),
	}
	first := covering(fixture.day_ago(80), fixture.day_ago(60))
	second := object.union(covering(fixture.day_ago(58), fixture.day_ago(1)), {"extract": {"system": " SIEM"}})
	verdict == fixture.fails(expected) with input as in_period(exports([first, second]))
}

test_fail_gap_of_a_second_and_1_ms if {
	first := covering(fixture.days_ago(100), fixture.days_ago(30))
	second := covering(later(fixture.days_ago(30), 1001), fixture.days_ago(0))
	expected := {gap("2026-08-31", "2026-09-01", "less than 1 hour", 2)}
	verdict == fixture.fails(expected) with input as in_period(exports([first, second]))
}

conflict := {
	"kind": "keys",
	"id": "k1",
	"field": "risk_tier",
	"values": ["high", "low"],
	"records": [fixture.source("row 2"), fixture.source("row 9")],
}

disagreement := {
	"message": `two records of k1 (keys) disagree on risk_tier: "high" and "low"`,
	"facts": {"kind": "keys", "id": "k1", "field": "risk_tier", "values": ["high", "low"]},
	"records": [fixture.source("row 2"), fixture.source("row 9")],
}

test_fail_conflict if {
	dossier := object.union(taken({}), {"conflicts": fixture.list([conflict])})
	verdict == fixture.fails({disagreement}) with input as dossier
}

test_fail_names_the_total_of_conflicts if {
	cut := {
		"message": "1 of 2 fields on which records disagree are listed",
		"facts": {"listed": 1, "conflicts": 2},
		"records": [fixture.source("row 2"), fixture.source("row 9")],
	}
	dossier := object.union(taken({}), {"conflicts": fixture.cut([conflict])})
	verdict == fixture.fails({disagreement, cut}) with input as dossier
}

test_fail_no_document_excuses_a_violation if {
	document := fixture.document("evidence-ipe-valid", {"not_applicable_reason": "a rehearsal"})
	dossier := object.union(taken({"query": ""}), {"attestations": fixture.list([document])})
	verdict.not_applicable == set() with input as dossier
	count(verdict.violations) == 1 with input as dossier
}

test_no_evidence_no_file if verdict == fixture.lacks({"inputs.total (no file was read)"}) with input as inputs([], {})

test_no_evidence_undocumented if {
	expected := fixture.lacks({"inputs.undocumented (files without a record of how they were taken)"})
	some_file := fixture.list([{"file": "a.csv", "sha256": "cc", "records": 3, "extract": null}])
	verdict == expected with input as inputs([fact({})], {"undocumented": some_file})
}

test_no_evidence_list_cut if {
	expected := fixture.lacks({"inputs.documented.records (the list is cut)"})
	verdict == expected with input as inputs([], {"total": 2, "documented": fixture.cut([fact({})])})
}

test_no_evidence_gap_that_another_file_may_close if {
	ended := {"covers_from": fixture.days_ago(90), "covers_to": fixture.days_ago(31)}
	verdict.violations == set() with input as inputs([], {"documented": fixture.cut([fact(ended)])})
	verdict.violations == set() with input as inputs([fact(ended)], {"undocumented": fixture.cut([])})
}

test_no_evidence_field_unknown if {
	every field in ["system", "query", "extractor", "record_count", "sha256", "extracted_at"] {
		path := concat("", ["inputs.documented.records.extract.", field])
		verdict == fixture.lacks({path}) with input as taken({field: null})
	}
	verdict == fixture.lacks({"inputs.documented.records.sha256"})
		with input as inputs([object.union(fact({}), {"sha256": null})], {})
}

test_no_evidence_no_record_of_the_taking if {
	outcome := verdict with input as inputs([object.union(fact({}), {"extract": null})], {})
	outcome.violations == set()
	"inputs.documented.records.extract.query" in outcome.missing
}

test_no_evidence_zone_unknown if {
	expected := fixture.lacks({"inputs.documented.records.extract.extracted_at (time zone unknown)"})
	verdict == expected with input as taken({"extracted_at": fixture.zone_unknown(1)})
	verdict == expected with input as taken({"extracted_at": fixture.zone_unknown(-1)})
	verdict == expected with input as taken({"extracted_at": fixture.zone_unknown(0), "covers_to": fixture.days_ago(0)})
	verdict == fixture.nothing
		with input as taken({"extracted_at": fixture.zone_unknown(-9), "covers_to": fixture.days_ago(0)})
	end := fixture.lacks({"inputs.documented.records.extract.covers_to (time zone unknown)"})
	verdict == end with input as taken({"covers_to": fixture.zone_unknown(1)})
}

# Exports of which no system is stated are not told apart, and may leave a gap.
test_no_evidence_system_of_a_stretch_unknown if {
	nameless := fact({"system": null, "covers_from": fixture.days_ago(91), "covers_to": fixture.days_ago(30)})
	fixture.lacking(said) == {"extraction", "stretch"} with input as in_period(exports([nameless]))
}

test_no_evidence_stretch_known_in_part if {
	begin := fixture.lacks({"inputs.documented.records.extract.covers_from"})
	verdict == begin with input as in_period(exports([covering(null, fixture.days_ago(0))]))
	end := fixture.lacks({"inputs.documented.records.extract.covers_to"})
	verdict == end with input as in_period(exports([covering(fixture.days_ago(91), null)]))
	verdict == end with input as exports([covering(fixture.days_ago(90), null)])
}

test_not_applicable_by_a_document if {
	document := fixture.document("evidence-ipe-valid", {"not_applicable_reason": "a rehearsal"})
	dossier := object.union(inputs([], {}), {"attestations": fixture.list([document])})
	outcome := verdict with input as dossier
	outcome.not_applicable == {"a rehearsal (Key management policy, approved by CISO)"}
}

test_elements if {
	fixture.failed(said) == {"extraction"} with input as taken({"query": " "})
	fixture.failed(said) == {"stretch"} with input as taken({"extracted_at": fixture.days_ago(9)})
	fixture.lacking(said) == {"agreement"} with input as taken({"record_count": null})
	fixture.lacking(said) == {"extraction"} with input as taken({"system": null})
	fixture.lacking(said) == {"whole", "stretch"} with input as taken({"extracted_at": null})
	undated := {"extracted_at": {"ms": null}}
	"whole" in fixture.lacking(said) with input as taken(undated)
	"inputs.total (no file was read)" in said.missing with input as inputs([], {})
	fixture.failed(said) == {"agreement"} with input as inputs([], {"other_hash": fixture.list([fact({})])})
	apart := {"kind": "keys", "id": "k1", "field": "tier", "values": ["low", "high"], "records": []}
	fixture.failed(said) == {"consistency"}
		with input as object.union(taken({}), {"conflicts": fixture.list([apart])})
}
