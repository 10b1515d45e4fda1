package policies.emergency.emergency_rotate_compromise_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.emergency_rotate_compromise.verdict

hour := 3600000

detected := fixture.days_ago(10)

after(ms) := object.union(detected, {"ms": detected.ms + ms})

key(id, replaced) := {
	"key_id": id,
	"status": "active",
	"created": fixture.days_ago(400),
	"last_rotated": replaced,
	"replaced": replaced,
	"old_revoked": replaced,
	"revoked": null,
	"uses_after": 3,
	"source": fixture.source(id),
}

incident(fields, keys, related) := fixture.dossier("incident", {
	"incident": object.union(
		{
			"kind": "Credential-Compromise",
			"severity": "high",
			"detected_at": detected,
			"key_ids": [one.key_id | some one in keys],
			"source": fixture.source("doc 1"),
		},
		fields,
	),
	"keys": fixture.list(keys),
	"related_keys": fixture.list(related),
})

late(which, id, replaced, hours) := {{
	"message": sprintf(
		concat(" ", [
			`the incident was detected on 2026-09-20 23:59:59 UTC; by the records %s "%s" was first replaced on`,
			`%s, and its old secret revoked on %s; the limit is %d hours; uses on record since: 3`,
		]),
		[which, id, replaced, replaced, hours],
	),
	"facts": {
		"key": id,
		"exposed_from": "2026-09-20 23:59:59 UTC",
		"replaced": replaced,
		"old_revoked": replaced,
		"revoked": null,
		"uses_after": 3,
		"limit_hours": hours,
	},
	"records": [fixture.source("doc 1"), fixture.source(id)],
}}

test_pass_exactly_at_the_limits if {
	every severity, hours in data.params["emergency-rotate-compromise"].max_hours {
		named := object.union(key("k-1", after(hours * hour)), {"risk_tier": severity})
		dossier := incident({"severity": severity}, [named], [key("k-2", after(24 * hour))])
		verdict == fixture.nothing with input as dossier
	}
}

test_fail_one_ms_over_each_limit if {
	every severity, hours in data.params["emergency-rotate-compromise"].max_hours {
		dossier := incident({"severity": severity}, [key("k-1", after((hours * hour) + 1))], [])
		facts := {violation.facts.limit_hours | some violation in verdict.violations} with input as dossier
		facts == {hours}
	}
}

test_fail_with_the_values_that_decide if {
	expected := late("the key", "k-1", "2026-09-21 08:59:59 UTC", 4)
	verdict == fixture.fails(expected) with input as incident({}, [key("k-1", after(9 * hour))], [])
}

test_fail_related_key_one_ms_late if {
	expected := late("the related key", "k-2", "2026-09-22 00:00:00 UTC", 24)
	dossier := incident({}, [key("k-1", after(hour))], [key("k-2", after((24 * hour) + 1))])
	verdict == fixture.fails(expected) with input as dossier
}

test_fail_each_kind_of_compromise if {
	every kind in ["key leak", "secret-exposed", "API token stolen", "account compromise"] {
		count(verdict.violations) == 1 with input as incident({"kind": kind}, [key("k-1", after(9 * hour))], [])
	}
}

test_no_evidence_undecided_key if {
	dossier := incident({}, [key("k-1", fixture.day_ago(10))], [key("k-2", null)])
	verdict == fixture.lacks({"keys.records.replaced (no time of day)", "related_keys.records.replaced"})
		with input as dossier
}

test_fail_old_secret_worked_on if {
	in_time := key("k-1", after(hour))
	overlapped := object.union(in_time, {"old_revoked": after(27 * hour)})
	expected := {object.union(violation, {
		"message": concat(" ", [
			`the incident was detected on 2026-09-20 23:59:59 UTC; by the records the key "k-1" was first replaced on`,
			`2026-09-21 00:59:59 UTC, and its old secret revoked on 2026-09-22 02:59:59 UTC; the limit is 4 hours; uses`,
			"on record since: 3",
		]),
		"facts": object.union(violation.facts, {"old_revoked": "2026-09-22 02:59:59 UTC"}),
	}) |
		some violation in late("the key", "k-1", "2026-09-21 00:59:59 UTC", 4)
	}
	verdict == fixture.fails(expected) with input as incident({}, [overlapped], [])
	count(verdict.violations) == 1 with input as incident({}, [object.union(in_time, {"old_revoked": fixture.never})], [])
}

