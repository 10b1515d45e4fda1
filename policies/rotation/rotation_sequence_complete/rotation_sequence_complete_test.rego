package policies.rotation.rotation_sequence_complete_test

import data.lib.age
import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.rotation_sequence_complete.verdict

step(name, at) := {"step": name, "rotation_id": "r1", "at": at, "status": "success", "source": fixture.source(name)}

minutes(number) := object.union(
	fixture.days_ago(10),
	{"ms": (fixture.days_ago(10).ms - (12 * age.hour_ms)) + (number * 60000)},
)

order := ["generated", "stored", "deployed", "verified", "revoked", "logged"]

complete := [step(name, minutes(n)) | some n, name in order]

without(names) := [one | some one in complete; not one.step in names]

changed(name, fields) := [object.union(one, extra) |
	some one in complete
	extra := {true: fields, false: {}}[one.step == name]
]

key(steps) := fixture.key_dossier({"key": {"last_rotated": fixture.days_ago(10)}, "rotations": fixture.list(steps)})

lacks(names) := {{
	"message": sprintf(
		"the log of the rotation r1, begun on 2026-09-20, shows no successful step %s",
		[concat(", ", names)],
	),
	"facts": {"rotation": "r1", "begun": "2026-09-20", "lacking": names},
	"records": [fixture.source(name) | some name in sort([one | some one in order; not one in names])],
}}

# The records of a violation, in any order.
sorted(outcome) := object.union(outcome, {"violations": {object.union(one, {"records": sort(one.records)}) |
	some one in outcome.violations
}})

test_pass_all_six_in_order if verdict == fixture.nothing with input as key(complete)

test_pass_all_six_at_the_same_moment if {
	verdict == fixture.nothing with input as key([step(name, fixture.days_ago(10)) | some name in order])
	verdict == fixture.nothing with input as key([step(name, fixture.day_ago(10)) | some name in order])
}

test_pass_first_success_counts_and_last_log_entry if {
	again := array.concat(
		[step("verified", minutes(20)), step("logged", minutes(0))],
		[object.union(step("verified", minutes(2)), {"status": "failure"})],
	)
	verdict == fixture.nothing with input as key(array.concat(complete, again))
}

test_pass_complete_within_the_window if {
	young := [object.union(one, {"at": fixture.days_ago(1)}) | some one in complete]
	verdict == fixture.nothing with input as key(young)
}

test_fail_each_step_that_lacks if {
	every name in order {
		sorted(verdict) == fixture.fails(lacks([name])) with input as key(without([name]))
	}
	sorted(verdict) == fixture.fails(lacks(["stored", "logged"])) with input as key(without(["stored", "logged"]))
}

test_fail_step_that_failed_or_comes_after_the_as_of_date if {
	sorted(verdict) == fixture.fails(lacks(["logged"])) with input as key(changed("logged", {"status": "failure"}))
	sorted(verdict) == fixture.fails(lacks(["logged"])) with input as key(changed("logged", {"at": fixture.days_ago(-1)}))
	sorted(verdict) == fixture.fails(lacks(["verified"])) with input as key(changed("verified", {"status": "failure"}))
}

test_fail_step_out_of_order if {
	expected := {{
		"message": concat(" ", [
			"in the rotation r1 the step revoked (2026-09-20 11:58:59 UTC) came before verified (2026-09-20",
			"12:02:59 UTC)",
		]),
		"facts": {
			"rotation": "r1",
			"step": "revoked",
			"at": "2026-09-20 11:58:59 UTC",
			"must_follow": "verified",
			"followed_at": "2026-09-20 12:02:59 UTC",
		},
		"records": [fixture.source("revoked"), fixture.source("verified")],
	}}
	verdict == fixture.fails(expected) with input as key(changed("revoked", {"at": minutes(-1)}))
}

test_fail_each_step_one_ms_before_the_one_before if {
	every n in numbers.range(1, 5) {
		early := changed(order[n], {"at": fixture.one_ms_older(minutes(n - 1))})
		facts := [violation.facts | some violation in verdict.violations] with input as key(early)
		[[one.step, one.must_follow] | some one in facts] == [[order[n], order[n - 1]]]
	}
}

test_fail_out_of_order_within_the_window if {
	steps := [step("deployed", fixture.days_ago(2)), step("generated", fixture.days_ago(1))]
	outcome := verdict with input as key(steps)
	count(outcome.violations) == 1
	outcome.not_applicable == set()
}

test_fail_old_rotation_only_in_a_period_that_holds_it if {
	period := {"start_ms": minutes(3).ms, "end_ms": fixture.as_of.ms}
	sorted(verdict) == fixture.fails(lacks(["logged"]))
		with input as object.union(key(without(["logged"])), {"period": period})
}

test_fail_window_over_by_one_ms if {
	steps := [
		step("generated", fixture.days_ago(3)),
		step("stored", fixture.days_ago(3)),
		step("deployed", fixture.one_ms_older(fixture.days_ago(2))),
	]
	facts := {violation.facts.lacking | some violation in verdict.violations} with input as key(steps)
	facts == {["verified"], ["revoked"], ["logged"]}
}

