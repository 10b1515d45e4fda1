package policies.logging.log_key_lifecycle_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.log_key_lifecycle.verdict

minute_ms := 60000

step(name, fields) := object.union(
	{
		"rotation_id": "r1",
		"step": name,
		"at": fixture.days_ago(10),
		"actor": "pipeline",
		"source": fixture.source(name),
	},
	fields,
)

# A key whose one rotation has its event in the log.
key(fields) := fixture.key_dossier(object.union(
	{
		"key": {"audit_logging": true},
		"rotations": fixture.list([step("rotated", {})]),
		"events": {"first_ms": fixture.days_ago(40).ms, "last_ms": fixture.days_ago(1).ms},
		"unlogged_steps": fixture.list([]),
	},
	fields,
))

# The step is in the rotation log, and no log has its event.
unlogged(steps) := key({"rotations": fixture.list(steps), "unlogged_steps": fixture.list(steps)})

rotated_at(at) := key({"rotations": fixture.list([step("rotated", {"at": at})])})

no_event(name, date, by) := {
	"message": sprintf(
		`the audit logs supplied hold no event of key management within 5 minutes of the step "%s" of %s by %s`,
		[name, date, by],
	),
	"facts": {"step": name, "at": date, "actor": "pipeline", "rotation": "r1"},
	"records": [fixture.source(name)],
}

not_recorded := {
	"message": "the store of the key does not record every access to it",
	"facts": {"audit_logging": false},
	"records": [fixture.source("row 2")],
}

not_covered := fixture.lacks({"events (the logs do not cover every step)"})

period(start_days) := {"period": {"start_ms": fixture.days_ago(start_days).ms, "end_ms": fixture.as_of.ms}}

test_pass_every_step_has_its_event if verdict == fixture.nothing with input as key({})

test_pass_step_as_far_from_the_log_as_clocks_may_differ if {
	first := {"first_ms": fixture.days_ago(10).ms + (5 * minute_ms)}
	verdict == fixture.nothing with input as key({"events": first})
	last := {"last_ms": fixture.days_ago(10).ms - (5 * minute_ms)}
	verdict == fixture.nothing with input as key({"events": last})
}

test_pass_never_rotated if {
	verdict == fixture.nothing
		with input as key({"rotations": fixture.list([]), "events": {"first_ms": null, "last_ms": null}})
}

test_pass_steps_that_the_store_takes_no_part_in if {
	steps := [step(name, {"at": fixture.days_ago(80)}) |
		some name in ["started", "deployed", "verified", "logged", "alerted", "drill"]
	]
	verdict == fixture.nothing with input as key({"rotations": fixture.list(steps)})
}

test_pass_steps_from_before_the_time_judged if {
	verdict == fixture.nothing with input as rotated_at(fixture.one_ms_older(fixture.days_ago(92)))
	old := object.union(unlogged([step("rotated", {"at": fixture.days_ago(60)})]), period(50))
	verdict == fixture.nothing with input as old
}

test_pass_a_key_that_is_dead_needs_no_log_of_reads if {
	verdict == fixture.nothing with input as key({"key": {"status": "revoked", "audit_logging": null}})
	verdict == fixture.nothing with input as key({"key": {"status": "revoked", "audit_logging": false}})
}

test_fail_each_step_without_its_event if {
	expected := {no_event("created", "2026-09-20", "pipeline"), no_event("revoked", "2026-09-20", "pipeline")}
	verdict == fixture.fails(expected) with input as unlogged([step("created", {}), step("revoked", {})])
}

test_fail_step_of_any_age_where_there_is_no_period if {
	old := unlogged([step("rotated", {"at": fixture.days_ago(300)})])
	verdict == fixture.fails({no_event("rotated", "2025-12-04", "pipeline")}) with input as old
}

test_fail_step_at_the_begin_of_the_period if {
	dossier := object.union(unlogged([step("rotated", {"at": fixture.days_ago(50)})]), period(50))
	verdict == fixture.fails({no_event("rotated", "2026-08-11", "pipeline")}) with input as dossier
}

test_fail_step_by_nobody_named if {
	expected := object.union(
		no_event("stored", "2026-09-20", "somebody the log does not name"),
		{"facts": {"actor": null}},
	)
	verdict == fixture.fails({expected}) with input as unlogged([step("stored", {"actor": null})])
}

test_fail_accesses_not_recorded if {
	verdict == fixture.fails({not_recorded}) with input as key({"key": {"audit_logging": false}})
}

test_fail_revocation_of_a_dead_key_not_logged if {
	dossier := object.union(unlogged([step("revoked", {})]), {"key": {"status": "revoked"}})
	verdict == fixture.fails({no_event("revoked", "2026-09-20", "pipeline")}) with input as dossier
}

test_no_evidence_access_log_unknown if {
	verdict == fixture.lacks({"key.audit_logging"}) with input as key({"key": {"audit_logging": null}})
}

test_no_evidence_step_outside_of_the_log if {
	verdict == not_covered with input as key({"events": {"first_ms": (fixture.days_ago(10).ms + (5 * minute_ms)) + 1}})
	verdict == not_covered with input as key({"events": {"last_ms": (fixture.days_ago(10).ms - (5 * minute_ms)) - 1}})
	verdict == not_covered with input as key({"events": {"first_ms": null, "last_ms": null}})
	verdict == not_covered with input as rotated_at(fixture.days_ago(92))
	verdict == not_covered with input as object.union(rotated_at(fixture.days_ago(200)), period(200))
}

test_no_evidence_time_of_a_step_unknown if {
	verdict == fixture.lacks({"rotations.records.at"}) with input as rotated_at(null)
	both := fixture.lacks({"rotations.records.at", "unlogged_steps.records.at"})
	verdict == both with input as unlogged([step("rotated", {"at": null})])
}

test_no_evidence_lists_cut if {
	steps := {"unlogged_steps": fixture.cut([])}
	verdict == fixture.lacks({"unlogged_steps.records (the list is cut)"}) with input as key(steps)
	rotations := {"rotations": fixture.cut([step("rotated", {})])}
	verdict == fixture.lacks({"rotations.records (the list is cut)"}) with input as key(rotations)
}

test_steps_after_the_as_of_date_are_not_judged if {
	verdict == fixture.nothing with input as rotated_at(fixture.days_ago(-1))
	verdict == fixture.nothing with input as unlogged([step("rotated", {"at": fixture.days_ago(-1)})])
}

test_no_rotation_log_is_no_violation if {
	verdict == fixture.nothing with input as key({"rotations": null, "unlogged_steps": null})
}

test_not_applicable_dead_and_never_rotated if {
	dossier := key({"key": {"status": "destroyed"}, "rotations": fixture.list([])})
	verdict == fixture.exempt({"the key is destroyed"}) with input as dossier
}

test_each_violation_is_of_its_element if {
	fixture.failed(said) == {"steps"} with input as unlogged([step("created", {})])
	fixture.failed(said) == {"accesses"} with input as key({"key": {"audit_logging": false}})
}
