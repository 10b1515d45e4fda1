package policies.rotation.rotation_failure_handled_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.rotation_failure_handled.verdict

minute := 60000

# So many ms after the failure, which was ten days before the as-of date.
later(ms) := object.union(fixture.days_ago(10), {"ms": fixture.days_ago(10).ms + ms})

step(name, at) := {"step": name, "rotation_id": "r1", "at": at, "status": "success", "source": fixture.source(name)}

failure := step("failed", later(0))

rolled_back := step("rolled-back", later(15 * minute))

alerted := step("alerted", later(15 * minute))

retried := object.union(step("deployed", later(24 * (60 * minute))), {"rotation_id": "r2"})

handled := [failure, rolled_back, alerted, retried]

key(steps) := fixture.key_dossier({"key": {"last_rotated": fixture.days_ago(9)}, "rotations": fixture.list(steps)})

but(names, others) := key(array.concat([one | some one in handled; not one.step in names], others))

no_response(name, tail, at, records) := {{
	"message": sprintf(
		"the rotation r1 failed (failed) on 2026-09-20 23:59:59 UTC, and %s; the limit is 15 minutes",
		[tail],
	),
	"facts": {
		"rotation": "r1",
		"failed_step": "failed",
		"failed_at": "2026-09-20 23:59:59 UTC",
		"response": name,
		"response_at": at,
		"limit_minutes": 15,
	},
	"records": [fixture.source(record) | some record in records],
}}

no_retry(tail, at, records) := {{
	"message": sprintf("a rotation failed (failed) on 2026-09-20 23:59:59 UTC, and %s; the limit is 24 hours", [tail]),
	"facts": {
		"rotation": "r1",
		"failed_step": "failed",
		"failed_at": "2026-09-20 23:59:59 UTC",
		"replaced_at": at,
		"limit_hours": 24,
	},
	"records": [fixture.source(record) | some record in records],
}}

test_pass_everything_exactly_at_its_limit if verdict == fixture.nothing with input as key(handled)

waiting := fixture.lacks({"rotations.records (the time allowed is not over)"})

test_no_evidence_limits_have_not_run_out if {
	verdict == waiting with input as key([step("failed", fixture.days_ago(0))])
	responses := [step(name, fixture.days_ago(1)) | some name in ["failed", "rolled-back", "alerted"]]
	verdict == waiting with input as key(responses)
	fixture.lacking(said) == {"repetition"} with input as key(responses)
}

test_pass_answered_before_the_limits_run_out if {
	verdict == fixture.nothing with input as key([step("failed", later(15 * minute)), rolled_back, alerted, retried])
}

test_pass_retry_by_an_event_without_an_id if {
	verdict == fixture.nothing
		with input as but(["deployed"], [object.union(retried, {"rotation_id": null, "step": "rotated"})])
}

test_fail_no_rollback_or_alert if {
	every name in ["rolled-back", "alerted"] {
		expected := no_response(name, sprintf("its log shows no %s step", [name]), null, ["failed"])
		verdict == fixture.fails(expected) with input as but([name], [])
		verdict == fixture.fails(expected)
			with input as but([name], [object.union(step(name, later(1)), {"rotation_id": "r9"})])
		verdict == fixture.fails(expected)
			with input as but([name], [object.union(step(name, later(1)), {"status": "failure"})])
		verdict == fixture.fails(expected) with input as but([name], [step(name, later(-1))])
	}
}

test_fail_rollback_one_ms_late if {
	expected := no_response(
		"rolled-back",
		"the rolled-back step came on 2026-09-21 00:15:00 UTC",
		"2026-09-21 00:15:00 UTC",
		["failed", "rolled-back"],
	)
	verdict == fixture.fails(expected) with input as but(["rolled-back"], [step("rolled-back", later((15 * minute) + 1))])
}

test_fail_not_repeated if {
	expected := no_retry("the log shows none since that replaced the secret", null, ["failed"])
	verdict == fixture.fails(expected) with input as but(["deployed"], [])
	before := object.union(retried, {"at": later(-1)})
	verdict == fixture.fails(expected) with input as but(["deployed"], [before])
	drill := [retried, object.union(retried, {"step": "drill"})]
	verdict == fixture.fails(expected) with input as but(["deployed"], drill)
}