test_fail_begun_and_left if {
	facts := {violation.facts.lacking | some violation in verdict.violations}
		with input as key([step("generated", fixture.days_ago(3))])
	facts == {["stored", "deployed", "logged"], ["verified"], ["revoked"]}
}

test_not_applicable_within_the_window if {
	expected := fixture.exempt({"every rotation failed, was rolled back or is within the overlap window"})
	verdict == expected with input as key([step("generated", fixture.days_ago(3)), step("deployed", fixture.days_ago(2))])
	verdict == expected with input as key([step("started", fixture.days_ago(2))])
}

test_not_applicable_failed if {
	expected := fixture.exempt({"every rotation failed, was rolled back or is within the overlap window"})
	every last in [step("failed", minutes(3)), step("rolled-back", minutes(3))] {
		verdict == expected with input as key([step("generated", minutes(0)), step("deployed", minutes(2)), last])
	}
	refused := object.union(step("deployed", minutes(2)), {"status": "failure"})
	verdict == expected with input as key([step("generated", minutes(0)), refused])
	verdict == expected with input as key([object.union(step("failed", minutes(0)), {"rotation_id": null})])
}

test_fail_failed_and_tried_again if {
	retried := array.concat(without(["logged"]), [step("failed", minutes(1))])
	sorted(verdict) == fixture.fails(lacks(["logged"])) with input as key(retried)
}

test_no_evidence_rotation_as_one_event if {
	expected := fixture.lacks({"rotations.records (the log does not show the steps)"})
	one_event := step("rotated", minutes(0))
	verdict == expected with input as key([one_event, step("revoked", minutes(1))])
	verdict == expected with input as key([object.union(one_event, {"rotation_id": null})])
	verdict == expected with input as key([step("started", fixture.days_ago(3))])
}

test_no_evidence_steps_not_grouped if {
	ungrouped := [object.union(one, {"rotation_id": null}) | some one in complete]
	verdict == fixture.lacks({"rotations.records.rotation_id"}) with input as key(ungrouped)
	verdict == fixture.lacks({"rotations.records.rotation_id"}) with input as key(changed("logged", {"rotation_id": null}))
}

test_no_evidence_verification_without_a_result if {
	verdict == fixture.lacks({"rotations.records.status"}) with input as key(changed("verified", {"status": null}))
}

test_no_evidence_step_without_a_date if {
	verdict == fixture.lacks({"rotations.records.at"}) with input as key(changed("revoked", {"at": null}))
	verdict == fixture.lacks({"rotations.records.at"}) with input as key(changed("stored", {"at": fixture.not_tracked}))
}

test_no_evidence_order_in_an_unknown_zone if {
	expected := fixture.lacks({"rotations.records.at (time zone unknown)"})
	verdict == expected with input as key(changed("logged", {"at": fixture.zone_unknown(10)}))
}

test_no_evidence_window_in_an_unknown_zone if {
	expected := fixture.lacks({"rotations.records.at (time zone unknown)"})
	verdict == expected with input as key([step("deployed", fixture.zone_unknown(2))])
}

test_no_evidence_list_cut if {
	expected := fixture.lacks({"rotations.records (the list is cut)"})
	verdict == expected with input as object.union(key([]), {"rotations": fixture.cut(without(["logged"]))})
}

test_fail_out_of_order_in_a_list_that_is_cut if {
	early := changed("revoked", {"at": fixture.one_ms_older(minutes(3))})
	count(verdict.violations) == 1 with input as object.union(key([]), {"rotations": fixture.cut(early)})
}

test_no_evidence_other_rotations_may_be_missing if {
	open := step("deployed", fixture.days_ago(1))
	cut := object.union(key([]), {"rotations": fixture.cut([open])})
	verdict == fixture.lacks({"rotations.records (the list is cut)"}) with input as cut
	undated := object.union(step("generated", null), {"rotation_id": "r2"})
	verdict == fixture.lacks({"rotations.records.at"}) with input as key([open, undated])
}

test_no_evidence_log_is_silent if {
	verdict == fixture.lacks({"rotations.records (no rotation of this key)"}) with input as key([])
}

test_not_applicable_no_rotation if {
	dossier := object.union(key([]), {"key": {"last_rotated": fixture.never}})
	outcome := verdict with input as dossier
	outcome.not_applicable == {"no rotation took place in the last 365 days"}
}

test_not_applicable_revoked if {
	outcome := verdict with input as object.union(key(without(["logged"])), {"key": {"status": "revoked"}})
	outcome.not_applicable == {"the key is revoked"}
}

test_each_violation_is_of_its_element if {
	fixture.failed(said) == {"verification"} with input as key(without(["verified"]))
	fixture.failed(said) == {"revocation"} with input as key(without(["revoked"]))
	fixture.failed(said) == {"steps"} with input as key(without(["logged"]))
	fixture.failed(said) == {"order"} with input as key(changed("revoked", {"at": minutes(-1)}))
}
