package policies.rotation.rotation_old_revoked_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.rotation_old_revoked.verdict

key(steps) := fixture.key_dossier({"key": {"last_rotated": fixture.days_ago(9)}, "rotations": fixture.list(steps)})

step(name, at) := {"step": name, "rotation_id": "r1", "at": at, "status": "success", "source": fixture.source(name)}

deployed := step("deployed", fixture.days_ago(10))

late(message, revoked, records) := {{
	"message": message,
	"facts": {"rotation": "r1", "in_place": "2026-09-20", "revoked": revoked, "grace_hours": 48},
	"records": records,
}}

test_pass_revoked_exactly_at_the_end_of_the_window if {
	verdict == fixture.nothing with input as key([step("revoked", fixture.days_ago(8)), deployed])
}

test_pass_window_still_open if verdict == fixture.nothing with input as key([step("deployed", fixture.days_ago(2))])

test_fail_revoked_one_ms_late if {
	expected := late(
		"the rotation put in place on 2026-09-20 revoked the old secret on 2026-09-22; the window is 2 days",
		"2026-09-22",
		[fixture.source("deployed"), fixture.source("revoked")],
	)
	first := object.union(deployed, {"at": fixture.one_ms_older(fixture.days_ago(10))})
	verdict == fixture.fails(expected) with input as key([step("revoked", fixture.days_ago(8)), first])
}

test_fail_never_revoked if {
	expected := late(
		concat(" ", [
			"the old secret was not revoked after the rotation put in place on 2026-09-20, 10 days before the as-of",
			"date; the window is 2 days",
		]),
		null,
		[fixture.source("deployed")],
	)
	untimed := object.union(fixture.fails(expected), {"missing": {"rotations.records (no revoked step)"}})
	verdict == untimed with input as key([step("verified", fixture.days_ago(9)), deployed])
	failed := object.union(step("revoked", fixture.days_ago(9)), {"status": "failure"})
	verdict == untimed with input as key([failed, deployed])
}

in_a_later_period(steps) := object.union(
	key(steps),
	{"period": {"start_ms": fixture.days_ago(5).ms, "end_ms": fixture.as_of.ms}},
)

test_fail_rotated_before_the_period_and_never_revoked if {
	verdict.not_applicable == set() with input as in_a_later_period([deployed])
	count(verdict.violations) == 1 with input as in_a_later_period([deployed])
	revoked_late := in_a_later_period([step("revoked", fixture.days_ago(3)), deployed])
	count(verdict.violations) == 1 with input as revoked_late
}

test_not_applicable_old_secret_gone_before_the_period if {
	reasons := verdict.not_applicable with input as in_a_later_period([step("revoked", fixture.days_ago(6)), deployed])
	reasons == {"the key was last rotated before the period"}
	reported := object.union(step("rotated", fixture.days_ago(10)), {"rotation_id": "r2"})
	same_reasons := verdict.not_applicable with input as in_a_later_period([reported])
	same_reasons == reasons
}

test_fail_revocation_of_another_rotation_does_not_count if {
	other := object.union(step("revoked", fixture.days_ago(9)), {"rotation_id": "r2"})
	later := step("revoked", fixture.days_ago(-1))
	count(verdict.violations) == 1 with input as key([later, other, deployed])
}

test_no_evidence_revocation_that_may_be_of_this_rotation if {
	expected := fixture.lacks({"rotations.records (no revoked step)"})
	loose := object.union(step("revoked", fixture.days_ago(9)), {"rotation_id": null})
	verdict == expected with input as key([loose, deployed])
	verdict == expected with input as key([step("revoked", null), deployed])
}

test_fail_used_after_revocation if {
	dossier := fixture.key_dossier({"key": {"status": "revoked"}, "rotations": null, "events": {"after_revocation": 3}})
	expected := {{
		"message": "the log shows 3 uses of the key after it was revoked",
		"facts": {"events_after_revocation": 3},
		"records": [fixture.source("row 2")],
	}}
	verdict == fixture.fails(expected) with input as dossier
}

