package policies.monitoring.mon_alerts_configured_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.mon_alerts_configured.verdict)

every_one := ["repeated-failures", "new-geography", "volume-spike", "key-material-access", "off-hours", "new-ip"]

route(fields) := fixture.dossier("route", {"route": object.union(
	{"environment": "production", "alert_rules": every_one, "source": fixture.source("doc 1")},
	fields,
)})

test_pass_six_rules if {
	verdict == fixture.nothing with input as route({"alert_rules": array.concat(["own-rule"], every_one)})
}

test_fail_rules_absent if {
	expected := {{
		"message": "alert rules not active: off-hours, new-ip",
		"facts": {"absent": ["off-hours", "new-ip"], "active": array.slice(every_one, 0, 4)},
		"records": [fixture.source("doc 1")],
	}}
	verdict == fixture.fails(expected) with input as route({"alert_rules": array.slice(every_one, 0, 4)})
}

test_unknown_rules_are_no_violation if verdict == fixture.nothing with input as route({"alert_rules": null})

test_not_applicable_sandbox if {
	verdict == fixture.exempt({"the route belongs to the sandbox"}) with input as route({"environment": "sandbox"})
}

test_not_applicable_retired if {
	verdict == fixture.exempt({"the route is retired"}) with input as route({"status": "retired"})
}

test_unknown_environment_is_no_violation if {
	verdict == fixture.nothing with input as route({"environment": null, "alert_rules": []})
}
