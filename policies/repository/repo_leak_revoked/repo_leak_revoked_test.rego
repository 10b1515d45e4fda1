package policies.repository.repo_leak_revoked_test

import data.lib.age
import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.repo_leak_revoked.verdict)

repository(findings, fields) := fixture.dossier("repository", {
	"repository": object.union(
		{"in_scope": true, "last_scanned": fixture.days_ago(1), "full_history_scanned": true},
		fields,
	),
	"findings": findings,
})

finding(fields) := object.union(
	{
		"finding_id": "f1",
		"path": "src/a.ts",
		"line": 4,
		"state": "open",
		"reason": null,
		"first_seen": fixture.days_ago(90),
		"source": fixture.source("/0"),
	},
	fields,
)

key(fields) := object.union(
	{
		"key_id": "k1",
		"risk_tier": "high",
		"status": "active",
		"last_rotated": fixture.days_ago(300),
		"replaced": null,
		"old_revoked": null,
		"revoked": null,
		"last_used": fixture.days_ago(2),
		"uses_after": 14,
		"source": fixture.source("row 8"),
	},
	fields,
)

leaked(fields) := repository(fixture.list([finding({"key": key(fields)})]), {})

hours_later(instant, hours) := object.union(instant, {"ms": instant.ms + (hours * age.hour_ms)})

swapped(instant) := {"replaced": instant, "old_revoked": instant}

one_ms_later(instant) := object.union(instant, {"ms": instant.ms + 1})

seen := fixture.days_ago(90)

violation(ending, facts, severity) := {
	"message": sprintf(`the key "k1" was first seen in src/a.ts on 2026-07-02, 90 days before the as-of date%s`, [ending]),
	"facts": object.union(
		{
			"finding": "f1",
			"path": "src/a.ts",
			"line": 4,
			"key": "k1",
			"risk_tier": "high",
			"first_seen": "2026-07-02",
			"replaced": null,
			"old_revoked": null,
			"revoked": null,
			"last_used": "2026-09-28",
			"uses_after": 14,
			"limit_hours": 24,
		},
		facts,
	),
	"records": [fixture.source("/0"), fixture.source("row 8")],
	"severity": severity,
}

test_pass_replaced_exactly_at_the_limit_of_each_tier if {
	every tier, hours in data.params["repo-leak-revoked"].max_hours {
		in_time := object.union({"risk_tier": tier}, swapped(hours_later(seen, hours)))
		verdict == fixture.nothing with input as leaked(in_time)
		count(verdict.violations) == 1
			with input as leaked({"risk_tier": tier, "replaced": one_ms_later(hours_later(seen, hours))})
	}
}

test_pass_revoked_in_time_or_before if {
	verdict == fixture.nothing
		with input as leaked({"status": "revoked", "revoked": hours_later(seen, 24), "last_used": seen})
	verdict == fixture.nothing with input as leaked({
		"status": "inactive",
		"revoked": fixture.days_ago(100),
		"last_used": fixture.never,
	})
}

test_pass_unknown_tier_within_the_shorter_limit if {
	in_time := object.union({"risk_tier": null}, swapped(hours_later(seen, 24)))
	verdict == fixture.nothing with input as leaked(in_time)
}

test_pass_replaced_late_and_long_ago if {
	long_ago := {
		"first_seen": fixture.days_ago(500),
		"key": key(swapped(fixture.one_ms_older(fixture.days_ago(365)))),
	}
	verdict == fixture.nothing with input as repository(fixture.list([finding(long_ago)]), {})
	before := object.union(
		leaked(swapped(fixture.days_ago(80))),
		{"period": {"start_ms": fixture.days_ago(80).ms + 1}},
	)
	verdict == fixture.nothing with input as before
}

test_fail_late_within_the_period if {
	dossier := object.union(leaked({"replaced": fixture.days_ago(80)}), {"period": {"start_ms": fixture.days_ago(80).ms}})
	count(verdict.violations) == 1 with input as dossier
	long_period := object.union(leaked({}), {
		"period": {"start_ms": fixture.days_ago(800).ms},
		"findings": fixture.list([
			finding({"first_seen": fixture.days_ago(500), "key": key({"replaced": fixture.days_ago(400)})}),
		]),
	})
	count(verdict.violations) == 1 with input as long_period
	late := {"first_seen": fixture.days_ago(500), "key": key({"replaced": fixture.days_ago(365)})}
	count(verdict.violations) == 1 with input as repository(fixture.list([finding(late)]), {})
}