test_violations_name_their_element if {
	late_revocation := [step("revoked", fixture.days_ago(7)), deployed]
	fixture.failed(said) == {"window"} with input as key(late_revocation)
	fixture.lacking(said) == set() with input as key(late_revocation)
	fixture.failed(said) == {"ended"} with input as key([deployed])
	fixture.lacking(said) == {"window"} with input as key([deployed])
	used := {"key": {"status": "revoked"}, "events": {"after_revocation": 3}}
	fixture.failed(said) == {"use"} with input as fixture.key_dossier(used)
}

test_elements_that_do_not_concern_the_status if {
	active := {one.reason: one.elements | some one in said.not_applicable} with input as key([])
	active == {"the key is active": ["use"]}
	dossier := fixture.key_dossier({"key": {"status": "revoked"}, "events": {"after_revocation": 0}})
	revoked := {one.reason: one.elements | some one in said.not_applicable} with input as dossier
	revoked == {"the key is revoked": ["ended", "window"]}
}

test_pass_not_used_after_revocation if {
	dossier := fixture.key_dossier({"key": {"status": "revoked"}, "rotations": null, "events": {"after_revocation": 0}})
	verdict == fixture.nothing with input as dossier
}

test_no_evidence_revoked_key_without_log if {
	dossier := fixture.key_dossier({"key": {"status": "revoked"}, "rotations": null, "events": null})
	verdict == fixture.lacks({"events"}) with input as dossier
}

test_no_evidence_log_without_revocations if {
	expected := fixture.lacks({"rotations.records (no revoked step)"})
	verdict == expected with input as key([step("rotated", fixture.days_ago(10))])
}

test_no_evidence_revocation_in_an_unknown_zone if {
	expected := fixture.lacks({"rotations.records (no revoked step)"})
	verdict == expected
		with input as key([step("revoked", fixture.zone_unknown(8)), step("rotated", fixture.days_ago(10))])
}

test_no_evidence_no_rotation_in_the_log if {
	verdict == fixture.lacks({"rotations.records (no rotation of this key)"}) with input as key([])
	verdict == fixture.lacks({"rotations.records (no rotation of this key)"})
		with input as key([step("deployed", fixture.days_ago(-1))])
}

test_not_applicable_rotated_before_the_period if {
	period := {"start_ms": fixture.days_ago(5).ms, "end_ms": fixture.as_of.ms}
	outcome := verdict with input as object.union(key([step("rotated", fixture.days_ago(10))]), {"period": period})
	outcome.not_applicable == {"the key was last rotated before the period"}
	outcome.violations == set()
}

test_no_evidence_rotation_before_the_period_only if {
	period := {"start_ms": fixture.days_ago(9).ms, "end_ms": fixture.as_of.ms}
	dossier := object.union(key([step("rotated", fixture.days_ago(10))]), {"period": period})
	verdict == fixture.lacks({"rotations.records (no rotation of this key)"}) with input as dossier
}

test_no_evidence_steps_not_grouped if {
	loose := object.union(deployed, {"rotation_id": null})
	verdict == fixture.lacks({"rotations.records.rotation_id"}) with input as key([loose])
}

test_no_evidence_step_without_date if {
	verdict == fixture.lacks({"rotations.records.at"}) with input as key([object.union(deployed, {"at": null})])
}

test_no_evidence_list_cut if {
	dossier := object.union(key([]), {"rotations": fixture.cut([step("revoked", fixture.days_ago(9)), deployed])})
	verdict == fixture.lacks({"rotations.records (the list is cut)"}) with input as dossier
}

test_not_applicable_never_rotated if {
	expected := fixture.exempt({"the key has never been rotated"})
	outcome := verdict with input as object.union(key([]), {"key": {"last_rotated": fixture.never}})
	outcome.not_applicable == expected.not_applicable
	outcome.violations == set()
}

test_not_applicable_expired if {
	verdict == fixture.exempt({"the key has expired"})
		with input as object.union(key([deployed]), {"key": {"status": "expired"}})
}
