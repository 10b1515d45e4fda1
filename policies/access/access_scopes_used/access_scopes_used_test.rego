package policies.access.access_scopes_used_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.access_scopes_used.verdict

key(scopes, events) := fixture.key_dossier({
	"key": {"status": "active", "scopes": scopes, "source": fixture.source("row 2")},
	"events": object.union(
		{
			"calls": 90,
			"with_scopes": 90,
			"scopes_used": ["payments:read"],
			"scopes_since_ms": fixture.days_ago(60).ms,
		},
		events,
	),
})

test_pass if {
	verdict == fixture.nothing with input as key(["payments:read"], {})
	verdict == fixture.nothing with input as key(["payments:*"], {"scopes_since_ms": fixture.days_ago(1).ms})
}

test_fail_unused_at_the_limit if {
	expected := {{
		"message": "no call since 2026-08-01 used the scopes payments:write; the limit is 60 days",
		"facts": {"unused": ["payments:write"], "used": ["payments:read"], "calls": 90},
		"records": [fixture.source("row 2")],
	}}
	verdict == fixture.fails(expected) with input as key(["payments:read", "payments:write"], {})
	fixture.failed(said) == {"unused"} with input as key(["payments:read", "payments:write"], {})
	younger := {"scopes_since_ms": fixture.days_ago(60).ms + 1}
	verdict == fixture.lacks({"events.scopes_since_ms (too few days)"})
		with input as key(["payments:read", "payments:write"], younger)
}

test_fail_beyond if {
	expected := {{
		"message": "calls used scopes that the key does not hold by its record: payments:read",
		"facts": {"beyond": ["payments:read"], "held": ["payments:*x"]},
		"records": [fixture.source("row 2")],
	}}
	young := {"scopes_since_ms": fixture.days_ago(59).ms}
	fixture.whole(said).violations == expected with input as key(["payments:*x"], young)
	fixture.failed(said) == {"beyond", "unused"} with input as key(["payments:*x"], {})
}

test_no_evidence if {
	lacks := fixture.lacks({"events.with_scopes (not stated of every call)"})
	verdict == lacks with input as key(["payments:read"], {"with_scopes": 89})
	verdict == fixture.lacks({"events.calls (none in the logs)"})
		with input as key(["payments:read"], {"calls": 0, "with_scopes": 0})
	many := ["payments:read" | some _ in numbers.range(1, 250)]
	verdict == fixture.lacks({"events.scopes_used (the list is cut)"})
		with input as key(["payments:read"], {"scopes_used": many})
	verdict == fixture.lacks({
		"events.calls (none in the logs)",
		"events.with_scopes (not stated of every call)",
		"events.scopes_used (the list is cut)",
		"events.scopes_since_ms (too few days)",
	})
		with input as key(["payments:read"], {
			"calls": null, "with_scopes": null, "scopes_used": null, "scopes_since_ms": null,
		})
}
