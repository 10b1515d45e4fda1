package policies.logging.log_five_w_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.log_five_w.verdict

complete := {
	"log": "cloudtrail",
	"total": 1000,
	"managing": 1000,
	"incomplete": 0,
	"unstated": [],
	"without_actor": 0,
	"without_action": 0,
	"without_time": 0,
	"without_origin": 0,
	"without_outcome": 0,
	"without_ticket": 0,
	"examples": [],
	"without_ticket_examples": [],
}

logs(fields) := fixture.dossier("organisation", {"logs": [complete, object.union(complete, fields)]})

test_pass_exactly_the_limit if {
	verdict == fixture.nothing with input as logs({"incomplete": 5, "without_actor": 5, "without_ticket": 5})
}

test_fail_one_event_more if {
	expected := {{
		"message": concat(" ", [
			"in log gateway 6 of 1000 events are incomplete (4 without actor, 2 without time);",
			"the limit is 0.5 percent; the first of them is cited, 5 more are not",
		]),
		"facts": {
			"log": "gateway",
			"events": 1000,
			"incomplete": 6,
			"without_actor": 4,
			"without_action": 0,
			"without_time": 2,
			"without_origin": 0,
			"without_outcome": 0,
			"limit_percent": 0.5,
		},
		"records": [fixture.source("line 8")],
	}}
	dossier := logs({
		"log": "gateway",
		"incomplete": 6,
		"without_actor": 4,
		"without_time": 2,
		"examples": [fixture.source("line 8")],
	})
	verdict == fixture.fails(expected) with input as dossier
	fixture.failed(said) == {"entries"} with input as dossier
}

test_fail_medium_without_ticket if {
	cited := [fixture.source(sprintf("line %d", [n])) | some n in numbers.range(1, 6)]
	expected := {{
		"message": "in log pipeline 6 of 1000 events that manage keys have no ticket; the limit is 0.5 percent",
		"facts": {"log": "pipeline", "managing": 1000, "without_ticket": 6, "limit_percent": 0.5},
		"records": cited,
		"severity": "medium",
	}}
	dossier := logs({
		"log": "pipeline",
		"without_ticket": 6,
		"without_ticket_examples": cited,
	})
	verdict == fixture.fails(expected) with input as dossier
	fixture.failed(said) == {"ticket"} with input as dossier
}

test_no_evidence_no_event if {
	dossier := fixture.dossier("organisation", {"logs": []})
	verdict == fixture.lacks({"logs (no event in any log)"}) with input as dossier
}

test_fail_share_of_the_events_that_manage_keys if {
	fixture.failed(said) == {"ticket"} with input as logs({"total": 13481, "managing": 400, "without_ticket": 60})
}

test_no_evidence_events_that_manage_keys_not_counted if {
	verdict == fixture.lacks({"logs.managing"}) with input as logs({"managing": null})
}

test_no_evidence_no_event_of_a_log_names_a_ticket if {
	gap := concat("", [
		"logs.without_ticket (no event of vault-audit states one: ",
		"its format or its export may have no place for it)",
	])
	verdict == fixture.lacks({gap}) with input as logs({"log": "vault-audit", "without_ticket": 1000})
	fixture.lacking(said) == {"ticket"} with input as logs({"log": "vault-audit", "without_ticket": 1000})
}

test_no_evidence_no_event_of_a_log_states_an_origin if {
	gap := concat("", [
		"logs.without_origin (no event of github-audit states one: ",
		"its format or its export may have no place for it)",
	])
	dossier := logs({"log": "github-audit", "unstated": ["origin"], "without_origin": 1000})
	verdict == fixture.lacks({gap}) with input as dossier
	fixture.lacking(said) == {"entries"} with input as dossier
}

test_fail_events_that_lack_what_others_state_beside_what_none_states if {
	dossier := logs({"unstated": ["origin"], "without_origin": 1000, "without_actor": 6, "incomplete": 6})
	fixture.failed(said) == {"entries"} with input as dossier
}

test_no_evidence_not_counted if verdict == fixture.lacks({"logs.total"}) with input as logs({"incomplete": null})

test_not_applicable_by_document if {
	excuse := fixture.document("log-five-w", {"not_applicable_reason": "the parent company runs the logs"})
	dossier := fixture.dossier("organisation", {"logs": [complete], "attestations": fixture.list([excuse])})
	verdict == fixture.exempt({"the parent company runs the logs (Key management policy, approved by CISO)"})
		with input as dossier
}