test_fail_repeated_one_ms_late if {
	expected := no_retry(
		"the next that replaced the secret did so on 2026-09-22 00:00:00 UTC",
		"2026-09-22 00:00:00 UTC",
		["failed", "deployed"],
	)
	late := object.union(retried, {"at": later((24 * (60 * minute)) + 1)})
	verdict == fixture.fails(expected) with input as but(["deployed"], [late])
}

test_fail_step_that_failed_counts if {
	refused := object.union(step("verified", later(0)), {"status": "failure"})
	outcome := verdict with input as key([refused])
	count(outcome.violations) == 3
}

test_fail_overdue_by_one_ms if {
	due := object.union(fixture.as_of, {"state": "known", "tolerance_ms": 0, "ms": fixture.as_of.ms - (15 * minute)})
	verdict == waiting with input as key([step("failed", due)])
	outcome := verdict with input as key([step("failed", fixture.one_ms_older(due))])
	count(outcome.violations) == 2
}

test_no_evidence_failure_not_grouped if {
	loose := object.union(failure, {"rotation_id": null})
	verdict == fixture.lacks({"rotations.records.rotation_id"}) with input as but(["failed"], [loose])
}

test_no_evidence_response_that_may_be_of_this_rotation if {
	loose := object.union(alerted, {"rotation_id": null})
	verdict == fixture.lacks({"rotations.records.rotation_id"}) with input as but(["alerted"], [loose])
	verdict == fixture.lacks({"rotations.records.at"}) with input as but(["alerted"], [step("alerted", null)])
}

test_no_evidence_known_to_the_day if {
	verdict == fixture.lacks({"rotations.records.at"})
		with input as but(["alerted"], [step("alerted", fixture.day_ago(10))])
}

test_no_evidence_retry_in_an_unknown_zone if {
	expected := fixture.lacks({"rotations.records.at"})
	verdict == expected with input as but(["deployed"], [object.union(retried, {"at": fixture.zone_unknown(9)})])
}

test_no_evidence_failure_in_an_unknown_zone if {
	dossier := key([step("failed", fixture.zone_unknown(0))])
	verdict == fixture.lacks({
		"rotations.records (the time allowed is not over)",
		"rotations.records.at (time zone unknown)",
	})
		with input as dossier
}

test_no_evidence_step_without_a_date if {
	outcome := verdict with input as but([], [step("failed", null)])
	outcome == fixture.lacks({"rotations.records.at"})
}

test_no_evidence_list_cut if {
	expected := fixture.lacks({"rotations.records (the list is cut)"})
	verdict == expected with input as object.union(key([]), {"rotations": fixture.cut([failure])})
}

test_no_evidence_a_failure_may_be_missing if {
	cut := object.union(key([]), {"rotations": fixture.cut([retried])})
	verdict == fixture.lacks({"rotations.records (the list is cut)"}) with input as cut
	verdict == fixture.lacks({"rotations.records.at"}) with input as key([retried, step("failed", null)])
}

test_no_evidence_unclear_answers_before_the_limits_have_run_out if {
	fresh := step("failed", fixture.days_ago(0))
	steps := [fresh, step("alerted", null), object.union(retried, {"at": fixture.day_ago(0)})]
	verdict == waiting with input as key(steps)
}

test_no_evidence_log_is_silent if {
	verdict == fixture.lacks({"rotations.records (no rotation of this key)"}) with input as key([])
}

test_not_applicable_none_failed if {
	expected := fixture.exempt({"the log shows rotations of the key, and none that failed"})
	verdict == expected with input as key([retried])
}

test_not_applicable_no_rotation if {
	outcome := verdict with input as object.union(key([]), {"key": {"last_rotated": fixture.never}})
	outcome.not_applicable == {"no rotation took place in the last 365 days"}
}

test_not_applicable_revoked if {
	outcome := verdict with input as object.union(key([failure]), {"key": {"status": "revoked"}})
	outcome.not_applicable == {"the key is revoked"}
}

test_elements if {
	fixture.failed(said) == {"rollback"} with input as but(["rolled-back"], [])
	fixture.failed(said) == {"alert"} with input as but(["alerted"], [])
	fixture.failed(said) == {"repetition"} with input as but(["deployed"], [])
	vague := object.union(retried, {"at": null})
	fixture.lacking(said) == {"repetition"} with input as but(["deployed"], [vague])
	loose := object.union(alerted, {"rotation_id": null})
	fixture.lacking(said) == {"alert"} with input as but(["alerted"], [loose])
}
