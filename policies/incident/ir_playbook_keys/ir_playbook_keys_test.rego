package policies.incident.ir_playbook_keys_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.ir_playbook_keys.verdict

beside_stages := ["compromise", "departure", "Vendor Breach", "escalation", "communication"]

document(fields) := fixture.document("ir-playbook-keys", object.union(
	{
		"document_title": "Incident plan",
		"topics": array.concat(["Detect", "contain", "investigate", "remediate", "report", "review"], beside_stages),
		"contacts": ["security", "legal", "compliance", "Executive"],
	},
	fields,
))

organisation(documents) := fixture.dossier("organisation", {"attestations": fixture.list(documents)})

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("doc 2")]}

test_attested_one_plan if verdict == fixture.nothing with input as organisation([document({})])

test_attested_exactly_at_the_limit if {
	verdict == fixture.nothing with input as organisation([document({"approved_on": fixture.days_ago(365)})])
}

test_attested_plan_and_annex if {
	plan := document({"contacts": []})
	annex := document({"topics": null})
	verdict == fixture.nothing with input as organisation([plan, annex])
}

test_fail_stage_not_covered if {
	expected := {violation(
		"no current approved document covers remediate, review",
		{"field": "topics", "lacking": ["remediate", "review"], "documents": 1},
	)}
	four_stages := ["detect", "contain", "investigate", "report"]
	dossier := organisation([document({"topics": array.concat(four_stages, beside_stages)})])
	verdict == fixture.fails(expected) with input as dossier
}

test_fail_contact_not_named if {
	expected := {violation(
		"no current approved document names a contact for compliance",
		{"field": "contacts", "lacking": ["compliance"], "documents": 1},
	)}
	contacts := ["security", "legal", "executive"]
	verdict == fixture.fails(expected) with input as organisation([document({"contacts": contacts})])
}

test_fail_plan_approved_one_ms_too_early if {
	outcome := verdict with input as organisation([document({"approved_on": fixture.one_ms_older(fixture.days_ago(365))})])
	{one.message | some one in outcome.violations} == {
		"no current approved document covers detect, contain, investigate, remediate, report, review",
		"no current approved document covers compromise, departure, vendor-breach",
		"no current approved document covers escalation, communication",
		"no current approved document names a contact for security, legal, compliance, executive",
		`the document "Incident plan" does not count: approved on 2025-09-30, more than 365 days before the as-of date`,
	}
}

test_no_evidence_lists_unknown if {
	verdict == fixture.lacks({"attestations.records.topics"}) with input as organisation([document({"topics": null})])
	verdict == fixture.lacks({"attestations.records.contacts"}) with input as organisation([document({"contacts": null})])
}

test_no_evidence_no_plan if {
	verdict == fixture.lacks({"attestations (none for this rule)"})
		with input as organisation([fixture.document("ir-tabletop", {})])
}

test_no_evidence_list_cut if {
	dossier := fixture.dossier("organisation", {"attestations": fixture.cut([document({"contacts": []})])})
	verdict == fixture.lacks({"attestations.records (the list is cut)"}) with input as dossier
}

test_not_applicable_by_document if {
	outcome := verdict with input as organisation([document({"not_applicable_reason": "the group plan applies"})])
	outcome.not_applicable == {"the group plan applies (Incident plan, approved by CISO)"}
}

test_elements if {
	fixture.failed(said) == {"stages"} with input as organisation([document({"topics": beside_stages})])
	stages := ["detect", "contain", "investigate", "remediate", "report", "review"]
	fixture.failed(said) == {"procedures", "communication"} with input as organisation([document({"topics": stages})])
	fixture.failed(said) == {"contacts"} with input as organisation([document({"contacts": ["legal"]})])
	all_elements := {"stages", "procedures", "communication", "contacts", "document"}
	fixture.failed(said) == all_elements with input as organisation([document({"attestor": ""})])
	fixture.lacking(said) == {"contacts"} with input as organisation([document({"contacts": null})])
	beside := document({"document_title": "Old plan", "attestor": "", "topics": []})
	outcome := said with input as organisation([document({"contacts": ["legal"]}), beside])
	{violation.element | some violation in outcome.violations} == {"contacts"}
	count(outcome.violations) == 2
}
