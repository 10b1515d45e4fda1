package policies.monitoring.mon_key_breadth_test

import data.lib.age
import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.mon_key_breadth.verdict

hit(fields) := object.union(
	{
		"detector": "many-accounts",
		"at": fixture.days_ago(20),
		"count": 64,
		"source": fixture.source("line 3"),
		"answered": false,
		"incident": null,
	},
	fields,
)

counts := {"calls": 90, "days": 15, "with_account": 90, "with_route": 90}

key(events, hits) := fixture.key_dossier({
	"key": {"key_id": "subject-1", "risk_tier": "high", "status": "active", "environment": "production"},
	"events": object.union(counts, events),
	"anomalies": fixture.list(hits),
})

incident(hours) := {"answered": true, "incident": {
	"incident_id": "INC-7",
	"severity": "high",
	"triaged_at": object.union(fixture.days_ago(20), {"ms": fixture.days_ago(20).ms + (hours * age.hour_ms)}),
	"source": fixture.source("doc 7"),
}}

test_pass if {
	verdict == fixture.nothing with input as key({}, [])
	verdict == fixture.nothing with input as key({}, [hit(incident(24))])
	verdict == fixture.nothing with input as key({}, [hit({"detector": "volume-spike"})])
}

test_fail_no_incident if {
	expected := {{
		"message": concat(" ", [
			"the calls of one day touched 64 accounts, far more than before, from 2026-09-10, 20 days before the as-of date:",
			"no incident on record names the key from then on; the limit is 24 hours",
		]),
		"facts": {
			"at": "2026-09-10",
			"touched": 64,
			"fault": "no incident on record names the key from then on",
			"limit_hours": 24,
		},
		"records": [fixture.source("line 3")],
	}}
	verdict == fixture.fails(expected) with input as key({}, [hit({})])
	fixture.failed(said) == {"accounts"} with input as key({}, [hit({})])
}

test_fail_judged_too_late if {
	late := hit(object.union(incident(25), {"detector": "many-routes"}))
	fixture.failed(said) == {"endpoints"} with input as key({}, [late])
	[one.records | some one in said.violations] == [[fixture.source("line 3"), fixture.source("doc 7")]]
		with input as key({}, [late])
}

test_no_evidence if {
	verdict == fixture.lacks({"events.with_account (not stated of every call)"})
		with input as key({"with_account": 89}, [])
	fixture.lacking(said) == {"endpoints"} with input as key({"with_route": null}, [])
	verdict == fixture.lacks({"events.calls (of too few days to compare with)"}) with input as key({"days": 14}, [])
	young := hit({"at": fixture.days_ago(1)})
	verdict == fixture.lacks({"anomalies.records.incident (the time allowed is not over)"})
		with input as key({}, [young])
	cut := object.union(key({}, []), {"anomalies": fixture.cut([])})
	verdict == fixture.lacks({"anomalies.records (the list is cut)"}) with input as cut
}
