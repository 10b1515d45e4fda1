package policies.rotation.rotation_max_age_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.rotation_max_age.verdict)

key(fields) := fixture.key_dossier({"key": object.union({"risk_tier": "high"}, fields), "rotations": null})

log(dossier, steps) := object.union(dossier, {"rotations": fixture.list(steps)})

rotated(at) := {"step": "rotated", "rotation_id": "r1", "at": at, "source": fixture.source("line 5")}

old(message, facts, records, tier) := {{"message": message, "facts": facts, "records": records, "severity": tier}}

test_pass_exactly_the_limit_of_each_tier if {
	every tier, limit in data.params["rotation-max-age"].max_age_days {
		verdict == fixture.nothing with input as key({"risk_tier": tier, "last_rotated": fixture.days_ago(limit)})
	}
}

test_fail_one_ms_over_the_limit_of_each_tier if {
	every tier, limit in data.params["rotation-max-age"].max_age_days {
		dossier := key({"risk_tier": tier, "last_rotated": fixture.one_ms_older(fixture.days_ago(limit))})
		severities := {violation.severity | some violation in verdict.violations} with input as dossier
		severities == {tier}
	}
}

test_fail_with_the_values_that_decide if {
	expected := old(
		"last rotated 2026-01-02, 271 days before the as-of date; the limit for a high-tier key is 60 days",
		{"last_rotated": "2026-01-02", "age_days": 271, "risk_tier": "high", "limit_days": 60},
		[fixture.source("row 2")],
		"high",
	)
	verdict == fixture.fails(expected) with input as key({"last_rotated": fixture.day_ago(271)})
}

test_pass_log_is_newer if {
	dossier := log(key({"last_rotated": fixture.days_ago(271)}), [rotated(fixture.days_ago(5))])
	verdict == fixture.nothing with input as dossier
	verdict == fixture.nothing with input as log(key({}), [rotated(fixture.days_ago(5))])
}

test_fail_log_is_newer_and_still_old if {
	expected := old(
		"last rotated 2026-07-31, 61 days before the as-of date; the limit for a high-tier key is 60 days",
		{"last_rotated": "2026-07-31", "age_days": 61, "risk_tier": "high", "limit_days": 60},
		[fixture.source("row 2"), fixture.source("line 5")],
		"high",
	)
	dossier := log(key({"last_rotated": fixture.day_ago(271)}), [rotated(fixture.day_ago(61))])
	verdict == fixture.fails(expected) with input as dossier
}

test_fail_rotation_after_the_as_of_date_does_not_help if {
	dossier := log(key({"last_rotated": fixture.day_ago(271)}), [rotated(fixture.days_ago(-2))])
	count(verdict.violations) == 1 with input as dossier
}

test_fail_never_rotated if {
	expected := old(
		concat(" ", [
			"never rotated since its creation on 2026-07-31, 61 days before the as-of date; the limit for a",
			"high-tier key is 60 days",
		]),
		{"last_rotated": "2026-07-31", "age_days": 61, "risk_tier": "high", "limit_days": 60},
		[fixture.source("row 2")],
		"high",
	)
	verdict == fixture.fails(expected) with input as key({"last_rotated": fixture.never, "created": fixture.day_ago(61)})
}

test_pass_never_rotated_and_young if {
	verdict == fixture.nothing with input as key({"last_rotated": fixture.never, "created": fixture.day_ago(60)})
}

test_no_evidence_date_unknown if {
	verdict == fixture.lacks({"key.last_rotated"}) with input as key({})
	verdict == fixture.lacks({"key.last_rotated"}) with input as key({"last_rotated": fixture.not_tracked})
	verdict == fixture.lacks({"key.last_rotated"}) with input as log(key({}), [rotated(fixture.days_ago(300))])
}

test_no_evidence_future_or_zone_unknown if {
	verdict == fixture.lacks({"key.last_rotated (after the as-of date)"})
		with input as key({"last_rotated": fixture.days_ago(-1)})
	verdict == fixture.lacks({"key.last_rotated (time zone unknown)"})
		with input as key({"last_rotated": fixture.zone_unknown(60)})
}

test_no_evidence_creation_unknown if {
	verdict == fixture.lacks({"key.created"}) with input as key({"last_rotated": fixture.never})
	verdict == fixture.lacks({"key.created (after the as-of date)"}) with input as key({
		"last_rotated": fixture.never,
		"created": fixture.days_ago(-1),
	})
}

test_no_evidence_a_logged_rotation_has_no_date if {
	dossier := log(key({"last_rotated": fixture.days_ago(271)}), [rotated(null)])
	verdict == fixture.lacks({"rotations.records.at"}) with input as dossier
}

test_no_evidence_no_limit_for_the_tier if {
	expected := fixture.lacks({"key.risk_tier (no limit is set for this tier)"})
	verdict == expected with input as key({"last_rotated": fixture.days_ago(300)})
		with data.params as {"rotation-max-age": {"max_age_days": {"low": 180}}}
}

test_not_applicable_every_state_but_active if {
	every status, reason in {
		"inactive": "the key is inactive",
		"revoked": "the key is revoked",
		"expired": "the key has expired",
		"pending-deletion": "the key is pending deletion",
		"destroyed": "the key is destroyed",
	} {
		verdict == fixture.exempt({reason}) with input as key({"status": status, "last_rotated": fixture.days_ago(1)})
	}
}

quarter(fields, steps) := object.union(
	log(key(fields), steps),
	{"period": {"start_ms": 1782864000000, "end_ms": fixture.as_of.ms}},
)

