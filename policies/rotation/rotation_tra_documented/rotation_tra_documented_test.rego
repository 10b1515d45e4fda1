package policies.rotation.rotation_tra_documented_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.rotation_tra_documented.verdict

analysis(fields) := fixture.document("rotation-tra-documented", object.union(
	{
		"document_title": "Rotation risk analysis",
		"topics": ["Assets", "threats", "likelihood", "justification"],
		"values": ["critical=30", "High = 60", "medium=90", "low=180"],
	},
	fields,
))

organisation(documents) := fixture.dossier("organisation", {"attestations": fixture.list(documents)})

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("doc 2")]}

without_low := ["critical=30", "high=60", "medium=90"]

test_attested_one_analysis_for_all_tiers if verdict == fixture.nothing with input as organisation([analysis({})])

test_attested_one_analysis_a_tier if {
	documents := [analysis({"values": [value]}) | some value in ["critical=30", "high=60", "medium=90", "low=180"]]
	verdict == fixture.nothing with input as organisation(documents)
}

test_attested_approved_exactly_at_the_limit if {
	verdict == fixture.nothing with input as organisation([analysis({"approved_on": fixture.days_ago(365)})])
}

test_attested_the_analysis_approved_last_decides if {
	older := analysis({"approved_on": fixture.days_ago(200), "values": ["critical=45", "low=365"]})
	verdict == fixture.nothing with input as organisation([older, analysis({})])
}

test_attested_other_documents_do_no_harm if {
	superseded := analysis({"topics": ["assets"], "approved_on": fixture.days_ago(200)})
	verdict == fixture.nothing with input as organisation([analysis({}), superseded])
	dossier := fixture.dossier("organisation", {"attestations": fixture.cut([analysis({})])})
	verdict == fixture.nothing with input as dossier
}

test_no_evidence_a_document_of_the_same_day_may_decide if {
	beside := analysis({"values": null})
	verdict == fixture.lacks({"attestations.records.values"}) with input as organisation([analysis({}), beside])
}

test_fail_approved_one_ms_too_long_ago if {
	expected := {violation(
		concat(" ", [
			`the document "Rotation risk analysis" does not count: approved on 2025-09-30, more than 365 days`,
			`before the as-of date`,
		]),
		{
			"document": "Rotation risk analysis",
			"defects": ["approved on 2025-09-30, more than 365 days before the as-of date"],
		},
	)}
	stale := analysis({"approved_on": fixture.one_ms_older(fixture.days_ago(365))})
	verdict.violations == expected with input as organisation([stale])
	fixture.failed(said) == {"document"} with input as organisation([stale])
	fixture.lacking(said) == {"analysis", "intervals"} with input as organisation([stale])
}

test_presets_are_those_of_rotation_max_age if {
	data.params["rotation-tra-documented"].presets == data.params["rotation-max-age"].max_age_days
}

test_attested_another_interval_than_the_preset if {
	every value in ["low=365", "low=90"] {
		verdict == fixture.nothing with input as organisation([analysis({"values": array.concat(without_low, [value])})])
	}
}

test_fail_another_interval_than_the_limit_set if {
	expected := {violation(
		`the risk analysis "Rotation risk analysis" gives 45 days for critical-tier keys; the limit in force is 20 days`,
		{"document": "Rotation risk analysis", "risk_tier": "critical", "stated_days": "45", "limit_days": 20},
	)}
	newer := analysis({"approved_on": fixture.days_ago(10), "values": ["critical=45"]})
	verdict == fixture.fails(expected) with input as organisation([newer, analysis({})])
		with data.params["rotation-max-age"].max_age_days.critical as 20
	same_day := analysis({"values": ["critical=20"]})
	also := analysis({"values": ["critical=45"]})
	verdict == fixture.fails(expected)
		with input as organisation([also, same_day, analysis({"values": ["high=60", "medium=90", "low=180"]})])
		with data.params["rotation-max-age"].max_age_days.critical as 20
}

