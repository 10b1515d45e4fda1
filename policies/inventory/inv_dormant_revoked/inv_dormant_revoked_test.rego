package policies.inventory.inv_dormant_revoked_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.inv_dormant_revoked.verdict)

key(fields) := fixture.key_dossier({"key": object.union({"created": fixture.days_ago(400)}, fields), "events": null})

logged(dossier, last_used) := object.union(dossier, {"events": {"last_used": last_used}})

idle(date, text, days, limit, environment) := {{
	"message": sprintf("last used %s, %s before the as-of date; the limit is %d days", [date, text, limit]),
	"facts": {"last_used": date, "days": days, "limit_days": limit, "environment": environment},
	"records": [fixture.source("row 2")],
}}

test_pass_exactly_the_limit if verdict == fixture.nothing with input as key({"last_used": fixture.days_ago(60)})

test_pass_outside_production_has_longer if {
	verdict == fixture.nothing with input as key({"last_used": fixture.days_ago(90), "environment": "staging"})
}

test_pass_log_shows_later_use if {
	verdict == fixture.nothing with input as logged(key({"last_used": fixture.days_ago(200)}), fixture.days_ago(3))
	verdict == fixture.nothing with input as logged(key({"last_used": null}), fixture.days_ago(3))
}

test_pass_new_and_unused if {
	verdict == fixture.nothing with input as key({"last_used": fixture.never, "created": fixture.days_ago(30)})
}

test_fail_one_ms_over_the_limit if {
	dossier := key({"last_used": fixture.one_ms_older(fixture.days_ago(60))})
	verdict == fixture.fails(idle("2026-08-01", "more than 60 days", 60, 60, "production")) with input as dossier
}

test_fail_outside_production if {
	dossier := key({"last_used": fixture.day_ago(91), "environment": "test"})
	verdict == fixture.fails(idle("2026-07-01", "91 days", 91, 90, "test")) with input as dossier
}

test_fail_counts_from_the_newest_use if {
	dossier := logged(key({"last_used": fixture.day_ago(200)}), fixture.day_ago(61))
	verdict == fixture.fails(idle("2026-07-31", "61 days", 61, 60, "production")) with input as dossier
}

test_fail_never_used if {
	expected := {{
		"message": "never used since its creation on 2026-08-30, 31 days before the as-of date; the limit is 30 days",
		"facts": {"last_used": "never", "created": "2026-08-30", "limit_days": 30, "environment": "production"},
		"records": [fixture.source("row 2")],
	}}
	verdict == fixture.fails(expected) with input as key({"last_used": fixture.never, "created": fixture.day_ago(31)})
}

test_no_evidence_use_unknown if {
	verdict == fixture.lacks({"key.last_used"}) with input as key({})
	verdict == fixture.lacks({"key.last_used"}) with input as key({"last_used": fixture.not_tracked})
	verdict == fixture.lacks({"key.last_used"}) with input as logged(key({"last_used": null}), fixture.days_ago(300))
	verdict == fixture.lacks({"key.last_used"})
		with input as logged(key({"last_used": fixture.never}), fixture.days_ago(300))
}

test_no_evidence_creation_unknown if {
	verdict == fixture.lacks({"key.created"}) with input as key({"last_used": fixture.never, "created": null})
}

test_no_evidence_zone_unknown_or_future if {
	verdict == fixture.lacks({"key.last_used (time zone unknown)"})
		with input as key({"last_used": fixture.zone_unknown(60)})
	verdict == fixture.lacks({"key.last_used (after the as-of date)"})
		with input as key({"last_used": fixture.days_ago(-1)})
}

test_no_evidence_newer_use_in_an_unknown_zone if {
	dossier := logged(key({"last_used": fixture.days_ago(200)}), fixture.zone_unknown(60))
	count(verdict.violations) == 0 with input as dossier
	count(verdict.missing) == 1 with input as dossier
}

test_not_applicable_inactive if {
	verdict == fixture.exempt({"the key is inactive"})
		with input as key({"status": "inactive", "last_used": fixture.days_ago(1)})
}

# The export is 50 days old: what it says of use holds until then.
old(fields) := fixture.stated_until(key(fields), ["last_used"], 50)

test_no_evidence_use_since_the_export_unknown if {
	verdict == fixture.lacks({"key.last_used (by an export of 2026-08-11; nothing supplied covers the time since)"})
		with input as old({"last_used": fixture.days_ago(100)})
	verdict == fixture.lacks({fixture.export_of("key.last_used", 50)})
		with input as old({"last_used": fixture.days_ago(110)})
	verdict == fixture.lacks({fixture.export_of("key.last_used", 50)})
		with input as old({"last_used": fixture.never, "created": fixture.days_ago(80)})
}

test_fail_idle_when_the_export_was_taken if {
	expected := {{
		"message": "last used 2026-06-02, 70 days before the export of 2026-08-11; the limit is 60 days",
		"facts": {"last_used": "2026-06-02", "days": 70, "limit_days": 60, "environment": "production"},
		"records": [fixture.source("row 2")],
	}}
	verdict == fixture.fails(expected) with input as old({"last_used": fixture.day_ago(120)})
	unused := verdict with input as old({"last_used": fixture.never, "created": fixture.days_ago(81)})
	{violation.message | some violation in unused.violations} == {
		"never used since its creation on 2026-07-11 by an export of 2026-08-11; the limit is 30 days",
	}
}

test_pass_used_after_the_export if {
	verdict == fixture.nothing with input as logged(old({"last_used": fixture.days_ago(200)}), fixture.days_ago(3))
	verdict == fixture.nothing with input as old({"last_used": fixture.days_ago(55)})
}

rests_on contains violation.absent if some violation in data.keyproof.policy.inv_dormant_revoked.verdict.violations

test_rests_on_the_log_only_if_the_inventory_states_no_use if {
	dossier := logged(key({"last_used": fixture.day_ago(200)}), fixture.day_ago(61))
	rests_on == {["events"]} with input as object.union(dossier, {"filled_in": {"last_used": false}})
	rests_on == {[]} with input as object.union(dossier, {"filled_in": {"last_used": true}})
}