test_pass_within_the_limit_throughout_the_period if {
	steps := [rotated(fixture.days_ago(days)) | some days in [5, 65, 125]]
	verdict == fixture.nothing with input as quarter({"last_rotated": fixture.days_ago(5)}, steps)
}

test_fail_days_out_of_tolerance_in_the_period if {
	steps := [rotated(fixture.day_ago(days)) | some days in [5, 80]]
	expected := {{
		"message": "older than the limit of 60 days on 14 days of the period: 2026-09-11 to 2026-09-24",
		"facts": {
			"days_out_of_tolerance": 14,
			"intervals": ["2026-09-11 to 2026-09-24"],
			"risk_tier": "high",
			"limit_days": 60,
		},
		"records": [fixture.source("row 2"), fixture.source("line 5"), fixture.source("line 5")],
		"severity": "high",
	}}
	verdict == fixture.fails(expected) with input as quarter(
		{"last_rotated": fixture.day_ago(5), "created": fixture.day_ago(130)},
		steps,
	)
}

test_no_evidence_nothing_known_from_before_the_period if {
	expected := fixture.lacks({"rotations.records (no replacement known from before the period)"})
	steps := [rotated(fixture.days_ago(5))]
	verdict == expected with input as quarter({"last_rotated": fixture.days_ago(5)}, steps)
	verdict == expected
		with input as quarter({"last_rotated": fixture.days_ago(5), "created": fixture.days_ago(500)}, steps)
}

test_pass_created_in_the_period if {
	steps := [rotated(fixture.days_ago(5))]
	verdict == fixture.nothing
		with input as quarter({"last_rotated": fixture.days_ago(5), "created": fixture.days_ago(50)}, steps)
	young := {"last_rotated": fixture.never, "created": fixture.days_ago(50)}
	verdict == fixture.nothing with input as quarter(young, [])
}

test_fail_created_in_the_period_and_replaced_late if {
	violations := verdict.violations with input as quarter(
		{"last_rotated": fixture.days_ago(1), "created": fixture.days_ago(91), "risk_tier": "critical"},
		[rotated(fixture.days_ago(40))],
	)
	{violation.facts.days_out_of_tolerance | some violation in violations} == {9}
}

test_only_the_end_counts_without_a_period if {
	steps := [rotated(fixture.day_ago(days)) | some days in [5, 80]]
	verdict == fixture.nothing with input as log(key({"last_rotated": fixture.day_ago(5)}), steps)
}

test_fail_private_key_at_least_as_old_as_its_certificate if {
	expected := old(
		"not replaced since at least 2026-07-31, 61 days before the as-of date; the limit for a high-tier key is 60 days",
		{"last_rotated": "2026-07-31", "age_days": 61, "risk_tier": "high", "limit_days": 60},
		[fixture.source("row 2")],
		"high",
	)
	verdict == fixture.fails(expected) with input as key({"last_rotated": fixture.or_earlier(61)})
}

test_no_evidence_a_young_certificate_may_have_an_old_key if {
	expected := "key.last_rotated (2026-09-25 or earlier: a renewal may keep the private key)"
	verdict == fixture.lacks({expected}) with input as key({"last_rotated": fixture.or_earlier(5)})
}

test_pass_log_shows_a_replacement_of_the_private_key if {
	dossier := log(key({"last_rotated": fixture.or_earlier(5)}), [rotated(fixture.days_ago(5))])
	verdict == fixture.nothing with input as dossier
}

test_no_evidence_private_key_at_the_beginning_of_the_period if {
	expected := fixture.lacks({"rotations.records (no replacement known from before the period)"})
	fields := {"last_rotated": fixture.or_earlier(95), "created": fixture.days_ago(95)}
	verdict == expected with input as quarter(fields, [rotated(fixture.days_ago(50))])
}

test_no_evidence_rotated_since_the_export_unknown if {
	stale := fixture.stated_until(key({"last_rotated": fixture.days_ago(100)}), ["last_rotated"], 50)
	verdict == fixture.lacks({fixture.export_of("key.last_rotated", 50)}) with input as stale
	never := fixture.stated_until(
		key({"last_rotated": fixture.never, "created": fixture.days_ago(100)}),
		["last_rotated"],
		50,
	)
	verdict == fixture.lacks({fixture.export_of("key.last_rotated", 50)}) with input as never
}

test_fail_too_old_when_the_export_was_taken if {
	late := fixture.stated_until(key({"last_rotated": fixture.day_ago(120)}), ["last_rotated"], 50)
	expected := old(
		concat(" ", [
			"last rotated 2026-06-02, 70 days before the export of 2026-08-11;",
			"the limit for a high-tier key is 60 days",
		]),
		{"last_rotated": "2026-06-02", "age_days": 70, "risk_tier": "high", "limit_days": 60},
		[fixture.source("row 2")],
		"high",
	)
	verdict == fixture.fails(expected) with input as late
}

# Of the days of the period after the export nothing is claimed.
test_days_out_of_tolerance_end_with_the_export if {
	audited := object.union(
		key({"last_rotated": fixture.days_ago(70)}),
		{"period": {"start_ms": fixture.days_ago(90).ms, "end_ms": fixture.as_of.ms}},
	)
	part := verdict with input as fixture.stated_until(audited, ["last_rotated"], 5)
	{violation.facts.days_out_of_tolerance | some violation in part.violations} == {5}
	whole := verdict with input as audited
	{violation.facts.days_out_of_tolerance | some violation in whole.violations} == {10}
}
