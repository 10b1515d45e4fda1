package policies.gateway.gw_rate_limit_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.gw_rate_limit.verdict

route(fields) := fixture.dossier("route", {"route": object.union(
	{"rate_limit_rps": 50, "burst_rps": 250, "per_key_quota": true, "source": fixture.source("doc 1")},
	fields,
)})

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("doc 1")]}

test_pass_burst_of_exactly_five_times if verdict == fixture.nothing with input as route({})

test_fail_no_limit if {
	expected := {violation("the route has no rate limit", {"rate_limit_rps": 0})}
	verdict == fixture.fails(expected) with input as route({"rate_limit_rps": 0})
}

test_fail_no_quota if {
	expected := {violation("the route has no quota per key", {"per_key_quota": false})}
	verdict == fixture.fails(expected) with input as route({"per_key_quota": false})
}

test_fail_burst_over_five_times if {
	expected := {violation(
		"the burst limit is 251 requests per second; the limit is 5 times the sustained 50",
		{"burst_rps": 251, "rate_limit_rps": 50, "max_burst_factor": 5},
	)}
	verdict == fixture.fails(expected) with input as route({"burst_rps": 251})
}

test_unknown_values_are_no_violation if {
	verdict == fixture.nothing with input as route({"rate_limit_rps": null, "burst_rps": null, "per_key_quota": null})
}

test_not_applicable_retired if {
	verdict == fixture.exempt({"the route is retired"}) with input as route({"status": "retired"})
}

test_elements if {
	fixture.failed(said) == {"rate"} with input as route({"rate_limit_rps": 0})
	fixture.failed(said) == {"quota"} with input as route({"per_key_quota": false})
	fixture.failed(said) == {"burst"} with input as route({"burst_rps": 251})
}
