package policies.inventory.inv_expiry_set_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.inv_expiry_set.verdict

key(fields) := fixture.key_dossier({"key": object.union(
	{
		"risk_tier": "high",
		"created": fixture.days_ago(100),
		"last_rotated": fixture.never,
		"expires": fixture.days_ago(-10),
	},
	fields,
)})

test_pass_exactly_the_limit if verdict == fixture.nothing with input as key({"expires": fixture.days_ago(-20)})

test_pass_counted_from_the_last_rotation if {
	verdict == fixture.nothing with input as key({"expires": fixture.days_ago(-110), "last_rotated": fixture.days_ago(10)})
}

test_pass_short_even_from_creation if verdict == fixture.nothing with input as key({"last_rotated": null})

test_pass_expires_on_the_as_of_date if verdict == fixture.nothing with input as key({"expires": fixture.day_ago(0)})

test_fail_one_ms_over_the_limit if {
	created := fixture.one_ms_older(fixture.days_ago(100))
	expected := {{
		"message": "issued on 2026-06-22 and expires on 2026-10-20; the limit for a high-tier key is 120 days",
		"facts": {"issued": "2026-06-22", "expires": "2026-10-20", "risk_tier": "high", "limit_days": 120},
		"records": [fixture.source("row 2")],
	}}
	verdict == fixture.fails(expected) with input as key({"created": created, "expires": fixture.days_ago(-20)})
}

test_fail_never_expires if {
	expected := {{
		"message": "the key never expires",
		"facts": {"expires": "never"},
		"records": [fixture.source("row 2")],
	}}
	verdict == fixture.fails(expected) with input as key({"expires": fixture.never})
}

test_fail_critical_expired_and_active if {
	expected := {{
		"message": "expired on 2026-09-29, 1 day before the as-of date, and is still active",
		"facts": {"expires": "2026-09-29", "status": "active"},
		"records": [fixture.source("row 2")],
		"severity": "critical",
	}}
	verdict == fixture.fails(expected) with input as key({"expires": fixture.day_ago(1)})
}

test_no_evidence_expiry_unknown if {
	verdict == fixture.lacks({"key.expires"}) with input as key({"expires": null})
	verdict == fixture.lacks({"key.expires"}) with input as key({"expires": fixture.does_not_apply})
}

test_no_evidence_issue_unknown if {
	late := {"expires": fixture.days_ago(-110)}
	verdict == fixture.lacks({"key.last_rotated"}) with input as key(object.union(late, {"last_rotated": null}))
	verdict == fixture.lacks({"key.created"}) with input as key(object.union(late, {"created": null}))
	rotated := object.union(late, {"last_rotated": fixture.days_ago(-1)})
	verdict == fixture.lacks({"key.last_rotated (after the as-of date)"}) with input as key(rotated)
}

test_not_applicable_states if {
	verdict == fixture.exempt({"the key has expired"}) with input as key({"status": "expired"})
	verdict == fixture.exempt({"the key belongs to staging"}) with input as key({"environment": "staging"})
}

test_elements if {
	fixture.failed(said) == {"expiry"} with input as key({"expires": fixture.never})
	fixture.failed(said) == {"enforced"} with input as key({"expires": fixture.days_ago(1)})
	fixture.failed(said) == {"lifetime"} with input as key({"expires": fixture.days_ago(-30)})
	fixture.lacking(said) == {"lifetime"} with input as key({"expires": fixture.days_ago(-30), "last_rotated": null})
}

test_what_never_expires_has_no_end_to_judge if {
	outcome := said with input as key({"expires": fixture.never})
	{reason.elements | some reason in outcome.not_applicable} == {["enforced", "lifetime"]}
}

test_no_evidence_expired_after_the_export if {
	after := fixture.stated_until(key({"expires": fixture.days_ago(10)}), ["status"], 50)
	fixture.lacking(said) == {"enforced"} with input as after
	verdict == fixture.lacks({fixture.export_of("key.status", 50)}) with input as after
	before := fixture.stated_until(key({"expires": fixture.days_ago(51)}), ["status"], 50)
	fixture.failed(said) == {"enforced"} with input as before
}
