package policies.rotation.rotation_drill_nonbreaking_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.rotation_drill_nonbreaking.verdict)

step(name, at, change) := {
	"step": name,
	"rotation_id": "r1",
	"at": at,
	"status": "success",
	"error_rate_delta_percent": change,
	"source": fixture.source(name),
}

report := fixture.list([fixture.document("rotation-drill-nonbreaking", {})])

key(fields, steps) := fixture.key_dossier({
	"key": object.union({"risk_tier": "critical", "last_rotated": fixture.days_ago(200)}, fields),
	"rotations": fixture.list(steps),
	"attestations": report,
})

one(at, change) := key({}, [step("rotated", at, change)])

too_old(last, records) := {{
	"message": concat("", [
		concat(" ", [
			"the log shows no completed rotation and no completed drill in the 90 days before the as-of date;",
			"last replacement on record: ",
		]),
		last,
	]),
	"facts": {"last_replacement": last, "limit_days": 90},
	"records": [fixture.source(record) | some record in records],
}}

broke(name, change) := {{
	"message": sprintf(
		"the step %s on 2026-09-20 changed the error rate of the callers by %v percentage points; the limit is 1",
		[name, change],
	),
	"facts": {"step": name, "at": "2026-09-20", "error_rate_delta_percent": change, "limit_percent": 1},
	"records": [fixture.source(name)],
}}

test_attested_exactly_at_both_limits if verdict == fixture.nothing with input as one(fixture.days_ago(90), 1)

test_attested_error_rate_fell if verdict == fixture.nothing with input as one(fixture.day_ago(90), -0.4)

test_attested_drill if {
	verdict == fixture.nothing with input as key({}, [step("drill", fixture.days_ago(10), 0.2)])
	loose := object.union(step("drill", fixture.days_ago(10), 0), {"rotation_id": null})
	verdict == fixture.nothing with input as key({}, [loose])
}

test_attested_one_good_trial_is_enough if {
	bad := object.union(step("deployed", fixture.days_ago(3), 4), {"rotation_id": "r2"})
	undated := object.union(step("drill", null, null), {"rotation_id": null})
	verdict == fixture.nothing with input as key({}, [bad, step("rotated", fixture.days_ago(90), 1), undated])
}

test_fail_one_ms_too_long_ago if {
	expected := too_old("2026-07-02, more than 90 days before the as-of date", ["row 2", "rotated"])
	verdict == fixture.fails(expected) with input as one(fixture.one_ms_older(fixture.days_ago(90)), 0)
}

test_fail_never_rotated if {
	expected := too_old("never", ["row 2"])
	verdict == fixture.fails(expected)
		with input as key({"last_rotated": fixture.never, "created": fixture.day_ago(91)}, [])
}

test_fail_only_what_proves_nothing if {
	expected := too_old("2026-03-14, 200 days before the as-of date", ["row 2"])
	rolled_back := [step("deployed", fixture.days_ago(9), 0), step("rolled-back", fixture.days_ago(9), 0)]
	verdict == fixture.fails(expected) with input as key({}, rolled_back)
	verdict == fixture.fails(expected)
		with input as key({}, [step("drill", fixture.days_ago(9), 0), step("failed", fixture.days_ago(9), 0)])
	verdict == fixture.fails(expected)
		with input as key({}, [object.union(step("drill", fixture.days_ago(9), 0), {"status": "failure"})])
	verdict == fixture.fails(expected) with input as one(fixture.days_ago(-1), 0)
}

test_no_verdict_tier_unknown if {
	untiered := {"risk_tier": null}
	verdict == fixture.nothing with input as key(untiered, [step("rotated", fixture.days_ago(91), 0)])
	verdict == fixture.nothing with input as key(untiered, [step("rotated", fixture.days_ago(10), 4)])
}

test_fail_error_rate_over_the_limit if {
	verdict == fixture.fails(broke("rotated", 1.01)) with input as one(fixture.days_ago(10), 1.01)
}

test_fail_revocation_broke_callers if {
	steps := [step("deployed", fixture.days_ago(10), 0), step("revoked", fixture.days_ago(10), 2.5)]
	verdict == fixture.fails(broke("revoked", 2.5)) with input as key({}, steps)
}

test_fail_revocation_without_a_date_broke_callers if {
	steps := [step("deployed", fixture.days_ago(10), 0), step("revoked", null, 2.5)]
	messages := {violation.message | some violation in verdict.violations} with input as key({}, steps)
	messages == {
		"the step revoked at an unknown time changed the error rate of the callers by 2.5 percentage points; the limit is 1",
	}
}

test_fail_drill_without_an_id_broke_callers if {
	loose := object.union(step("drill", fixture.days_ago(10), 3), {"rotation_id": null})
	verdict == fixture.fails(broke("drill", 3)) with input as key({}, [loose])
}

test_fail_new_key_whose_first_rotation_broke_callers if {
	young := {"last_rotated": fixture.never, "created": fixture.days_ago(20)}
	verdict == fixture.fails(broke("rotated", 3)) with input as key(young, [step("rotated", fixture.days_ago(10), 3)])
}