test_fail_another_limit_in_force if {
	expected := {violation(
		`the risk analysis "Rotation risk analysis" gives 180 days for low-tier keys; the limit in force is 90 days`,
		{"document": "Rotation risk analysis", "risk_tier": "low", "stated_days": "180", "limit_days": 90},
	)}
	verdict == fixture.fails(expected) with input as organisation([analysis({})])
		with data.params["rotation-max-age"].max_age_days.low as 90
}

test_fail_tier_without_an_interval if {
	expected := {violation(
		"no document that counts gives an interval for low-tier keys (`low=days`); the limit in force is 180 days",
		{"risk_tier": "low", "limit_days": 180},
	)}
	verdict == fixture.fails(expected) with input as organisation([analysis({"values": without_low})])
	verdict == fixture.fails(expected)
		with input as organisation([analysis({"values": array.concat(without_low, ["low", "low=1=2"])})])
}

test_fail_topic_not_covered if {
	expected := {violation(
		concat(" ", [
			`the document "Rotation risk analysis" is no analysis of the intervals: its record does not name`,
			`threats, likelihood among its topics`,
		]),
		{"document": "Rotation risk analysis", "uncovered": ["threats", "likelihood"]},
	)}
	part := organisation([analysis({"topics": ["assets", "justification"]})])
	verdict.violations == expected with input as part
	fixture.failed(said) == {"analysis"} with input as part
	fixture.lacking(said) == {"intervals"} with input as part
}

test_fail_topics_do_not_add_up_across_documents if {
	first := analysis({"topics": ["assets", "threats"]})
	second := analysis({"topics": ["likelihood", "justification"]})
	count(verdict.violations) == 2 with input as organisation([first, second])
}

test_no_evidence_none_for_this_rule if {
	expected := fixture.lacks({"attestations (none for this rule)"})
	verdict == expected with input as organisation([fixture.document("ir-tabletop", {})])
}

test_no_evidence_topics_or_values_unknown if {
	"attestations.records.topics" in verdict.missing with input as organisation([analysis({"topics": null})])
	verdict == fixture.lacks({"attestations.records.values"}) with input as organisation([analysis({"values": null})])
}

test_no_evidence_a_newer_document_may_decide if {
	newer := analysis({"approved_on": fixture.days_ago(10), "values": null})
	verdict == fixture.lacks({"attestations.records.values"})
		with input as organisation([newer, analysis({"values": ["low=90"]})])
	verdict == fixture.lacks({"attestations.records.values"}) with input as organisation([newer, analysis({})])
	older := analysis({"approved_on": fixture.days_ago(90), "values": null})
	verdict == fixture.nothing with input as organisation([analysis({}), older])
}

test_no_evidence_no_number_of_days if {
	expected := fixture.lacks({"attestations.records.values (not a number of days)"})
	verdict == expected with input as organisation([analysis({"values": array.concat(without_low, ["low=half a year"])})])
}

test_no_evidence_list_cut if {
	expected := fixture.lacks({"attestations.records (the list is cut)"})
	dossier := fixture.dossier("organisation", {"attestations": fixture.cut([analysis({"values": without_low})])})
	verdict == expected with input as dossier
}

test_no_evidence_no_tier_has_a_limit if {
	expected := fixture.lacks({"attestations.records.values (no tier has a limit)"})
	verdict == expected with input as organisation([analysis({})])
		with data.params as {"rotation-tra-documented": data.params["rotation-tra-documented"]}
}

test_not_applicable_stated_by_a_document if {
	excuse := fixture.document(
		"rotation-tra-documented",
		{"not_applicable_reason": "every key is issued anew for each use"},
	)
	outcome := verdict with input as organisation([excuse])
	outcome.not_applicable == {"every key is issued anew for each use (Key management policy, approved by CISO)"}
}

test_a_tier_without_an_interval_concerns_the_intervals if {
	fixture.failed(said) == {"intervals"} with input as organisation([analysis({"values": without_low})])
}
