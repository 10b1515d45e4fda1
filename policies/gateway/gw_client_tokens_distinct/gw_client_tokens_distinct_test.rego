package policies.gateway.gw_client_tokens_distinct_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.gw_client_tokens_distinct.verdict

route(fields) := fixture.dossier("route", {"route": object.union(
	{
		"external": true,
		"client_credential": "client-1",
		"upstream_credential": "bank-1",
		"client_scopes": ["payments:read"],
		"upstream_scopes": ["payments:read", "payments:write"],
		"source": fixture.source("doc 1"),
	},
	fields,
)})

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("doc 1")]}

test_pass_own_credential_with_fewer_scopes if verdict == fixture.nothing with input as route({})

test_pass_equal_scopes if {
	verdict == fixture.nothing with input as route({"client_scopes": ["payments:write", "payments:read"]})
}

test_pass_below_a_wildcard if verdict == fixture.nothing with input as route({"upstream_scopes": ["payments:*"]})

test_pass_no_scopes if verdict == fixture.nothing with input as route({"client_scopes": [], "upstream_scopes": []})

test_fail_same_credential_however_spelt if {
	every client in ["bank-1", "BANK-1", " bank-1 "] {
		expected := {violation(
			sprintf(
				"clients present the credential %s, and the gateway presents the same one to the service behind it",
				[client],
			),
			{"client_credential": client, "upstream_credential": "bank-1"},
		)}
		verdict == fixture.fails(expected) with input as route({"client_credential": client})
	}
}

test_fail_no_credential_of_clients if {
	expected := {violation(
		"clients present no credential, and the gateway presents bank-1 to the service behind it",
		{"client_credential": "", "upstream_credential": "bank-1"},
	)}
	verdict == fixture.fails(expected) with input as route({"client_credential": ""})
}

test_fail_scopes_the_bank_lacks if {
	expected := {violation(
		"the credential of clients holds scopes that the one behind the gateway lacks: *, fx:read",
		{"excess": ["*", "fx:read"], "upstream_scopes": ["payments:*"]},
	)}
	dossier := route({"client_scopes": ["fx:read", "payments:read", "*"], "upstream_scopes": ["payments:*"]})
	verdict == fixture.fails(expected) with input as dossier
}

test_unknown_values_are_no_violation if {
	bad := {"client_credential": "bank-1", "client_scopes": ["fx:read"]}
	verdict == fixture.nothing with input as route(object.union(bad, {"external": null}))
	verdict == fixture.nothing with input as route({"client_credential": "", "external": null})
	verdict == fixture.nothing with input as route({"client_credential": null, "upstream_credential": null})
	verdict == fixture.nothing with input as route({"client_scopes": ["fx:read"], "upstream_scopes": null})
}

test_not_applicable_states if {
	verdict == fixture.exempt({"the route is retired"}) with input as route({"status": "retired"})
	verdict == fixture.exempt({"the route is not reachable from outside"}) with input as route({"external": false})
	expected := fixture.exempt({"the gateway presents no credential to the service behind it"})
	verdict == expected with input as route({"upstream_credential": "", "client_credential": ""})
}

test_elements if {
	fixture.failed(said) == {"credential"} with input as route({"client_credential": "bank-1"})
	fixture.failed(said) == {"credential"} with input as route({"client_credential": ""})
	fixture.failed(said) == {"scopes"} with input as route({"client_scopes": ["accounts:read"]})
}
