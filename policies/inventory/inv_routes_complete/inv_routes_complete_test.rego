package policies.inventory.inv_routes_complete_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.inv_routes_complete.verdict)

route := {"route_id": "/refunds", "count": 41, "source": fixture.source("line 9")}

bank(routes, named) := fixture.dossier("organisation", {
	"unknown_routes": routes,
	"logs": [{"with_route": named}],
	"attestations": fixture.list([]),
})

unlisted := {
	"message": `the list of routes lacks the route "/refunds", which answered 41 logged calls`,
	"facts": {"route": "/refunds", "calls": 41},
	"records": [fixture.source("line 9")],
}

test_pass if verdict == fixture.nothing with input as bank(fixture.list([]), 1)

test_fail if verdict == fixture.fails({unlisted}) with input as bank(fixture.list([route]), 1)

test_fail_more_than_are_listed if {
	more := {
		"message": "1 of 2 routes that the list lacks are named here",
		"facts": {"listed": 1, "routes": 2},
		"records": [fixture.source("line 9")],
	}
	verdict == fixture.fails({unlisted, more}) with input as bank(fixture.cut([route]), 1)
}

test_no_evidence_no_log_names_a_route if {
	verdict == fixture.lacks({"logs.with_route (no log names a route)"}) with input as bank(fixture.list([]), 0)
}

test_not_applicable_by_document if {
	document := fixture.document("inv-routes-complete", {"not_applicable_reason": "no API of its own"})
	dossier := object.union(bank(fixture.list([]), 1), {"attestations": fixture.list([document])})
	verdict == fixture.exempt({"no API of its own (Key management policy, approved by CISO)"}) with input as dossier
	listed := object.union(bank(fixture.list([route]), 1), {"attestations": fixture.list([document])})
	verdict == fixture.fails({unlisted}) with input as listed
}