test_fail_document_does_not_count if {
	document := fixture.document("rotation-drill-nonbreaking", {"owner": ""})
	dossier := object.union(one(fixture.days_ago(9), 0), {"attestations": fixture.list([document])})
	messages := {violation.message | some violation in verdict.violations} with input as dossier
	messages == {`the document "Key management policy" does not count: no owner`}
}

test_no_evidence_no_document if {
	dossier := object.union(one(fixture.days_ago(9), 0), {"attestations": fixture.list([])})
	verdict == fixture.lacks({"attestations (none for this rule)"}) with input as dossier
}

test_no_evidence_change_unknown if {
	expected := fixture.lacks({"rotations.records.error_rate_delta_percent"})
	verdict == expected with input as one(fixture.days_ago(10), null)
	steps := [step("deployed", fixture.days_ago(10), 0), step("revoked", fixture.days_ago(10), null)]
	verdict == expected with input as key({}, steps)
}

test_no_evidence_one_broke_and_one_is_unknown if {
	bad := object.union(step("deployed", fixture.days_ago(3), 4), {"rotation_id": "r2"})
	expected := fixture.lacks({"rotations.records.error_rate_delta_percent"})
	verdict == expected with input as key({}, [bad, step("rotated", fixture.days_ago(9), null)])
}

test_no_evidence_step_that_no_id_joins_to_its_rotation if {
	deployed := step("deployed", fixture.days_ago(10), 0)
	expected := fixture.lacks({"rotations.records.rotation_id"})
	every fields in [{}, {"error_rate_delta_percent": null}, {"at": null}] {
		loose := object.union_n([step("revoked", fixture.days_ago(10), 2.5), {"rotation_id": null}, fields])
		outcome := verdict with input as key({}, [deployed, loose])
		outcome == expected
	}
	calm := object.union(step("revoked", fixture.days_ago(10), 1), {"rotation_id": null})
	verdict == fixture.nothing with input as key({}, [deployed, calm])
}

test_no_evidence_date_unknown if {
	verdict == fixture.lacks({"rotations.records.at"}) with input as one(null, 0)
	verdict == fixture.lacks({"rotations.records.at"}) with input as one(fixture.zone_unknown(90), 0)
}

test_no_evidence_log_lacks_the_rotation_of_the_inventory if {
	expected := fixture.lacks({"rotations.records (no rotation of this key)"})
	verdict == expected with input as key({"last_rotated": fixture.days_ago(90)}, [])
}

test_no_evidence_inventory_unknown if {
	verdict == fixture.lacks({"key.last_rotated"}) with input as key({"last_rotated": null}, [])
	verdict == fixture.lacks({"key.last_rotated (after the as-of date)"})
		with input as key({"last_rotated": fixture.days_ago(-1)}, [])
	verdict == fixture.lacks({"key.created"}) with input as key({"last_rotated": fixture.never}, [])
}

test_no_evidence_list_cut if {
	expected := fixture.lacks({"rotations.records (the list is cut)"})
	dossier := object.union(key({}, []), {"rotations": fixture.cut([step("rotated", fixture.days_ago(300), 0)])})
	verdict == expected with input as dossier
}

test_no_evidence_a_good_trial_may_be_missing if {
	bad := step("rotated", fixture.days_ago(10), 3)
	cut := object.union(key({}, []), {"rotations": fixture.cut([bad])})
	verdict == fixture.lacks({"rotations.records (the list is cut)"}) with input as cut
	undated := object.union(step("rotated", null, 0), {"rotation_id": "r2"})
	verdict == fixture.lacks({"rotations.records.at"}) with input as key({}, [bad, undated])
}

test_no_evidence_a_new_key_may_have_been_rotated if {
	young := {"last_rotated": fixture.never, "created": fixture.days_ago(20)}
	cut := object.union(key(young, []), {"rotations": fixture.cut([])})
	outcome := verdict with input as cut
	outcome.not_applicable == set()
	future := {"last_rotated": fixture.never, "created": fixture.days_ago(-1)}
	verdict == fixture.lacks({"key.created (after the as-of date)"}) with input as key(future, [])
}

test_not_applicable_other_tiers if {
	every tier in ["high", "medium", "low"] {
		outcome := verdict with input as key({"risk_tier": tier}, [])
		outcome.not_applicable == {sprintf("the key is of the %s tier", [tier])}
	}
}

test_not_applicable_new_key if {
	expected := fixture.exempt({"the key is new, and was never rotated"})
	outcome := verdict with input as key({"last_rotated": fixture.never, "created": fixture.days_ago(90)}, [])
	outcome.not_applicable == expected.not_applicable
	same := verdict with input as key({"last_rotated": fixture.day_ago(9), "created": fixture.day_ago(9)}, [])
	same.not_applicable == expected.not_applicable
}

test_not_applicable_revoked if {
	outcome := verdict with input as key({"status": "revoked"}, [])
	outcome.not_applicable == {"the key is revoked"}
}

test_not_applicable_stated_by_a_document if {
	excuse := fixture.document("rotation-drill-nonbreaking", {"not_applicable_reason": "the partner rehearses it"})
	outcome := verdict with input as object.union(key({}, []), {"attestations": fixture.list([excuse])})
	outcome.not_applicable == {"the partner rehearses it (Key management policy, approved by CISO)"}
}
