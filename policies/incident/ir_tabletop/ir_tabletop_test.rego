package policies.incident.ir_tabletop_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.ir_tabletop.verdict

document(fields) := fixture.document("ir-tabletop", object.union(
	{
		"document_title": "Tabletop report",
		"held_on": fixture.days_ago(365),
		"scenario": "A partner finds our API keys in a public repository",
		"participants": ["CISO", "Legal"],
		"findings": ["No out-of-hours contact of the card network"],
		"actions": ["Add the contact, Payments, 2026-10-31"],
	},
	fields,
))

organisation(documents) := fixture.dossier("organisation", {"attestations": fixture.list(documents)})

reporting(fields) := organisation([document(fields)])

falls_short(faults) := fixture.fails({{
	"message": sprintf(`the document "Tabletop report" falls short: %s`, [concat("; ", faults)]),
	"facts": {"document": "Tabletop report", "faults": faults},
	"records": [fixture.source("doc 2")],
}})

test_attested_exactly_at_the_limit if verdict == fixture.nothing with input as reporting({})

test_attested_words_of_the_scenario if {
	verdict == fixture.nothing with input as reporting({"scenario": "TOKENS leaked"})
	verdict == fixture.nothing with input as reporting({"scenario": "Stolen api_key"})
}

test_attested_older_exercise_does_no_harm if {
	verdict == fixture.nothing with input as organisation([document({}), document({"held_on": fixture.days_ago(700)})])
}

test_fail_held_one_ms_too_early if {
	expected := falls_short(["took place on 2025-09-30, more than 365 days before the as-of date (limit 365 days)"])
	verdict == expected with input as reporting({"held_on": fixture.one_ms_older(fixture.days_ago(365))})
}

test_fail_never_held if verdict == falls_short(["never took place"]) with input as reporting({"held_on": fixture.never})

test_fail_another_scenario if {
	expected := falls_short(["a scenario that names none of credential, key, secret, token"])
	verdict == expected with input as reporting({"scenario": "Monkeys flood the keyboard room"})
	verdict == expected with input as reporting({"scenario": ""})
}

test_elements if {
	every_element := {"held", "compromised-key"}
	fixture.failed(said) == every_element with input as reporting({"held_on": fixture.days_ago(366)})
	fixture.failed(said) == {"compromised-key"} with input as reporting({"scenario": "Flood in the data centre"})
	fixture.failed(said) == {"compromised-key"} with input as reporting({"participants": []})
	fixture.failed(said) == {"document"} with input as reporting({"approver": "head of cryptography"})
	fixture.lacking(said) == every_element with input as reporting({"held_on": null})
	fixture.lacking(said) == {"compromised-key"} with input as reporting({"scenario": null})
}

test_elements_of_two_reports if {
	flood := {"scenario": "Flood in the data centre"}
	old := {"held_on": fixture.days_ago(700)}
	fixture.failed(said) == {"compromised-key"} with input as organisation([document(flood), document(old)])
}

test_fail_nothing_listed if {
	expected := falls_short(["no actions", "no findings", "no participants"])
	verdict == expected with input as reporting({"participants": [], "findings": [" "], "actions": []})
}

test_fail_document_does_not_count if {
	outcome := verdict with input as reporting({"approver": "head of cryptography"})
	{one.message | some one in outcome.violations} == {
		`the document "Tabletop report" does not count: approved by its owner`,
	}
}

test_no_evidence_not_stated if {
	verdict == fixture.lacks({"attestations.records.held_on"}) with input as reporting({"held_on": null})
	verdict == fixture.lacks({"attestations.records.scenario"}) with input as reporting({"scenario": null})
	verdict == fixture.lacks({"attestations.records.actions"}) with input as reporting({"actions": null})
}

test_no_evidence_held_later if {
	path := "attestations.records.held_on (after the as-of date)"
	verdict == fixture.lacks({path}) with input as reporting({"held_on": fixture.days_ago(-1)})
}

test_no_evidence_no_report if {
	verdict == fixture.lacks({"attestations (none for this rule)"}) with input as organisation([])
}

test_not_applicable_by_document if {
	outcome := verdict with input as reporting({"not_applicable_reason": "the group exercises for all its banks"})
	outcome.not_applicable == {"the group exercises for all its banks (Tabletop report, approved by CISO)"}
}