test_no_evidence_no_log_of_the_old_secret if {
	silent := object.union(key("k-1", after(hour)), {"old_revoked": null})
	path := "keys.records.old_revoked (no log tells when the old secret was revoked)"
	verdict == fixture.lacks({path}) with input as incident({}, [silent], [])
}

test_fail_by_the_stricter_of_severity_and_tier if {
	critical := object.union(key("k-1", after(3 * hour)), {"risk_tier": "critical"})
	limits := {violation.facts.limit_hours | some violation in verdict.violations}
		with input as incident({"severity": "low"}, [critical], [])
	limits == {1}
	low := object.union(key("k-1", after(3 * hour)), {"risk_tier": "low"})
	verdict == fixture.nothing with input as incident({}, [low], [])
}

test_pass_cut_where_the_last_listed_is_settled if {
	verdict == fixture.nothing with input as object.union(
		incident({}, [key("k-1", after(hour))], []),
		{"related_keys": fixture.cut([key("k-2", after(hour))])},
	)
}

test_no_evidence_names_no_key if {
	verdict == fixture.lacks({"keys.records (the incident names no key)"}) with input as incident({}, [], [])
}

test_no_evidence_names_a_key_the_inventory_lacks if {
	dossier := incident({"key_ids": ["k-1", "k-9"]}, [key("k-1", after(hour))], [])
	verdict == fixture.lacks({"keys.records (a key that the incident names is not in the inventory)"})
		with input as dossier
}

test_no_evidence_list_cut if {
	dossier := object.union(incident({}, [key("k-1", after(hour))], []), {"related_keys": fixture.cut([])})
	verdict == fixture.lacks({"related_keys.records (the list is cut)"}) with input as dossier
}

test_no_evidence_no_limit_for_the_severity if {
	expected := fixture.lacks({"incident.severity (no limit is set for it)"})
	verdict == expected with input as incident({"kind": "key leak"}, [key("k-1", after(hour))], [])
		with data.params as {"emergency-rotate-compromise": {
			"kind_words": ["key"],
			"max_hours": {"critical": 1},
			"max_related_hours": 24,
		}}
}

test_no_evidence_kind_empty if {
	verdict == fixture.lacks({"incident.kind (an empty text)"})
		with input as incident({"kind": " "}, [key("k-1", after(hour))], [])
}

test_no_evidence_detection_unknown if {
	outcome := verdict with input as incident({"detected_at": null}, [key("k-1", after(hour))], [])
	outcome.violations == set()
	"incident.detected_at" in outcome.missing
}

test_not_applicable_another_kind if {
	outcome := verdict with input as incident({"kind": "vendor-breach"}, [key("x", null)], [])
	outcome.not_applicable == {"the kind of the incident is not that of a compromised credential"}
}

test_not_applicable_detected_later if {
	outcome := verdict with input as incident({"detected_at": fixture.days_ago(-1)}, [], [])
	outcome.not_applicable == {"the incident was detected after the as-of date"}
}

test_no_evidence_related_keys_may_be_unknown if {
	expected := fixture.lacks({"keys.records (repositories, owner or store unknown, so that related keys may be)"})
	dossier := incident({}, [key("k-1", after(hour))], [])
	verdict == expected with input as object.union(dossier, {"relations_known": false})
	verdict == fixture.nothing with input as object.union(dossier, {"relations_known": true})
}

test_elements if {
	in_time := key("k-1", after(hour))
	late_one := key("k-2", after(25 * hour))
	fixture.failed(said) == {"keys"} with input as incident({}, [late_one], [in_time])
	fixture.failed(said) == {"related"} with input as incident({}, [in_time], [late_one])
	fixture.lacking(said) == {"keys"} with input as incident({"severity": "unrated"}, [in_time], [])
	silent := object.union(in_time, {"old_revoked": null})
	fixture.lacking(said) == {"related"} with input as incident({}, [in_time], [silent])
	unrelated := object.union(incident({}, [in_time], []), {"incident": {"x": 1}, "relations_known": false})
	fixture.lacking(said) == {"related"} with input as unrelated
}

test_missing_tier_that_may_have_a_stricter_limit if {
	limits := data.params["emergency-rotate-compromise"].max_hours
	some severity, hours in limits
	hours > min([other | some other in limits])
	verdict.missing != set() with input as incident({"severity": severity}, [key("k-1", after(hours * hour))], [])
}
