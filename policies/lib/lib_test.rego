package lib.lib_test

import future.keywords.not

import data.lib.age
import data.lib.evidence
import data.lib.fixture_test as fixture
import data.lib.grant
import data.lib.rotation

as_of_ms := fixture.as_of.ms

test_known_values if {
	evidence.known("")
	evidence.known([])
	evidence.known(false)
	evidence.known(fixture.never)
	evidence.known(fixture.does_not_apply)
}

test_unknown_values if {
	not evidence.known(null)
	not evidence.known(input.absent) with input as {}
	not evidence.known(fixture.not_tracked)
}

test_list_cut_is_not_complete if {
	evidence.complete(fixture.list([1]))
	not evidence.complete(fixture.cut([1]))
	evidence.complete(object.union(fixture.cut([1]), {"open": 1}))
	not evidence.complete(object.union(fixture.cut([1]), {"open": 2}))
}

test_exactly_the_limit_is_within if {
	age.within(fixture.days_ago(30), as_of_ms, 30)
	not age.over(fixture.days_ago(30), as_of_ms, 30)
}

test_one_ms_more_is_over if {
	instant := fixture.one_ms_older(fixture.days_ago(30))
	age.over(instant, as_of_ms, 30)
	not age.within(instant, as_of_ms, 30)
}

test_date_without_time_counts_in_days if {
	age.within(fixture.day_ago(30), as_of_ms, 30)
	age.over(fixture.day_ago(31), as_of_ms, 30)
	not age.within(fixture.day_ago(31), as_of_ms, 30)
}

test_unknown_zone_at_the_limit_decides_nothing if {
	instant := fixture.zone_unknown(30)
	not age.within(instant, as_of_ms, 30)
	not age.over(instant, as_of_ms, 30)
	age.within(instant, as_of_ms, 31)
	age.over(instant, as_of_ms, 29)
}

test_future_is_neither_within_nor_over if {
	instant := fixture.days_ago(-1)
	age.after(instant, as_of_ms)
	not age.within(instant, as_of_ms, 30)
	not age.over(instant, as_of_ms, 30)
}

test_dates_that_are_not_known_hold_nothing if {
	every instant in [fixture.never, fixture.not_tracked, fixture.does_not_apply, null] {
		not age.within(instant, as_of_ms, 30)
		not age.over(instant, as_of_ms, 30)
		not age.after(instant, as_of_ms)
		not age.past(instant, as_of_ms)
	}
}

test_span_between_two_dates if {
	noon := fixture.days_ago(10)
	age.no_later_than(fixture.days_ago(9), noon, age.day_ms)
	not age.later_than(fixture.days_ago(9), noon, age.day_ms)
	age.later_than(fixture.days_ago(8), noon, age.day_ms)
	not age.no_later_than(fixture.days_ago(8), noon, age.day_ms)
}

test_span_between_two_days if {
	age.no_later_than(fixture.day_ago(9), fixture.day_ago(10), age.day_ms)
	age.later_than(fixture.day_ago(8), fixture.day_ago(10), age.day_ms)
}

test_span_from_an_unknown_zone_decides_nothing_near_the_limit if {
	departed := fixture.zone_unknown(10)
	rotated := fixture.days_ago(9)
	not age.later_than(rotated, departed, age.day_ms)
	not age.no_later_than(rotated, departed, age.day_ms)
	age.no_later_than(departed, rotated, 0)
	not age.no_later_than(fixture.zone_unknown(8), fixture.days_ago(10), 2 * age.day_ms)
	not age.later_than(fixture.zone_unknown(8), fixture.days_ago(10), 2 * age.day_ms)
}

test_day_is_that_of_the_source if {
	age.day(object.union(fixture.zone_unknown(10), {"day": "2026-09-21"})) == "2026-09-21"
	age.day(object.union(fixture.days_ago(10), {"day": null})) == age.date(fixture.days_ago(10).ms)
	age.day(fixture.days_ago(10)) == age.date(fixture.days_ago(10).ms)
}

test_date_is_a_calendar_date if {
	age.date(0) == "1970-01-01"
	age.date(951782400000) == "2000-02-29"
	age.date(1709164800000) == "2024-02-29"
	age.date(1767225599999) == "2025-12-31"
	age.date(1767225600000) == "2026-01-01"
	age.date(4107542400000) == "2100-03-01"
	age.date(-1) == "1969-12-31"
	age.date(-62135596800000) == "0001-01-01"
	age.date(253402300799999) == "9999-12-31"
}

