package policies.gateway.gw_inline_detection_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.gw_inline_detection.verdict)

route(fields) := fixture.dossier("route", {"route": object.union(
	{"status": "active", "environment": "production", "inline_detection": true, "source": fixture.source("doc 1")},
	fields,
)})

test_pass if verdict == fixture.nothing with input as route({})

test_fail if {
	expected := {{
		"message": "the gateway passes calls on without looking for anomalies first",
		"facts": {"inline_detection": false},
		"records": [fixture.source("doc 1")],
	}}
	verdict == fixture.fails(expected) with input as route({"inline_detection": false})
}

test_unknown_environment_is_no_violation if {
	verdict == fixture.nothing with input as route({"inline_detection": false, "environment": null})
}
