package policies.vendor.vendor_access_offboarded_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.vendor_access_offboarded.verdict

vendor(fields, keys) := fixture.dossier("vendor", {
	"vendor": object.union({"vendor_id": "ostmark", "source": fixture.source("row 8")}, fields),
	"keys": keys,
})

ended(at, keys) := vendor({"status": "terminated", "terminated_at": at}, keys)

running(reviewed_at) := vendor({"status": "active", "reviewed_at": reviewed_at}, fixture.list([]))

key(fields) := object.union({"key_id": "k1", "status": "active", "source": fixture.source("row 2")}, fields)

violation(message, facts, records) := {
	"message": message,
	"facts": facts,
	"records": [fixture.source(record) | some record in records],
}

test_pass_revoked_exactly_24_hours_later if {
	keys := fixture.list([key({"status": "revoked", "revoked": fixture.days_ago(19)}), key({"status": "expired"})])
	verdict == fixture.nothing with input as ended(fixture.days_ago(20), keys)
}

test_pass_no_keys if verdict == fixture.nothing with input as ended(fixture.days_ago(20), fixture.list([]))

test_no_evidence_time_not_up if {
	expected := fixture.lacks({"keys.records.revoked (the time allowed is not over)"})
	verdict == expected with input as ended(fixture.days_ago(1), fixture.list([key({})]))
}

test_pass_reviewed_exactly_at_the_limit if verdict == fixture.nothing with input as running(fixture.days_ago(365))

test_fail_key_still_active if {
	expected := {violation(
		concat(" ", [
			"the relationship ended on 2026-09-10, 20 days before the as-of date, and the key k1 is still active;",
			"the limit is 24 hours",
		]),
		{"terminated": "2026-09-10", "key": "k1", "status": "active", "limit_hours": 24},
		["row 8", "row 2"],
	)}
	verdict == fixture.fails(expected) with input as ended(fixture.days_ago(20), fixture.list([key({})]))
}

test_fail_revoked_one_ms_late if {
	expected := {violation(
		"the relationship ended on 2026-09-10 and the key k1 was revoked on 2026-09-11; the limit is 24 hours",
		{"terminated": "2026-09-10", "key": "k1", "revoked": "2026-09-11", "limit_hours": 24},
		["row 8", "row 2"],
	)}
	keys := fixture.list([key({"status": "revoked", "revoked": fixture.days_ago(19)})])
	verdict == fixture.fails(expected) with input as ended(fixture.one_ms_older(fixture.days_ago(20)), keys)
}

test_fail_review_overdue if {
	expected := {violation(
		"last reviewed on 2025-09-29, 366 days before the as-of date; the limit is 365 days",
		{"reviewed": "2025-09-29", "days": 366, "limit_days": 365},
		["row 8"],
	)}
	verdict == fixture.fails(expected) with input as running(fixture.day_ago(366))
}

test_fail_never_reviewed if {
	expected := {violation("the vendor has never been reviewed", {"reviewed": "never", "limit_days": 365}, ["row 8"])}
	verdict == fixture.fails(expected) with input as running(fixture.never)
	taken_on := vendor({"status": "onboarding", "reviewed_at": fixture.never}, fixture.list([key({})]))
	verdict == fixture.fails(expected) with input as taken_on
}

test_no_evidence_end_unknown if {
	verdict == fixture.lacks({"vendor.terminated_at"}) with input as ended(null, fixture.list([]))
}

test_no_evidence_no_inventory if verdict == fixture.lacks({"keys"}) with input as ended(fixture.days_ago(20), null)

test_no_evidence_keys_not_described if {
	verdict == fixture.lacks({"keys.records.status"})
		with input as ended(fixture.days_ago(20), fixture.list([key({"status": null, "revoked": fixture.days_ago(20)})]))
	inactive := key({"status": "inactive"})
	verdict == fixture.lacks({"keys.records.revoked"}) with input as ended(fixture.days_ago(20), fixture.list([inactive]))
}

test_no_evidence_list_cut if {
	expected := fixture.lacks({"keys.records (the list is cut)"})
	verdict == expected with input as ended(fixture.days_ago(20), fixture.cut([key({"status": "expired"})]))
}

test_no_evidence_review_decides_nothing if {
	verdict == fixture.lacks({"vendor.reviewed_at"}) with input as running(null)
	verdict == fixture.lacks({"vendor.reviewed_at (after the as-of date)"}) with input as running(fixture.days_ago(-1))
	verdict == fixture.lacks({"vendor.reviewed_at (time zone unknown)"}) with input as running(fixture.zone_unknown(365))
}

test_not_applicable_ends_later if {
	expected := fixture.exempt({"the relationship ends after the as-of date"})
	outcome := verdict with input as ended(fixture.days_ago(-1), fixture.list([key({})]))
	outcome.not_applicable == expected.not_applicable
	outcome.violations == set()
}

test_not_applicable_onboarding_without_keys if {
	expected := fixture.exempt({"the vendor is being taken on and has no access to end"})
	verdict == expected with input as vendor({"status": "onboarding"}, fixture.list([]))
}

test_elements if {
	fixture.failed(said) == {"keys"} with input as ended(fixture.days_ago(20), fixture.list([key({})]))
	fixture.failed(said) == {"reviewed"} with input as running(fixture.never)
	fixture.lacking(said) == {"keys"} with input as ended(fixture.days_ago(20), fixture.list([key({"status": null})]))
	fixture.lacking(said) == {"reviewed", "review"} with input as running(fixture.not_tracked)
}

test_each_element_concerns_one_state_of_the_relationship if {
	over := said with input as ended(fixture.days_ago(20), fixture.list([]))
	{reason.elements | some reason in over.not_applicable} == {["reviewed", "review"]}
	going_on := said with input as running(fixture.days_ago(3))
	{reason.elements | some reason in going_on.not_applicable} == {["keys"]}
}

test_no_evidence_export_of_keys_is_older if {
	old := fixture.list([key({"stated_until_ms": fixture.days_ago(50).ms})])
	verdict == fixture.lacks({fixture.export_of("keys.records.status", 50)}) with input as ended(fixture.days_ago(20), old)
	newer := fixture.list([key({"stated_until_ms": fixture.days_ago(5).ms})])
	fixture.failed(said) == {"keys"} with input as ended(fixture.days_ago(20), newer)
}