test_fail_neither_replaced_nor_revoked if {
	ending := concat(" ", [
		", and neither replaced nor revoked since; the limit is 24 hours; last used on 2026-09-28, uses since",
		"it was first seen: 14",
	])
	verdict == fixture.fails({violation(ending, {}, "critical")}) with input as leaked({})
	verdict == fixture.fails({violation(ending, {}, "critical")}) with input as leaked({"last_rotated": fixture.never})
	scheduled := {"revoked": fixture.days_ago(-1)}
	facts := {"revoked": "2026-10-01"}
	verdict == fixture.fails({violation(ending, facts, "critical")}) with input as leaked(scheduled)
}

test_fail_however_the_finding_is_closed if {
	every closed in [{"state": "resolved"}, {"state": "suppressed", "reason": "test fixture"}, {"state": null}] {
		dossier := repository(fixture.list([finding(object.union(closed, {"key": key({})}))]), {"in_scope": false})
		count(verdict.violations) == 1 with input as dossier
		verdict.not_applicable == set() with input as dossier
	}
}

test_fail_replaced_late if {
	ending := ", and replaced on 2026-07-04; the limit is 24 hours; last use not on record"
	facts := {"replaced": "2026-07-04", "last_used": null, "uses_after": null}
	dossier := leaked({"replaced": fixture.days_ago(88), "last_used": null, "uses_after": null})
	verdict == fixture.fails({violation(ending, facts, "critical")}) with input as dossier
}

test_fail_revoked_late if {
	ending := ", and revoked on 2026-07-04; the limit is 24 hours; never used, uses since it was first seen: 0"
	facts := {"revoked": "2026-07-04", "last_used": "never", "uses_after": 0}
	dossier := leaked({"status": "revoked", "revoked": fixture.days_ago(88), "last_used": fixture.never, "uses_after": 0})
	verdict == fixture.fails({violation(ending, facts, "critical")}) with input as dossier
}

test_fail_replaced_and_revoked_late if {
	ending := concat(" ", [
		", replaced on 2026-07-06 and revoked on 2026-07-07; the limit is 3 days; last used on 2026-07-02,",
		"uses since it was first seen: 0",
	])
	facts := {
		"replaced": "2026-07-06",
		"revoked": "2026-07-07",
		"risk_tier": "low",
		"limit_hours": 72,
		"last_used": "2026-07-02",
		"uses_after": 0,
	}
	dossier := leaked({
		"risk_tier": "low",
		"replaced": fixture.days_ago(86),
		"status": "revoked",
		"revoked": fixture.days_ago(85),
		"last_used": seen,
		"uses_after": 0,
	})
	verdict == fixture.fails({violation(ending, facts, "high")}) with input as dossier
}

test_fail_unknown_tier_beyond_the_longer_limit if {
	ending := concat(" ", [
		", and neither replaced nor revoked since; the limit is 3 days; last used on 2026-09-28, uses since",
		"it was first seen: 14",
	])
	facts := {"risk_tier": null, "limit_hours": 72}
	verdict == fixture.fails({violation(ending, facts, "critical")}) with input as leaked({"risk_tier": null})
}

test_fail_severity_follows_tier_and_use if {
	every case in [
		["critical", 0, "critical"],
		["high", null, "critical"],
		["medium", 1, "critical"],
		["medium", 0, "high"],
		["low", null, "high"],
	] {
		severities := {violation.severity | some violation in verdict.violations}
			with input as leaked({"risk_tier": case[0], "uses_after": case[1]})
		severities == {case[2]}
	}
}

test_fail_used_after_its_revocation if {
	expected := {{
		"message": concat(" ", [
			`the key "k1", found in the repository, was revoked on 2026-07-02 and has a later use on record, on`,
			`2026-09-28`,
		]),
		"facts": {
			"finding": "f1",
			"path": null,
			"line": 4,
			"key": "k1",
			"risk_tier": "high",
			"first_seen": "2026-07-02",
			"replaced": null,
			"old_revoked": null,
			"revoked": "2026-07-02",
			"last_used": "2026-09-28",
			"uses_after": 14,
		},
		"records": [fixture.source("/0"), fixture.source("row 8")],
	}}
	found := finding({"path": null, "key": key({"status": "revoked", "revoked": seen})})
	verdict == fixture.fails(expected) with input as repository(fixture.list([found]), {})
}

test_no_evidence_time_is_not_up if {
	expected := fixture.lacks({"findings.records.key.replaced (the time allowed is not over)"})
	recent := finding({"first_seen": fixture.days_ago(1), "key": key({})})
	verdict == expected with input as repository(fixture.list([recent]), {})
}

test_no_evidence_first_seen_unknown if {
	every first_seen, path in {
		null: "findings.records.first_seen",
		fixture.days_ago(-1): "findings.records.first_seen (after the as-of date)",
	} {
		found := finding({"first_seen": first_seen, "key": key({})})
		verdict == fixture.lacks({path}) with input as repository(fixture.list([found]), {})
	}
}