test_description_counts_days if {
	age.describe(fixture.day_ago(61), as_of_ms) == "2026-07-31, 61 days before the as-of date"
	age.describe(
		fixture.one_ms_older(fixture.days_ago(60)),
		as_of_ms,
	) == "2026-08-01, more than 60 days before the as-of date"
}

test_undecided_date_says_why if {
	age.undecided("key.expires", fixture.days_ago(-1), as_of_ms) == "key.expires (after the as-of date)"
	age.undecided("key.expires", fixture.zone_unknown(3), as_of_ms) == "key.expires (time zone unknown)"
	age.undecided("key.expires", fixture.does_not_apply, as_of_ms) == "key.expires"
	older := "key.last_rotated (2026-09-27 or earlier: a renewal may keep the private key)"
	age.undecided("key.last_rotated", fixture.or_earlier(3), as_of_ms) == older
}

judged(instant) := found if {
	found := age.judge("vendor.reviewed_at", {"reviewed_at": instant}, 30) with input as fixture.dossier("vendor", {})
}

ending(instant) := found if {
	found := age.judge_end("vendor.contract_expires", {"contract_expires": instant})
		with input as fixture.dossier("vendor", {})
}

test_judged_against_a_limit if {
	judged(fixture.days_ago(30)) == {"is": "within"}
	judged(fixture.one_ms_older(fixture.days_ago(30))) == {"is": "over"}
	judged(fixture.never) == {"is": "never"}
}

test_judged_by_the_as_of_date if {
	ending(fixture.days_ago(0)) == {"is": "running"}
	ending(fixture.days_ago(-400)) == {"is": "running"}
	ending(fixture.one_ms_older(fixture.days_ago(0))) == {"is": "ended"}
	ending(fixture.never) == {"is": "never"}
}

test_what_cannot_be_judged_is_missing if {
	every instant in [null, fixture.not_tracked, fixture.does_not_apply] {
		judged(instant) == {"is": "unknown", "missing": "vendor.reviewed_at"}
		ending(instant) == {"is": "unknown", "missing": "vendor.contract_expires"}
	}
	judged(fixture.days_ago(-1)) == {"is": "unknown", "missing": "vendor.reviewed_at (after the as-of date)"}
	judged(fixture.zone_unknown(30)) == {"is": "unknown", "missing": "vendor.reviewed_at (time zone unknown)"}
	ending(fixture.zone_unknown(0)) == {"is": "unknown", "missing": "vendor.contract_expires (time zone unknown)"}
	outcome := age.judge("vendor.reviewed_at", {}, 30) with input as fixture.dossier("vendor", {})
	outcome == {"is": "unknown", "missing": "vendor.reviewed_at"}
	nothing := age.judge("vendor.reviewed_at", null, 30) with input as fixture.dossier("vendor", {})
	nothing == {"is": "unknown", "missing": "vendor.reviewed_at"}
}

step(name, fields) := object.union(
	{"step": name, "rotation_id": "r1", "at": fixture.days_ago(5), "status": "success"},
	fields,
)

test_replacements_are_completed_steps if {
	kept := [step("deployed", {}), step("rotated", {"status": null})]
	others := [step("generated", {}), step("revoked", {}), step("deployed", {"status": "failure"})]
	rotation.replacements(array.concat(kept, others)) == kept
}

test_step_rolled_back_later_is_no_replacement if {
	deployed := step("deployed", {})
	rotation.replacements([deployed, step("rolled-back", {"at": fixture.days_ago(4)})]) == []
	rotation.replacements([deployed, step("rolled-back", {"at": null})]) == []
}

test_step_after_a_failed_try_is_a_replacement if {
	deployed := step("deployed", {})
	rotation.replacements([deployed, step("failed", {"at": fixture.days_ago(6)})]) == [deployed]
	rotation.replacements([deployed, step("failed", {"rotation_id": "r2"})]) == [deployed]
	ungrouped := step("deployed", {"rotation_id": null})
	rotation.replacements([ungrouped, step("failed", {"rotation_id": null})]) == [ungrouped]
}

put_in_place(steps) := placed if {
	placed := rotation.put_in_place with input as {"rotations": fixture.list(steps)}
}

