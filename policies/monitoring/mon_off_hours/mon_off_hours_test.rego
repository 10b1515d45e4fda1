package policies.monitoring.mon_off_hours_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.mon_off_hours.verdict)

hours := {"mon-off-hours": {
	"time_zone": "Europe/Vienna",
	"from_hour": 7,
	"to_hour": 19,
	"days": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
}}

# 2026-09-09, a Wednesday, at midnight UTC, which is two hours later in Vienna.
wednesday_ms := 1788912000000

at(ms) := {"state": "known", "ms": wednesday_ms + ms, "tolerance_ms": 0}

read(ms, fields) := object.union(
	{
		"at": at(ms),
		"action": "GetSecretValue",
		"actor": "per.nygaard",
		"actor_type": "human",
		"ticket": null,
		"break_glass": null,
		"source": fixture.source("line 3"),
	},
	fields,
)

key(events) := fixture.key_dossier({"hand_events": fixture.list(events)})

hour := 3600000

test_pass_within_the_hours if {
	dossier := key([read(5 * hour, {}), read((17 * hour) - 1, {})])
	verdict == fixture.nothing with input as dossier with data.params as hours
}

test_fail_at_night if {
	expected := fixture.fails({{
		"message": concat(" ", [
			"GetSecretValue by per.nygaard on 2026-09-09 17:00:00 UTC, outside business hours",
			"(7 to 19 h, Europe/Vienna) and without a ticket",
		]),
		"facts": {
			"action": "GetSecretValue",
			"actor": "per.nygaard",
			"at": "2026-09-09 17:00:00 UTC",
			"time_zone": "Europe/Vienna",
		},
		"records": [fixture.source("line 3")],
	}})
	verdict == expected with input as key([read(17 * hour, {})]) with data.params as hours
	count(verdict.violations) == 1 with input as key([read((5 * hour) - 1, {})]) with data.params as hours
}

test_fail_on_a_sunday if {
	count(verdict.violations) == 1 with input as key([read(((4 * 24) * hour) + (10 * hour), {})]) with data.params as hours
}

test_pass_with_a_ticket_or_break_glass if {
	every fields in [{"ticket": "CHG-1"}, {"break_glass": true}, {"at": fixture.days_ago(-1)}] {
		verdict == fixture.nothing with input as key([read(0, fields)]) with data.params as hours
	}
	period := {"period": {"start_ms": wednesday_ms + 1, "end_ms": fixture.as_of.ms}}
	verdict == fixture.nothing with input as object.union(key([read(0, {})]), period) with data.params as hours
}

test_fail_verbal_approval_is_no_ticket if {
	count(verdict.violations) == 1 with input as key([read(0, {"ticket": "verbal ok"})]) with data.params as hours
}

test_no_evidence if {
	lacks := fixture.lacks({"hand_events.records.actor_type"})
	verdict == lacks with input as key([read(0, {"actor_type": null})]) with data.params as hours
	verdict == fixture.nothing with input as key([read(9 * hour, {"actor_type": null})]) with data.params as hours
	vague := object.union(at(0), {"tolerance_ms": 86399999})
	every instant in [null, vague, object.union(at(0), {"ms": null})] {
		verdict == fixture.lacks({"hand_events.records.at"})
			with input as key([read(0, {"at": instant})])
			with data.params as hours
	}
	cut := fixture.key_dossier({"hand_events": fixture.cut([])})
	verdict == fixture.lacks({"hand_events.records (the list is cut)"}) with input as cut with data.params as hours
}

test_fail_without_a_name if {
	violations := verdict.violations with input as key([read(0, {"actor": null})]) with data.params as hours
	{violation.facts.actor | some violation in violations} == {"a person whom the log does not name"}
}

test_no_such_time_zone if {
	nowhere := {"mon-off-hours": object.union(hours["mon-off-hours"], {"time_zone": "Bank/Vault"})}
	verdict == fixture.lacks({"params.time_zone (no time zone of that name)"})
		with input as key([read(0, {})])
		with data.params as nowhere
}

unstated := {"mon-off-hours": object.union(hours["mon-off-hours"], {"time_zone": ""})}

test_no_evidence_no_time_zone_stated if {
	gap := "params.time_zone (state the time zone of business hours in keyproof.yaml)"
	every ms in [0, 9 * hour, 17 * hour] {
		verdict == fixture.lacks({gap}) with input as key([read(ms, {})]) with data.params as unstated
	}
	verdict == fixture.lacks({gap}) with input as key([read(0, {"actor_type": null})]) with data.params as unstated
	every fields in [{"ticket": "CHG-1"}, {"actor_type": "automation"}] {
		verdict == fixture.nothing with input as key([read(0, fields)]) with data.params as unstated
	}
}

test_fail_on_a_sunday_of_every_time_zone if {
	sunday := (4 * 24) * hour
	violations := verdict.violations with input as key([read(sunday + (10 * hour), {})]) with data.params as unstated
	{violation.facts.time_zone | some violation in violations} == {"in any time zone"}

	# In the easternmost zone it is Monday, 7 h.
	monday := key([read(sunday + (17 * hour), {})])
	count(verdict.missing) == 1 with input as monday with data.params as unstated
	count(verdict.violations) == 1
		with input as key([read((sunday + (17 * hour)) - 1, {})])
		with data.params as unstated
}
