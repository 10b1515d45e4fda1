package policies.monitoring.mon_refused_calls_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.mon_refused_calls.verdict)

route(requests) := fixture.dossier("route", {
	"route": {"status": "active", "environment": "production"},
	"requests": object.union(
		{"total": 2000, "with_status": 2000, "refused": 100, "refused_example": fixture.source("line 4")},
		requests,
	),
})

test_pass_exactly_the_limit if verdict == fixture.nothing with input as route({})

test_fail_one_more if {
	expected := {{
		"message": "a limit refused 101 of 2000 logged calls whose status is stated; the limit is 5 percent",
		"facts": {"refused": 101, "calls": 2000, "limit_percent": 5},
		"records": [fixture.source("line 4")],
	}}
	verdict == fixture.fails(expected) with input as route({"refused": 101})
}

test_no_evidence if {
	lacks := fixture.lacks({"requests.with_status (not stated of every call)"})
	verdict == lacks with input as route({"with_status": 1999, "refused": 1999})
	verdict == fixture.lacks({"requests.total (no call in the logs)"})
		with input as route({"total": 0, "with_status": 0, "refused": 0})
	verdict == fixture.lacks({"requests.refused"}) with input as route({"refused": null})
}

test_unknown_environment_is_no_violation if {
	outcome := verdict with input as object.union(route({"refused": 900}), {"route": {"environment": null}})
	outcome.violations == set()
}
