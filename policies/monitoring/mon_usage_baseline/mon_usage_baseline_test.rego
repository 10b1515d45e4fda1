package policies.monitoring.mon_usage_baseline_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.mon_usage_baseline.verdict)

key(fields, events) := fixture.dossier("key", {
	"key": object.union(
		{
			"status": "active",
			"environment": "production",
			"created": fixture.days_ago(400),
			"source": fixture.source("row 2"),
		},
		fields,
	),
	"events": object.union({"calls": 1000, "days": 14, "with_latency": 1000, "with_outcome": 1000}, events),
})

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("row 2")]}

test_pass_exactly_at_the_limit if verdict == fixture.nothing with input as key({}, {})

test_pass_created_just_before if {
	verdict == fixture.nothing with input as key({"created": fixture.one_ms_older(fixture.days_ago(14))}, {})
	verdict == fixture.nothing with input as key({"created": null}, {})
}

test_fail_one_event_without_a_duration if {
	expected := {violation(
		"999 of 1000 calls in the log say how long the call took; the limit is 100 percent",
		{"measure": "latency", "calls": 1000, "calls_saying": 999, "limit_percent": 100},
	)}
	verdict == fixture.fails(expected) with input as key({}, {"with_latency": 999})
}

test_fail_one_event_without_an_outcome if {
	expected := {violation(
		"999 of 1000 calls in the log say how the call ended; the limit is 100 percent",
		{"measure": "outcome", "calls": 1000, "calls_saying": 999, "limit_percent": 100},
	)}
	verdict == fixture.fails(expected) with input as key({}, {"with_outcome": 999})
}

test_no_evidence_too_few_days if {
	verdict == fixture.lacks({"events.days (fewer than the baseline asks for)"}) with input as key({}, {"days": 13})
	none := {"calls": 0, "days": 0, "with_latency": 0, "with_outcome": 0}
	verdict == fixture.lacks({"events (no call of it)"}) with input as key({}, none)
}

test_no_evidence_not_counted if {
	verdict == fixture.lacks({"events.with_latency"}) with input as key({}, {"with_latency": null})
}

# CloudTrail, for one, times no call.
test_no_evidence_no_event_says if {
	verdict == fixture.lacks({"events.with_latency (no call says it)"}) with input as key({}, {"with_latency": 0})
	verdict == fixture.lacks({"events.with_outcome (no call says it)"}) with input as key({}, {"with_outcome": 0})
}

test_not_applicable if {
	verdict == fixture.exempt({"the key is inactive"}) with input as key({"status": "inactive"}, {})
	verdict == fixture.exempt({"the key belongs to staging"}) with input as key({"environment": "staging"}, {})
	verdict == fixture.exempt({"the key is younger than the baseline asks for"})
		with input as key({"created": fixture.days_ago(14)}, {})
}
