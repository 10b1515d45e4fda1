package policies.governance.gov_management_reporting_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.gov_management_reporting.verdict

document(fields) := fixture.document("gov-management-reporting", object.union(
	{"document_title": "Key report", "held_on": fixture.days_ago(31)},
	fields,
))

item(fields) := object.union(
	{
		"item_id": "F-12",
		"severity": "critical",
		"owner": "Payments",
		"due": fixture.day_ago(0),
		"expires": fixture.day_ago(0),
		"source": fixture.source("row 5"),
	},
	fields,
)

none := fixture.list([])

dossier(register, documents) := fixture.dossier("organisation", {
	"register": object.union({"without_owner": none, "findings": none, "exceptions": none}, register),
	"attestations": fixture.list(documents),
})

register(fields) := dossier(fields, [document({})])

finding(fields) := register({"findings": fixture.list([item(fields)])})

exception(fields) := register({"exceptions": fixture.list([item(fields)])})

violation(message, kind, severity, facts) := {
	"message": message,
	"facts": object.union({"item": "F-12", "kind": kind, "severity": severity}, facts),
	"records": [fixture.source("row 5")],
}

test_attested_exactly_at_the_limits if {
	verdict == fixture.nothing with input as register({})
	verdict == fixture.nothing with input as finding({})
	verdict == fixture.nothing with input as exception({"expires": fixture.days_ago(0)})
}

test_attested_late_finding_that_is_not_critical if {
	verdict == fixture.nothing with input as finding({"severity": "high", "due": fixture.day_ago(40)})
}

test_fail_report_one_ms_too_old if {
	expected := {{
		"message": concat(" ", [
			`the document "Key report" falls short: took place on 2026-08-30, more than 31 days before the as-of`,
			`date (limit 31 days)`,
		]),
		"facts": {
			"document": "Key report",
			"faults": ["took place on 2026-08-30, more than 31 days before the as-of date (limit 31 days)"],
		},
		"records": [fixture.source("doc 2")],
	}}
	old := document({"held_on": fixture.one_ms_older(fixture.days_ago(31))})
	verdict == fixture.fails(expected) with input as dossier({}, [old])
}

test_fail_without_owner if {
	expected := {violation(`the finding "F-12" (critical) has no owner`, "finding", "critical", {"owner": ""})}
	verdict == fixture.fails(expected) with input as register({"without_owner": fixture.list([item({"owner": " "})])})
}

test_fail_without_date if {
	expected := {violation(`the finding "F-12" has no date by when it is to be done`, "finding", null, {"due": "never"})}
	verdict == fixture.fails(expected) with input as finding({"due": fixture.never, "severity": null})
}

test_fail_critical_finding_late if {
	expected := {violation(
		`the finding "F-12" (critical) was to be done by 2026-09-29, 1 day before the as-of date, and is still open`,
		"finding",
		"critical",
		{"due": "2026-09-29"},
	)}
	verdict == fixture.fails(expected) with input as finding({"due": fixture.day_ago(1)})
}

test_fail_exception_ended if {
	expected := {violation(
		`the exception "F-12" (critical) ended on 2026-09-30, more than 0 days before the as-of date, and is still open`,
		"exception",
		"critical",
		{"expires": "2026-09-30"},
	)}
	verdict == fixture.fails(expected) with input as exception({"expires": fixture.one_ms_older(fixture.days_ago(0))})
}

test_fail_exception_without_end if {
	expected := {violation(`the exception "F-12" (critical) has no end`, "exception", "critical", {"expires": "never"})}
	verdict == fixture.fails(expected) with input as exception({"expires": fixture.never})
}

test_fail_document_does_not_count if {
	outcome := verdict with input as dossier({}, [document({"owner": ""})])
	{one.message | some one in outcome.violations} == {`the document "Key report" does not count: no owner`}
}

test_no_evidence_report_undated if {
	verdict == fixture.lacks({"attestations.records.held_on"}) with input as dossier({}, [document({"held_on": null})])
	verdict == fixture.lacks({"attestations (none for this rule)"}) with input as dossier({}, [])
}

test_no_evidence_register_undecided if {
	verdict == fixture.lacks({"register.without_owner.records.owner"})
		with input as register({"without_owner": fixture.list([item({"owner": null})])})
	verdict == fixture.lacks({"register.findings.records.due"}) with input as finding({"due": null, "severity": "low"})
	verdict == fixture.lacks({"register.findings.records.due (time zone unknown)"})
		with input as finding({"due": fixture.zone_unknown(0)})
	verdict == fixture.nothing with input as finding({"due": fixture.zone_unknown(0), "severity": "high"})
	verdict == fixture.lacks({"register.findings.records.severity"})
		with input as finding({"due": fixture.day_ago(1), "severity": null})
	verdict == fixture.lacks({"register.exceptions.records.expires"}) with input as exception({"expires": null})
	verdict == fixture.lacks({"register.exceptions.records.expires (time zone unknown)"})
		with input as exception({"expires": fixture.zone_unknown(0)})
}

test_list_cut if {
	late := item({"due": fixture.day_ago(3), "severity": "low"})
	verdict == fixture.lacks({"register.findings.records (the list is cut)"})
		with input as register({"findings": fixture.cut([late])})
	verdict == fixture.nothing with input as register({"findings": fixture.cut([late, item({})])})
	unknown := item({"expires": fixture.zone_unknown(0)})
	missing := {"register.exceptions.records.expires (time zone unknown)", "register.exceptions.records (the list is cut)"}
	verdict == fixture.lacks(missing) with input as register({"exceptions": fixture.cut([unknown])})
}

test_not_applicable_by_document if {
	outcome := verdict with input as dossier({}, [document({"not_applicable_reason": "reported by the parent company"})])
	outcome.not_applicable == {"reported by the parent company (Key report, approved by CISO)"}
}

test_elements if {
	fixture.failed(said) == {"report"} with input as dossier({}, [document({"held_on": fixture.days_ago(32)})])
	fixture.failed(said) == {"findings"} with input as finding({"due": fixture.never})
	fixture.failed(said) == {"exceptions"} with input as exception({"expires": fixture.never})
	fixture.failed(said) == {"document"} with input as dossier({}, [document({"attestor": ""})])
	fixture.lacking(said) == {"report", "document"} with input as dossier({}, [])
	fixture.lacking(said) == {"findings"} with input as finding({"due": null})
	fixture.lacking(said) == {"exceptions"} with input as exception({"expires": null})
}

since(path) := concat(" ", [path, "(by an export of 2026-08-31; nothing supplied covers the time since)"])

test_no_evidence_what_came_due_since_the_export_may_be_closed if {
	taken := fixture.days_ago(30).ms
	late := {"severity": "critical", "due": fixture.day_ago(20), "stated_until_ms": taken}
	verdict == fixture.lacks({since("register.findings.records.due")}) with input as finding(late)
	fixture.failed(said) == {"findings"} with input as finding(object.union(late, {"due": fixture.day_ago(40)}))
	ended := {"expires": fixture.day_ago(20), "stated_until_ms": taken}
	verdict == fixture.lacks({since("register.exceptions.records.expires")}) with input as exception(ended)
	fixture.failed(said) == {"exceptions"} with input as exception(object.union(ended, {"expires": fixture.day_ago(40)}))
}
