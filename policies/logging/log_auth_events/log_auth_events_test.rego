package policies.logging.log_auth_events_test

import data.lib.age
import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.log_auth_events.verdict

# 100,000 calls counted in 30 days, all of them in the logs.
route(fields) := fixture.dossier("route", object.union(
	{
		"route": {
			"route_id": "subject-1",
			"status": "active",
			"calls": 100000,
			"calls_from": fixture.days_ago(30),
			"calls_to": fixture.days_ago(0),
			"source": fixture.source("doc 3"),
		},
		"requests": {
			"total": 250000,
			"successes": 249000,
			"failures": 1000,
			"in_window": 100000,
			"longest_silence": silence(15 * 60000),
		},
	},
	fields,
))

silence(ms) := {"from_ms": fixture.day_ago(3).ms + 50580000, "to_ms": (fixture.day_ago(3).ms + 50580000) + ms}

counted(fields) := route({"route": fields})

logs(fields) := route({"requests": fields})

delta(calls, events) := {
	"message": sprintf(
		concat(" ", [
			"the gateway counted %d calls from 2026-08-31 to 2026-09-30, and the logs hold %s of the route",
			"in that time; the limit is 0.1 percent",
		]),
		[calls, events_text(events)],
	),
	"facts": {"calls": calls, "events": events, "from": "2026-08-31", "to": "2026-09-30", "limit_percent": 0.1},
	"records": [fixture.source("doc 3")],
}

events_text(events) := "1 event" if {
	events == 1
} else := sprintf("%d events", [events])

one_sided(total, outcome, successes, failures) := {
	"message": sprintf(
		"the logs hold %d events of the route, and all are %s; a log that keeps both outcomes shows both among 1000 or more",
		[total, outcome],
	),
	"facts": {"events": total, "successes": successes, "failures": failures},
	"records": [fixture.source("doc 3")],
}

silent(minutes, to, calls) := {
	"message": sprintf(
		concat(" ", [
			"the logs hold no event of the route for %d minutes from 2026-09-27 14:03 UTC on; the gateway counted",
			"%d calls from 2026-08-31 to 2026-09-30, and the limit is 15 minutes",
		]),
		[minutes, calls],
	),
	"facts": {"from": "2026-09-27 14:03 UTC", "to": to, "calls": calls, "limit_minutes": 15},
	"records": [fixture.source("doc 3")],
	"severity": "low",
}

lacking(paths, fields) if verdict == fixture.lacks(paths) with input as route(fields)

test_pass_all_calls_are_in_the_logs if verdict == fixture.nothing with input as route({})

test_pass_exactly_the_limit_either_way if {
	verdict == fixture.nothing with input as logs({"in_window": 99900})
	verdict == fixture.nothing with input as logs({"in_window": 100100})
}

test_pass_whole_days_counted if {
	verdict == fixture.nothing with input as counted({"calls_from": fixture.day_ago(29), "calls_to": fixture.day_ago(0)})
	verdict == fixture.nothing with input as counted({"calls_from": fixture.day_ago(92), "calls_to": fixture.day_ago(92)})
}

test_pass_silence_of_a_quiet_route if {
	verdict == fixture.nothing with input as route({
		"route": {"calls": 8639},
		"requests": {"in_window": 8639, "longest_silence": silence(age.day_ms)},
	})
}

test_pass_silence_of_a_quiet_route_unknown if {
	verdict == fixture.nothing with input as route({
		"route": {"calls": 8639},
		"requests": {"in_window": 8639, "longest_silence": null},
	})
}

test_pass_both_outcomes_of_few_events if {
	verdict == fixture.nothing with input as logs({"total": 2, "successes": 1, "failures": 1})
}

test_fail_one_call_more_than_the_limit if {
	verdict == fixture.fails({delta(100000, 99899)}) with input as logs({"in_window": 99899})
	verdict == fixture.fails({delta(100000, 100101)}) with input as logs({"in_window": 100101})
}

test_fail_events_of_calls_that_nobody_counted if {
	verdict == fixture.fails({delta(0, 1)}) with input as route({"route": {"calls": 0}, "requests": {"in_window": 1}})
}

test_fail_one_outcome_alone if {
	every total in [1000, 5000] {
		successes := {"total": total, "successes": total, "failures": 0}
		verdict == fixture.fails({one_sided(total, "successes", total, 0)}) with input as logs(successes)
		failures := {"total": total, "successes": 0, "failures": total}
		verdict == fixture.fails({one_sided(total, "failures", 0, total)}) with input as logs(failures)
	}
}

test_fail_low_silence_of_a_busy_route if {
	expected := fixture.fails({silent(15, "2026-09-27 14:18 UTC", 100000)})
	verdict == expected with input as logs({"longest_silence": silence((15 * 60000) + 1)})
	at_the_limit := {"route": {"calls": 8640}, "requests": {"in_window": 8640, "longest_silence": silence(600 * 60000)}}
	verdict == fixture.fails({silent(600, "2026-09-28 00:03 UTC", 8640)}) with input as route(at_the_limit)
}

test_no_evidence_one_outcome_of_few_events if {
	lacking({"requests.failures (none in the logs)"}, {"requests": {"total": 999, "successes": 999, "failures": 0}})
	lacking({"requests.successes (none in the logs)"}, {"requests": {"total": 999, "successes": 0, "failures": 999}})
	lacking({"requests.failures (none in the logs)"}, {"requests": {"total": 5000, "successes": 4999, "failures": 0}})
}

test_no_evidence_no_call if {
	lacking({"route.calls (no call in the time counted)"}, {"route": {"calls": 0}, "requests": {"in_window": 0}})
}

test_no_evidence_count_too_long_ago if {
	from := fixture.days_ago(120)
	lacking(
		{"route.calls_to (too long ago)"},
		{"route": {"calls_from": from, "calls_to": fixture.one_ms_older(fixture.days_ago(92))}},
	)
	verdict == fixture.nothing with input as counted({"calls_from": from, "calls_to": fixture.days_ago(92)})
}

test_no_evidence_time_undecided if {
	every field in ["calls_from", "calls_to"] {
		path := concat("", ["route.", field])
		lacking(
			{concat("", [path, " (time zone unknown)"])},
			{"route": {field: fixture.zone_unknown(1)}, "requests": {"in_window": 5}},
		)
		lacking({path}, {"route": {field: fixture.never}, "requests": {"in_window": null}})
	}
	later := {"calls_from": fixture.days_ago(30), "calls_to": fixture.days_ago(-1)}
	lacking({"route.calls_to (after the as-of date)"}, {"route": later})
	turned := {"calls_from": fixture.days_ago(3), "calls_to": fixture.days_ago(30)}
	lacking({"route.calls_to (before route.calls_from)"}, {"route": turned, "requests": {"in_window": 0}})
}

test_no_evidence_silence_unknown if {
	lacking({"requests.longest_silence"}, {"requests": {"longest_silence": null}})
}

test_no_evidence_nothing_counted if {
	every fields in [{"route": {"calls": null}}, {"requests": {"in_window": null}}] {
		verdict == fixture.nothing with input as route(fields)
	}
}

test_not_applicable_retired if {
	verdict == fixture.exempt({"the route is retired"}) with input as counted({"status": "retired"})
}

test_each_violation_is_of_its_element if {
	fixture.failed(said) == {"calls"} with input as logs({"in_window": 90000})
	fixture.failed(said) == {"outcomes"} with input as logs({"successes": 250000, "failures": 0})
	fixture.failed(said) == {"silence"} with input as logs({"longest_silence": silence(60 * 60000)})
}
