package policies.repository.repo_no_hardcoded_secret_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.repo_no_hardcoded_secret.verdict

repository(findings, fields) := fixture.dossier("repository", {
	"repository": object.union(
		{
			"repository_id": "subject-1",
			"in_scope": true,
			"last_scanned": fixture.days_ago(1),
			"full_history_scanned": true,
			"source": fixture.source("row 2"),
		},
		fields,
	),
	"findings": findings,
})

finding(fields) := object.union(
	{
		"finding_id": "f1",
		"rule": "generic-api-key",
		"path": "src/a.ts",
		"line": 4,
		"state": "open",
		"source": fixture.source("/0"),
	},
	fields,
)

facts(fields) := object.union(
	{
		"finding": "f1",
		"rule": "generic-api-key",
		"path": "src/a.ts",
		"line": 4,
		"state": "open",
		"verified": false,
		"in_inventory": false,
	},
	fields,
)

test_pass_scanned_and_clean if verdict == fixture.nothing with input as repository(fixture.list([]), {})

test_pass_suppressed_with_reason_or_resolved if {
	findings := fixture.list([finding({"state": "suppressed", "reason": "test fixture"}), finding({"state": "resolved"})])
	verdict == fixture.nothing with input as repository(findings, {})
}

test_fail_open_finding if {
	expected := {{
		"message": "open finding f1 (generic-api-key) in src/a.ts, line 4",
		"facts": facts({"verified": true, "in_inventory": true}),
		"records": [fixture.source("/0")],
	}}
	findings := fixture.list([finding({"verified": true, "key": {"key_id": "k1"}})])
	verdict == fixture.fails(expected) with input as repository(findings, {})
}

test_fail_open_finding_with_little_known if {
	expected := {{
		"message": "open finding f1 (not stated) in src/a.ts",
		"facts": facts({"rule": "not stated", "line": null}),
		"records": [fixture.source("/0")],
	}}
	verdict == fixture.fails(expected) with input as repository(fixture.list([finding({"rule": null, "line": null})]), {})
}

test_fail_open_finding_without_a_place if {
	nowhere := repository(fixture.list([finding({"path": null, "line": null})]), {})
	outcome := verdict with input as nowhere
	{one.message | some one in outcome.violations} == {
		"open finding f1 (generic-api-key) at a place that is not stated",
	}
}

test_fail_in_what_is_shipped_to_clients if {
	path := "web/dist/app.js"
	findings := fixture.list([finding({"path": path, "client_side": true})])
	expected := {
		{
			"message": "open finding f1 (generic-api-key) in web/dist/app.js, line 4, in what is shipped to clients",
			"facts": facts({"path": path}),
			"records": [fixture.source("/0")],
		},
		{
			"message": "finding f1 shows a secret in web/dist/app.js, line 4, a place of what is shipped to clients",
			"facts": facts({"path": path}),
			"records": [fixture.source("/0")],
		},
	}
	verdict == fixture.fails(expected) with input as repository(findings, {})
}

test_elements if {
	fixture.failed(said) == {"open", "client-side"}
		with input as repository(fixture.list([finding({"client_side": true})]), {})
	fixture.failed(said) == {"open"} with input as repository(fixture.list([finding({"client_side": null})]), {})
	settled := finding({"client_side": true, "state": "resolved"})
	fixture.failed(said) == set() with input as repository(fixture.list([settled]), {})
	fixture.lacking(said) == {"client-side"} with input as repository(fixture.list([finding({"path": null})]), {})
	in_doubt := finding({"state": null})
	fixture.lacking(said) == {"open"} with input as repository(fixture.list([in_doubt]), {})
	shipped := finding({"state": null, "client_side": true})
	fixture.lacking(said) == {"open", "client-side"} with input as repository(fixture.list([shipped]), {})
}

test_fail_open_finding_out_of_scope if {
	outcome := verdict with input as repository(fixture.list([finding({})]), {"in_scope": false})
	outcome.not_applicable == set()
	count(outcome.violations) == 1
}

test_fail_suppressed_without_reason if {
	expected := {{
		"message": "finding f1 (generic-api-key) in src/a.ts, line 4 is suppressed without a reason",
		"facts": facts({"state": "suppressed"}),
		"records": [fixture.source("/0")],
	}}
	findings := fixture.list([finding({"state": "suppressed", "reason": " "})])
	verdict == fixture.fails(expected) with input as repository(findings, {})
}

test_no_evidence_never_scanned if {
	verdict == fixture.lacks({"repository.last_scanned"})
		with input as repository(fixture.list([]), {"last_scanned": fixture.never})
}

test_no_evidence_history_not_scanned if {
	expected := fixture.lacks({"repository.full_history_scanned (the history has not been scanned)"})
	verdict == expected with input as repository(fixture.list([]), {"full_history_scanned": false})
}

test_no_evidence_findings_not_described if {
	verdict == fixture.lacks({"findings.records.state"})
		with input as repository(fixture.list([finding({"state": null})]), {})
	suppressed := fixture.list([finding({"state": "suppressed", "reason": null})])
	verdict == fixture.lacks({"findings.records.reason"}) with input as repository(suppressed, {})
}

test_no_evidence_list_cut if {
	verdict == fixture.lacks({"findings.records (the list is cut)"}) with input as repository(fixture.cut([]), {})
}

test_not_applicable_out_of_scope if {
	expected := fixture.exempt({"the repository is out of scope of secret scanning"})
	verdict == expected with input as repository(fixture.list([finding({"state": "resolved"})]), {"in_scope": false})
}

test_no_evidence_out_of_scope_with_findings_of_unknown_state if {
	expected := fixture.lacks({"findings.records.state"})
	verdict == expected with input as repository(fixture.list([finding({"state": null})]), {"in_scope": false})
}
