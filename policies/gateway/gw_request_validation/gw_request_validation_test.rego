package policies.gateway.gw_request_validation_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.gw_request_validation.verdict

route(fields) := fixture.dossier("route", {"route": object.union(
	{
		"request_validation": true,
		"response_fields": ["id", "amount"],
		"approved_fields": ["amount", "id", "currency"],
		"source": fixture.source("doc 1"),
	},
	fields,
)})

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("doc 1")]}

beyond(excess, approved) := violation(
	sprintf("responses may hold fields beyond those approved: %s", [concat(", ", excess)]),
	{"excess": excess, "approved": approved},
)

test_pass_approved_fields_only if verdict == fixture.nothing with input as route({})

test_pass_below_an_approved_wildcard if {
	fields := {"response_fields": ["account.iban", "account.name"], "approved_fields": ["account.*"]}
	verdict == fixture.nothing with input as route(fields)
}

test_fail_no_validation if {
	expected := {violation("the route lets requests pass without validation", {"request_validation": false})}
	verdict == fixture.fails(expected) with input as route({"request_validation": false})
}

test_fail_fields_beyond_approval if {
	dossier := route({"response_fields": ["payer.name", "id", "iban"], "approved_fields": ["id"]})
	verdict == fixture.fails({beyond(["iban", "payer.name"], ["id"])}) with input as dossier
}

test_fail_nothing_approved if {
	verdict == fixture.fails({beyond(["amount", "id"], [])}) with input as route({"approved_fields": []})
}

test_fail_star_alone_approves_nothing if {
	verdict == fixture.fails({beyond(["amount", "id"], ["*"])}) with input as route({"approved_fields": ["*"]})
	dossier := route({"response_fields": ["*"], "approved_fields": ["*", "account.*"]})
	verdict == fixture.fails({beyond(["*"], ["*", "account.*"])}) with input as dossier
}

test_no_evidence_no_fields_listed if {
	verdict == fixture.lacks({"route.response_fields (the list is empty)"}) with input as route({"response_fields": []})
}

test_unknown_values_are_no_violation if {
	unknown := {"request_validation": null, "approved_fields": null}
	verdict == fixture.nothing with input as route(unknown)
	verdict == fixture.nothing with input as route({"response_fields": null})
}

test_not_applicable_retired if {
	verdict == fixture.exempt({"the route is retired"}) with input as route({"status": "retired"})
}

test_elements if {
	fixture.failed(said) == {"validation"} with input as route({"request_validation": false})
	fixture.failed(said) == {"fields"} with input as route({"response_fields": ["iban"]})
	fixture.lacking(said) == {"fields"} with input as route({"response_fields": []})
}
