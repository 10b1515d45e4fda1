package policies.monitoring.mon_anomaly_unhandled_test

import data.lib.age
import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.mon_anomaly_unhandled.verdict

incident(fields) := object.union(
	{
		"incident_id": "INC-7",
		"severity": "high",
		"detected_at": hours_later(1),
		"triaged_at": hours_later(24),
		"source": fixture.source("doc 7"),
	},
	fields,
)

# The anomaly began 20 days before the as-of date.
hours_later(hours) := object.union(fixture.days_ago(20), {"ms": fixture.days_ago(20).ms + (hours * age.hour_ms)})

one_ms_later(instant) := object.union(instant, {"ms": instant.ms + 1})

anomaly(fields) := object.union(
	{
		"detector": "repeated-failures",
		"at": fixture.days_ago(20),
		"count": 7,
		"source": fixture.source("line 3"),
		"answered": true,
		"incident": incident({}),
	},
	fields,
)

key(tier, anomalies) := fixture.key_dossier({
	"key": {"key_id": "subject-1", "risk_tier": tier},
	"events": {"total": 40},
	"anomalies": anomalies,
})

with_incident(tier, fields) := key(tier, fixture.list([anomaly({"incident": incident(fields)})]))

violation(fault, limit, records) := {
	"message": sprintf(
		"repeated failures (7 events) on 2026-09-10, 20 days before the as-of date: %s; the limit is %d hours",
		[fault, limit],
	),
	"facts": {
		"detector": "repeated-failures",
		"at": "2026-09-10",
		"events": 7,
		"fault": fault,
		"limit_hours": limit,
	},
	"records": [fixture.source(record) | some record in records],
}

test_pass_no_anomaly if verdict == fixture.nothing with input as key("high", fixture.list([]))

test_pass_exactly_at_the_limit if {
	verdict == fixture.nothing with input as with_incident("high", {})
	verdict == fixture.nothing with input as with_incident("critical", {"triaged_at": hours_later(4)})
	verdict == fixture.nothing with input as with_incident("low", {"severity": "critical", "triaged_at": hours_later(4)})
	verdict == fixture.nothing with input as with_incident(null, {"severity": null, "triaged_at": hours_later(4)})
}

test_fail_one_ms_later if {
	high := violation("the incident INC-7 was first judged more than 24 hours later", 24, ["line 3", "doc 7"])
	verdict == fixture.fails({high}) with input as with_incident("medium", {"triaged_at": one_ms_later(hours_later(24))})
	verdict == fixture.fails({high})
		with input as with_incident(null, {"severity": null, "triaged_at": one_ms_later(hours_later(24))})
	critical := violation("the incident INC-7 was first judged more than 4 hours later", 4, ["line 3", "doc 7"])
	late := one_ms_later(hours_later(4))
	verdict == fixture.fails({critical}) with input as with_incident("critical", {"severity": null, "triaged_at": late})
	verdict == fixture.fails({critical}) with input as with_incident(null, {"severity": "critical", "triaged_at": late})
}

test_fail_never_judged if {
	expected := {violation("the incident INC-7 was never judged", 24, ["line 3", "doc 7"])}
	verdict == fixture.fails(expected) with input as with_incident("high", {"triaged_at": fixture.never})
}

none_opened := "anomalies.records.incident (none was opened)"

test_fail_no_incident if {
	expected := {violation("no incident on record names the key from then on", 24, ["line 3"])}
	dossier := key("high", fixture.list([anomaly({"answered": false, "incident": null})]))
	verdict.violations == expected with input as dossier
	fixture.failed(said) == {"judgement"} with input as dossier
	verdict.missing == {none_opened} with input as dossier
}

test_fail_detector_of_another_name if {
	strange := anomaly({"detector": "new-origin", "answered": false, "incident": null})
	outcome := verdict with input as key("high", fixture.list([strange]))
	[one.facts.detector | some one in outcome.violations] == ["new-origin"]
}

test_no_evidence_time_not_up if {
	path := "anomalies.records.incident"
	at_limit := {"at": fixture.days_ago(1), "answered": false, "incident": null}
	verdict == fixture.lacks({none_opened, concat("", [path, " (the time allowed is not over)"])})
		with input as key("high", fixture.list([anomaly(at_limit)]))
	beyond := object.union(at_limit, {"at": fixture.one_ms_older(fixture.days_ago(1))})
	count(verdict.violations) == 1 with input as key("high", fixture.list([anomaly(beyond)]))
	never_judged := incident({"detected_at": fixture.days_ago(1), "triaged_at": fixture.never})
	unjudged := {"at": fixture.days_ago(1), "incident": never_judged}
	verdict == fixture.lacks({concat("", [path, ".triaged_at (the time allowed is not over)"])})
		with input as key("high", fixture.list([anomaly(unjudged)]))
}

