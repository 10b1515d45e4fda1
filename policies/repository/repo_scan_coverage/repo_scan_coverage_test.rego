package policies.repository.repo_scan_coverage_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.repo_scan_coverage.verdict

repository(fields) := fixture.dossier("repository", {"repository": object.union(
	{
		"repository_id": "subject-1",
		"in_scope": true,
		"last_scanned": fixture.days_ago(1),
		"full_history_scanned": true,
		"source": fixture.source("row 2"),
	},
	fields,
)})

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("row 2")]}

test_pass_exactly_the_limit if {
	verdict == fixture.nothing with input as repository({"last_scanned": fixture.days_ago(7)})
}

test_fail_one_ms_over_the_limit if {
	expected := {violation(
		"last scanned 2026-09-23, more than 7 days before the as-of date; the limit is 7 days",
		{"last_scanned": "2026-09-23", "days": 7, "limit_days": 7},
	)}
	verdict == fixture.fails(expected)
		with input as repository({"last_scanned": fixture.one_ms_older(fixture.days_ago(7))})
}

test_fail_never_scanned if {
	expected := {violation("never scanned for secrets", {"last_scanned": "never"})}
	verdict == fixture.fails(expected) with input as repository({"last_scanned": fixture.never})
}

test_fail_history_not_scanned if {
	expected := {
		violation("the history of the repository has never been scanned as a whole", {"full_history_scanned": false}),
	}
	verdict == fixture.fails(expected) with input as repository({"full_history_scanned": false})
}

test_no_evidence_date_decides_nothing if {
	verdict == fixture.lacks({"repository.last_scanned (time zone unknown)"})
		with input as repository({"last_scanned": fixture.zone_unknown(7)})
	verdict == fixture.lacks({"repository.last_scanned (after the as-of date)"})
		with input as repository({"last_scanned": fixture.days_ago(-1)})
	verdict == fixture.lacks({"repository.last_scanned"})
		with input as repository({"last_scanned": fixture.does_not_apply})
}

test_not_applicable_out_of_scope if {
	expected := fixture.exempt({"the repository is out of scope of secret scanning"})
	verdict == expected with input as repository({"in_scope": false})
}

test_elements if {
	fixture.failed(said) == {"schedule"} with input as repository({"last_scanned": fixture.days_ago(8)})
	fixture.failed(said) == {"scanned"} with input as repository({"last_scanned": fixture.never})
	fixture.failed(said) == {"history"} with input as repository({"full_history_scanned": false})
	fixture.lacking(said) == {"schedule"}
		with input as repository({"full_history_scanned": false, "last_scanned": fixture.zone_unknown(7)})
}
