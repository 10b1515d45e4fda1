package policies.governance.gov_independent_assessment_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.gov_independent_assessment.verdict

launch := fixture.days_ago(365)

document(fields) := fixture.document("gov-independent-assessment", object.union(
	{
		"document_title": "Assessment report",
		"held_on": fixture.days_ago(365),
		"go_live": launch,
		"assessor": "Aldgate Assurance",
		"assessor_independent": true,
		"open_high_findings": 0,
	},
	fields,
))

organisation(documents) := fixture.dossier("organisation", {"attestations": fixture.list(documents)})

assessed(fields) := organisation([document(fields)])

superseded(fields) := document(object.union(
	{"approved_on": fixture.days_ago(800), "next_review": fixture.days_ago(400)},
	fields,
))

falls_short(faults) := fixture.fails({{
	"message": sprintf(`the document "Assessment report" falls short: %s`, [concat("; ", faults)]),
	"facts": {"document": "Assessment report", "faults": faults},
	"records": [fixture.source("doc 2")],
}})

test_attested_exactly_at_the_limits if {
	verdict == fixture.nothing with input as assessed({})
	verdict == fixture.nothing with input as assessed({"go_live": fixture.never})
	verdict == fixture.nothing with input as assessed({"go_live": fixture.days_ago(-30)})
}

test_attested_first_assessed_years_ago if {
	live := fixture.days_ago(790)
	first := superseded({"held_on": fixture.days_ago(795), "go_live": live, "open_high_findings": 3})
	verdict == fixture.nothing with input as organisation([document({"go_live": live}), first])
}

none_known := "attestations.records.held_on (no assessment is known to be within the limit)"

# What an assessment of two years ago found is no failure of this year, and no success.
test_an_old_assessment_tells_nothing_of_its_other_elements if {
	old := assessed({"held_on": fixture.days_ago(700), "go_live": fixture.days_ago(700), "open_high_findings": 3})
	fixture.failed(said) == {"assessment"} with input as old
	fixture.lacking(said) == {"independence", "findings", "launch"} with input as old
}

test_fail_held_one_ms_too_early if {
	earlier := fixture.one_ms_older(fixture.days_ago(365))
	expected := falls_short(["took place on 2025-09-30, more than 365 days before the as-of date (limit 365 days)"])
	verdict == object.union(expected, {"missing": {none_known}})
		with input as assessed({"held_on": earlier, "go_live": earlier})
}

test_fail_live_one_ms_before if {
	expected := falls_short(["live since 2025-09-30, with no earlier assessment on record"])
	verdict == expected with input as assessed({"go_live": fixture.one_ms_older(launch)})
}

test_fail_assessment_of_another_launch_proves_nothing if {
	live := fixture.days_ago(790)
	other := superseded({"held_on": fixture.days_ago(795), "go_live": fixture.days_ago(780)})
	expected := falls_short(["live since 2024-08-01, with no earlier assessment on record"])
	verdict == expected with input as organisation([document({"go_live": live}), other])
	planned := superseded({"held_on": fixture.days_ago(795), "go_live": fixture.never})
	verdict == expected with input as organisation([document({"go_live": live}), planned])
}

test_fail_assessor if {
	verdict == falls_short(["an assessor who is not independent"]) with input as assessed({"assessor_independent": false})
	verdict == falls_short(["no assessor"]) with input as assessed({"assessor": " "})
}

test_fail_open_findings_beside_a_later_clean_report if {
	dossier := organisation([
		document({"held_on": fixture.days_ago(20), "go_live": fixture.never}),
		document({"open_high_findings": 2}),
	])
	verdict == falls_short(["2 open findings of high or critical severity"]) with input as dossier
}

test_fail_document_does_not_count if {
	outcome := verdict with input as assessed({"owner": ""})
	{one.message | some one in outcome.violations} == {`the document "Assessment report" does not count: no owner`}
}

test_no_evidence_not_stated if {
	verdict == fixture.lacks({"attestations.records.assessor"}) with input as assessed({"assessor": null})
	verdict == fixture.lacks({"attestations.records.assessor_independent"})
		with input as assessed({"assessor_independent": null})
	verdict == fixture.lacks({"attestations.records.open_high_findings"})
		with input as assessed({"open_high_findings": null})
	verdict == fixture.lacks({"attestations.records.go_live"}) with input as assessed({"go_live": null})
}

test_no_evidence_order_undecided if {
	path := "attestations.records.go_live (order with held_on undecided)"
	verdict == fixture.lacks({path, "attestations.records.held_on", none_known})
		with input as assessed({"held_on": null})
	unknown := superseded({"go_live": null})
	late := document({"go_live": fixture.days_ago(500)})
	verdict == fixture.lacks({path}) with input as organisation([late, unknown])
}

test_no_evidence_no_report if {
	verdict == fixture.lacks({"attestations (none for this rule)"}) with input as organisation([])
}

test_no_evidence_list_cut if {
	dossier := fixture.dossier("organisation", {"attestations": fixture.cut([document({})])})
	verdict == fixture.lacks({"attestations.records (the list is cut)"}) with input as dossier
}

test_not_applicable_by_document if {
	outcome := verdict with input as assessed({"not_applicable_reason": "no integration is run here"})
	outcome.not_applicable == {"no integration is run here (Assessment report, approved by CISO)"}
}

test_elements if {
	fixture.failed(said) == {"assessment"} with input as assessed({"held_on": fixture.never, "go_live": fixture.never})
	fixture.failed(said) == {"independence"} with input as assessed({"assessor_independent": false})
	fixture.failed(said) == {"findings"} with input as assessed({"open_high_findings": 2})
	fixture.failed(said) == {"launch"} with input as assessed({"go_live": fixture.days_ago(400)})
	fixture.failed(said) == {"document"} with input as assessed({"attestor": ""})
	fixture.lacking(said) == {"independence"} with input as assessed({"assessor": null})
	fixture.lacking(said) == {"findings"} with input as assessed({"open_high_findings": null})
}