test_no_evidence_incident_not_described if {
	dossier := key("high", fixture.list([object.remove(anomaly({}), {"incident"})]))
	verdict == fixture.lacks({none_opened, "anomalies.records.incident"}) with input as dossier
}

test_no_evidence_what_is_critical_unknown if {
	verdict == fixture.lacks({"anomalies.records.incident.severity"})
		with input as with_incident("high", {"severity": null})
	verdict == fixture.lacks({"key.risk_tier"}) with input as with_incident(null, {})
}

test_no_evidence_judgement_undecided if {
	path := "anomalies.records.incident.triaged_at"
	verdict == fixture.lacks({path}) with input as with_incident("high", {"triaged_at": null})
	verdict == fixture.lacks({concat("", [path, " (before the anomaly)"])})
		with input as with_incident("high", {"triaged_at": fixture.days_ago(21)})
	verdict == fixture.lacks({concat("", [path, " (time zone unknown)"])})
		with input as with_incident("high", {"triaged_at": fixture.zone_unknown(20)})
	later := {"detected_at": fixture.days_ago(0), "triaged_at": fixture.days_ago(-1)}
	future := key(
		"high",
		fixture.list([anomaly({"at": fixture.days_ago(0), "incident": incident(later)})]),
	)
	verdict == fixture.lacks({concat("", [path, " (after the as-of date)"])}) with input as future
}

test_no_evidence_list_cut if {
	verdict == fixture.lacks({"anomalies.records (the list is cut)"}) with input as key("high", fixture.cut([anomaly({})]))
}

test_not_applicable_no_event if {
	silent := {"events": {"total": 0}, "anomalies": fixture.list([])}
	every last_used in [fixture.not_tracked, fixture.never, fixture.days_ago(93)] {
		dossier := fixture.key_dossier(object.union(silent, {"key": {"last_used": last_used}}))
		verdict == fixture.exempt({"no event of it was logged"}) with input as dossier
	}
}

test_no_evidence_used_by_the_inventory_and_not_logged if {
	silent := {"events": {"total": 0}, "anomalies": fixture.list([]), "key": {"last_used": fixture.days_ago(92)}}
	expected := fixture.lacks({"events (the inventory states a use on 2026-06-30, and no log shows any)"})
	verdict == expected with input as fixture.key_dossier(silent)
	period := {"start_ms": fixture.days_ago(91).ms, "end_ms": fixture.as_of.ms}
	later := object.union(fixture.key_dossier(silent), {"period": period})
	verdict == fixture.exempt({"no event of it was logged"}) with input as later
}

test_no_evidence_no_use_stated if {
	silent := {"events": {"total": 0}, "anomalies": fixture.list([])}
	every last_used in [null, fixture.days_ago(-1)] {
		dossier := fixture.key_dossier(object.union(silent, {"key": {"last_used": last_used}}))
		verdict == fixture.lacks({"key.last_used (no log shows a use)"}) with input as dossier
	}
}

test_detection if {
	late := incident({"detected_at": one_ms_later(hours_later(1))})
	dossier := key("high", fixture.list([anomaly({"incident": late})]))
	expected := {{
		"message": concat(" ", [
			"repeated failures on 2026-09-10, 20 days before the as-of date: detected more than 1 hour later,",
			"in the incident INC-7; the limit is 60 minutes",
		]),
		"facts": {"detector": "repeated-failures", "at": "2026-09-10", "incident": "INC-7", "limit_minutes": 60},
		"records": [fixture.source("line 3"), fixture.source("doc 7")],
	}}
	verdict == fixture.fails(expected) with input as dossier
	fixture.failed(said) == {"detection"} with input as dossier
	busy := key("high", fixture.list([anomaly({"detector": "volume-spike", "incident": late})]))
	verdict == fixture.nothing with input as busy
	unsaid := key("high", fixture.list([anomaly({"incident": incident({"detected_at": null})})]))
	verdict == fixture.lacks({"anomalies.records.incident.detected_at"}) with input as unsaid
}

test_breadth_is_judged_elsewhere if {
	broad := anomaly({"detector": "many-accounts", "answered": false, "incident": null})
	verdict == fixture.nothing with input as key("high", fixture.list([broad]))
}
