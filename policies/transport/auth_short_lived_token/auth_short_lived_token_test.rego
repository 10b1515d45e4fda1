package policies.transport.auth_short_lived_token_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.auth_short_lived_token.verdict

route(fields) := fixture.dossier("route", {"route": object.union(
	{
		"vendor": "sable",
		"tpp_aspsp_interface": false,
		"auth_type": "oauth2",
		"token_ttl_s": 3600,
		"refresh_ttl_days": 90,
		"source": fixture.source("doc 1"),
	},
	fields,
)})

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("doc 1")]}

test_pass_at_the_limits if verdict == fixture.nothing with input as route({})

test_pass_no_refresh_tokens if verdict == fixture.nothing with input as route({"refresh_ttl_days": 0})

test_pass_ways_however_spelt if {
	every name in ["OAuth2", "OpenID Connect", "openid_connect", " jwt", "mtls"] {
		verdict == fixture.nothing with input as route({"auth_type": name})
	}
}

test_fail_static_credentials if {
	every name in ["api-key", "API Key", "static_key", "basic", "hmac"] {
		expected := {violation(
			sprintf(`the route authenticates the partner sable by "%s", a static credential`, [name]),
			{"auth_type": name},
		)}
		verdict == fixture.fails(expected) with input as route({"auth_type": name})
	}
}

test_fail_third_party_providers_too if {
	expected := {violation(
		`the route authenticates third-party providers by "api-key", a static credential`,
		{"auth_type": "api-key"},
	)}
	dossier := route({"vendor": "", "tpp_aspsp_interface": true, "auth_type": "api-key"})
	verdict == fixture.fails(expected) with input as dossier
}

test_fail_no_credential if {
	expected := {violation("the route asks the partner sable for no credential", {"auth_type": ""})}
	verdict == fixture.fails(expected) with input as route({"auth_type": ""})
}

test_fail_access_tokens_one_second_over if {
	expected := {violation("access tokens live 3601 seconds; the limit is 3600", {"token_ttl_s": 3601, "limit_s": 3600})}
	verdict == fixture.fails(expected) with input as route({"token_ttl_s": 3601})
}

test_fail_refresh_tokens_over if {
	expected := {violation(
		"refresh tokens live 90.5 days; the limit is 90",
		{"refresh_ttl_days": 90.5, "limit_days": 90},
	)}
	verdict == fixture.fails(expected) with input as route({"refresh_ttl_days": 90.5})
}

test_no_evidence_way_on_neither_list if {
	expected := fixture.lacks({"route.auth_type (on neither list)"})
	verdict == expected with input as route({"auth_type": "oauth2 or api-key"})
}

test_no_evidence_no_lifetime if {
	verdict == fixture.lacks({"route.token_ttl_s (no lifetime)"}) with input as route({"token_ttl_s": 0})
	verdict == fixture.lacks({"route.refresh_ttl_days (no lifetime)"}) with input as route({"refresh_ttl_days": -1})
}

test_no_evidence_partner_unknown if {
	bad := {"auth_type": "api-key", "token_ttl_s": 7200, "refresh_ttl_days": 365}
	verdict == fixture.lacks({"route.vendor"}) with input as route(object.union(bad, {"vendor": null}))
	unknown := {"vendor": "", "tpp_aspsp_interface": null, "auth_type": ""}
	verdict == fixture.lacks({"route.tpp_aspsp_interface"}) with input as route(unknown)
}

test_unknown_values_are_no_violation if {
	unknown := {"auth_type": null, "token_ttl_s": null, "refresh_ttl_days": null}
	verdict == fixture.nothing with input as route(unknown)
}

test_not_applicable_states if {
	verdict == fixture.exempt({"the route is retired"}) with input as route({"status": "retired"})
	verdict == fixture.exempt({"the route serves no partner"}) with input as route({"vendor": ""})
}

test_elements if {
	fixture.failed(said) == {"credential"} with input as route({"auth_type": ""})
	fixture.failed(said) == {"authentication"} with input as route({"auth_type": "api-key"})
	fixture.failed(said) == {"access-tokens"} with input as route({"token_ttl_s": 3601})
	fixture.failed(said) == {"refresh-tokens"} with input as route({"refresh_ttl_days": 91})
	fixture.lacking(said) == {"authentication"} with input as route({"auth_type": "token"})
	fixture.lacking(said) == {"access-tokens"} with input as route({"token_ttl_s": 0})
	fixture.lacking(said) == {"refresh-tokens"} with input as route({"refresh_ttl_days": -1})
}
