package policies.gateway.gw_config_governed_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.gw_config_governed.verdict

ticket(fields) := {"found": true, "change": object.union(
	{"change_id": "CHG-7", "status": "closed", "source": fixture.source("row 5")},
	fields,
)}

dossier(fields, change) := fixture.dossier("route", {
	"route": object.union(
		{
			"external": true,
			"behind_gateway": true,
			"config_hash": "0a1b2c3d4e5f60718293",
			"baseline_hash": "0a1b2c3d4e5f60718293",
			"config_changed_at": fixture.days_ago(40),
			"ticket": "CHG-7",
			"source": fixture.source("doc 1"),
		},
		fields,
	),
	"change": change,
})

route(fields) := dossier(fields, ticket({}))

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("doc 1")]}

test_pass_as_approved if verdict == fixture.nothing with input as route({})

test_pass_hashes_however_spelt if {
	verdict == fixture.nothing with input as route({"config_hash": "0A1B2C3D4E5F60718293 "})
}

test_pass_governed_states if {
	every state in ["approved", "implemented", "closed"] {
		verdict == fixture.nothing with input as dossier({}, ticket({"status": state}))
	}
}

test_pass_never_changed if {
	every named in ["", null] {
		verdict == fixture.nothing with input as dossier({"config_changed_at": fixture.never, "ticket": named}, null)
	}
}

test_pass_date_of_a_ticketed_change_unknown if {
	verdict == fixture.nothing with input as route({"config_changed_at": null})
}

test_pass_internal_route_needs_no_gateway if {
	verdict == fixture.nothing with input as route({"external": false, "behind_gateway": null})
	verdict == fixture.nothing with input as route({"external": false, "behind_gateway": false})
	verdict == fixture.nothing with input as route({"external": null})
}

test_fail_drift if {
	expected := {violation(
		"the configuration as it runs (ffffffffffff) is not the approved one (0a1b2c3d4e5f)",
		{"config_hash": "ffffffffffffffffffff", "baseline_hash": "0a1b2c3d4e5f60718293"},
	)}
	verdict == fixture.fails(expected) with input as route({"config_hash": "FFFFFFFFFFFFFFFFFFFF"})
}

test_fail_nothing_approved if {
	expected := {violation("no approved configuration of the route is on record", {"baseline_hash": ""})}
	verdict == fixture.fails(expected) with input as route({"baseline_hash": " "})
	verdict == fixture.fails(expected) with input as route({"baseline_hash": "", "config_hash": null})
}

test_fail_change_without_a_ticket if {
	expected := {violation(
		"the configuration was changed without a ticket on 2026-08-21, 40 days before the as-of date",
		{"ticket": "", "changed": "2026-08-21"},
	)}
	verdict == fixture.fails(expected) with input as dossier({"ticket": " "}, null)
}

test_fail_ticket_that_does_not_resolve if {
	expected := {violation(
		"the last change names ticket CHG-7, which is not among the changes supplied",
		{"ticket": "CHG-7", "found": false},
	)}
	verdict == fixture.fails(expected) with input as dossier({}, {"found": false, "change": null})
}

test_fail_ticket_rejected if {
	expected := {{
		"message": "the last change names ticket CHG-7, which was rejected",
		"facts": {"ticket": "CHG-7", "status": "rejected"},
		"records": [fixture.source("doc 1"), fixture.source("row 5")],
	}}
	verdict == fixture.fails(expected) with input as dossier({}, ticket({"status": "rejected"}))
}

test_fail_past_the_gateway if {
	expected := {violation(
		"the route is reachable from outside past the gateway",
		{"external": true, "behind_gateway": false},
	)}
	verdict == fixture.fails(expected) with input as route({"behind_gateway": false})
}

test_no_evidence_hash_empty if {
	verdict == fixture.lacks({"route.config_hash (empty)"}) with input as route({"config_hash": ""})
}

test_no_evidence_ticket_unknown if {
	verdict == fixture.lacks({"route.ticket"}) with input as dossier({"ticket": null}, null)
	verdict == fixture.lacks({"change"}) with input as dossier({}, null)
}

test_no_evidence_date_of_a_change_without_ticket if {
	unknown := dossier({"ticket": "", "config_changed_at": null}, null)
	verdict == fixture.lacks({"route.config_changed_at"}) with input as unknown
	later := dossier({"ticket": "", "config_changed_at": fixture.days_ago(-1)}, null)
	verdict == fixture.lacks({"route.config_changed_at (after the as-of date)"}) with input as later
}

test_no_evidence_state_of_the_ticket if {
	verdict == fixture.lacks({"change.change.status"}) with input as dossier({}, ticket({"status": null}))
	expected := fixture.lacks({"change.change.status (not a governed state)"})
	verdict == expected with input as dossier({}, ticket({"status": "open"}))
}

test_no_evidence_reach_unknown if {
	verdict == fixture.lacks({"route.external"}) with input as route({"external": null, "behind_gateway": false})
	verdict == fixture.lacks({"route.behind_gateway"}) with input as route({"behind_gateway": null})
	both := fixture.lacks({"route.external", "route.behind_gateway"})
	verdict == both with input as route({"external": null, "behind_gateway": null})
}

test_unknown_hashes_are_no_violation if {
	verdict == fixture.nothing with input as route({"config_hash": null})
	verdict == fixture.nothing with input as route({"baseline_hash": null})
}

test_not_applicable_retired if {
	verdict == fixture.exempt({"the route is retired"}) with input as route({"status": "retired"})
}

test_elements if {
	fixture.failed(said) == {"baseline"} with input as route({"config_hash": "ffff"})
	fixture.failed(said) == {"baseline"} with input as route({"baseline_hash": ""})
	fixture.failed(said) == {"ticket"} with input as route({"ticket": ""})
	fixture.failed(said) == {"path"} with input as route({"behind_gateway": false})
	fixture.lacking(said) == {"baseline"} with input as route({"config_hash": ""})
	fixture.lacking(said) == {"ticket"} with input as dossier({}, null)
	fixture.lacking(said) == {"path"} with input as route({"behind_gateway": null})
}