test_no_evidence_tier_unknown_between_the_limits if {
	between := {"risk_tier": null, "replaced": hours_later(seen, 48)}
	verdict == fixture.lacks({"findings.records.key.risk_tier"}) with input as leaked(between)
}

test_no_evidence_status_unknown if {
	verdict == fixture.lacks({"findings.records.key.status"}) with input as leaked({"status": null})
}

test_no_evidence_revocation_undecided if {
	expected := fixture.lacks({"findings.records.key.revoked (the status is active)"})
	verdict == expected with input as leaked({"revoked": hours_later(seen, 5)})
	verdict == fixture.lacks({"findings.records.key.revoked"}) with input as leaked({"status": "expired"})
}

test_no_evidence_replacement_undecided if {
	verdict == fixture.lacks({"findings.records.key.replaced"}) with input as leaked({"last_rotated": null})
	zone_unknown := {"replaced": object.union(hours_later(seen, 12), {"tolerance_ms": 93600000})}
	verdict == fixture.lacks({"findings.records.key.replaced (time zone unknown)"}) with input as leaked(zone_unknown)
}

test_no_evidence_secret_not_in_the_inventory if {
	expected := fixture.lacks({"findings.records.key (the secret is not in the inventory)"})
	every unexplained in [
		{"state": "open"},
		{"state": "resolved"},
		{"state": "suppressed", "reason": " "},
		{"state": "suppressed"},
	] {
		found := finding(object.union(unexplained, {"key": null}))
		verdict == expected with input as repository(fixture.list([found]), {})
	}
}

test_no_evidence_not_scanned if {
	expected := fixture.lacks({"repository.last_scanned"})
	verdict == expected with input as repository(fixture.list([]), {"last_scanned": fixture.never})
	history := fixture.lacks({"repository.full_history_scanned (the history has not been scanned)"})
	verdict == history with input as repository(fixture.list([]), {"full_history_scanned": false})
}

test_no_evidence_list_cut if {
	found := fixture.cut([finding({"key": key(swapped(seen))})])
	verdict == fixture.lacks({"findings.records (the list is cut)"}) with input as repository(found, {})
}

test_not_applicable_nothing_found if {
	expected := fixture.exempt({"no secret was found in the repository and its history"})
	verdict == expected with input as repository(fixture.list([]), {})
}

test_not_applicable_out_of_scope if {
	outcome := verdict with input as repository(fixture.list([]), {"in_scope": false, "last_scanned": null})
	outcome.not_applicable == {"the repository is out of scope of secret scanning, and no secret was found in it"}
}

test_not_applicable_all_dismissed if {
	reason := "every finding in the repository is suppressed with a reason, and none is known to be a key of the inventory"
	found := finding({"state": "suppressed", "reason": "test fixture", "key": null})
	verdict == fixture.exempt({reason}) with input as repository(fixture.list([found]), {})
	verdict.not_applicable == set() with input as repository(fixture.cut([found]), {})
}

# A secret replaced at 2 hours whose old copy worked until the 40th was not made worthless in time.
test_fail_old_secret_worked_on if {
	overlapped := {"replaced": hours_later(seen, 2), "old_revoked": hours_later(seen, 40)}
	said := {violation.message | some violation in verdict.violations} with input as leaked(overlapped)
	said == {concat(" ", [
		`the key "k1" was first seen in src/a.ts on 2026-07-02, 90 days before the as-of date, and replaced on`,
		"2026-07-03, and its old secret revoked on 2026-07-04 15:59:59 UTC; the limit is 24 hours; last used on",
		"2026-09-28, uses since it was first seen: 14",
	])}
	count(verdict.violations) == 1 with input as leaked(object.union(overlapped, {"old_revoked": fixture.never}))
}

test_no_evidence_old_secret_not_in_the_log if {
	path := "findings.records.key.old_revoked (no log tells when the old secret was revoked)"
	verdict == fixture.lacks({path}) with input as leaked({"replaced": hours_later(seen, 2)})
}

test_no_evidence_zone_of_the_old_secret_unknown if {
	ended := {"replaced": hours_later(seen, 2), "old_revoked": fixture.zone_unknown(89)}
	verdict == fixture.lacks({"findings.records.key.old_revoked (time zone unknown)"}) with input as leaked(ended)
}

test_pass_old_secret_revoked_exactly_at_the_limit if {
	ended := {"replaced": hours_later(seen, 2), "old_revoked": hours_later(seen, 24)}
	verdict == fixture.nothing with input as leaked(ended)
}

test_no_evidence_replaced_since_the_export_unknown if {
	verdict == fixture.lacks({fixture.export_of("findings.records.key.status", 95)})
		with input as leaked({"stated_until_ms": fixture.days_ago(95).ms})
	late := verdict with input as leaked({"stated_until_ms": fixture.days_ago(85).ms})
	count(late.violations) == 1
}