test_verification_replaces_nothing_that_was_in_place if {
	deployed := step("deployed", {})
	later := step("verified", {"at": fixture.days_ago(1)})
	put_in_place([later, deployed]) == [deployed]
	put_in_place([later]) == [later]
	earlier := step("verified", {"at": fixture.days_ago(6)})
	put_in_place([deployed, earlier]) == [deployed, earlier]
	elsewhere := object.union(later, {"rotation_id": "r2"})
	put_in_place([elsewhere, deployed]) == [elsewhere, deployed]
	failed := step("failed", {"at": fixture.days_ago(3)})
	put_in_place([later, failed, deployed]) == [later]
}

test_list_of_steps_is_whole_as_far_as_it_reaches if {
	start_ms := fixture.days_ago(30).ms
	rotation.whole_since(start_ms) with input as {"rotations": fixture.list([])}
	not rotation.whole_since(start_ms)
		with input as {"rotations": fixture.cut([step("deployed", {"at": fixture.days_ago(30)})])}
	older := step("deployed", {"at": fixture.one_ms_older(fixture.days_ago(30))})
	rotation.whole_since(start_ms) with input as {"rotations": fixture.cut([older])}
}

test_grant_in_force_unless_it_says_otherwise if {
	grant.in_force({}, as_of_ms)
	grant.in_force({"effect": "allow", "removed_at": fixture.never, "granted_at": fixture.days_ago(3)}, as_of_ms)
	grant.in_force({"removed_at": fixture.days_ago(-1)}, as_of_ms)
}

test_grant_denied_removed_or_future_is_not_in_force if {
	not grant.in_force({"effect": "deny"}, as_of_ms)
	not grant.in_force({"removed_at": fixture.days_ago(0)}, as_of_ms)
	not grant.in_force({"granted_at": fixture.days_ago(-1)}, as_of_ms)
}

held(fields) := object.union({"principal_id": "ines", "action": "read"}, fields)

test_grants_that_let_read_the_secret if {
	grants := [
		held({}),
		held({"action": "admin", "break_glass": false}),
		held({"break_glass": true}),
		held({"removed_at": fixture.days_ago(1)}),
		held({"action": "use"}),
		held({"action": null}),
	]
	dossier := fixture.key_dossier({"grants": fixture.list(grants)})
	grant.readers == array.slice(grants, 0, 2) with input as dossier
	grant.unstated == [held({"action": null})] with input as dossier
}

test_denial_cancels_the_same_right_of_the_same_holder if {
	denial := held({"effect": "deny"})
	dossier := fixture.key_dossier({
		"grants": fixture.list([denial, object.union(denial, {"removed_at": fixture.days_ago(1), "principal_id": "noor"})]),
	})
	grant.denied(held({})) with input as dossier
	not grant.denied(held({"action": "admin"})) with input as dossier
	not grant.denied(held({"principal_id": "tomas"})) with input as dossier
	not grant.denied(held({"principal_id": "noor"})) with input as dossier
}

test_denial_of_reading_takes_it_from_administration if {
	dossier := fixture.key_dossier({"grants": fixture.list([held({"action": "admin"}), held({"effect": "deny"})])})
	grant.unread(held({"action": "admin"})) with input as dossier
	not grant.unread(held({"action": "admin", "principal_id": "tomas"})) with input as dossier
	grant.readers == [] with input as dossier
}

test_grants_that_may_be_more_than_their_holders_have_say_why if {
	grants := [held({"over_approximation": ["b", "a"]}), held({"over_approximation": null}), held({})]
	grant.doubt(grants) == " (an over-approximation: a; b)"
	grant.doubted(grants) == {"over_approximation": ["a", "b"]}
	grant.doubt([held({})]) == ""
	grant.doubted([held({})]) == {}
}

test_holder_is_no_person_only_where_it_is_known if {
	grant.no_person({"principal": {"kind": "workload"}})
	not grant.no_person({"principal": {"kind": null}})
	not grant.no_person({"principal": null})
}

test_a_date_or_earlier_is_over_but_never_within if {
	age.over(fixture.or_earlier(61), as_of_ms, 60)
	not age.within(fixture.or_earlier(1), as_of_ms, 60)
	not age.open(fixture.zone_unknown(3))
	age.at_the_latest(fixture.or_earlier(3)).ms == fixture.days_ago(3).ms
	age.at_the_latest(fixture.day_ago(3)) == fixture.day_ago(3)
}
