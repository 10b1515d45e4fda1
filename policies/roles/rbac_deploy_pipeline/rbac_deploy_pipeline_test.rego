package policies.roles.rbac_deploy_pipeline_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.rbac_deploy_pipeline.verdict

step(fields) := object.union(
	{
		"step": "deployed",
		"actor": "pipeline",
		"actor_type": "automation",
		"at": fixture.days_ago(365),
		"source": fixture.source("line 4"),
	},
	fields,
)

event(fields) := object.union(
	{
		"category": "update",
		"actor": "per",
		"actor_type": "human",
		"break_glass": null,
		"at": fixture.days_ago(365),
		"source": fixture.source("line 5"),
	},
	fields,
)

key(steps, events) := fixture.key_dossier({"rotations": fixture.list(steps), "hand_events": fixture.list(events)})

test_pass if {
	verdict == fixture.nothing with input as key([step({})], [])
	verdict == fixture.nothing with input as key([step({})], [event({"break_glass": true}), event({"category": "revoke"})])
	marked := event({"break_glass": true, "category": null})
	verdict == fixture.nothing with input as key([step({})], [marked])
	old := fixture.one_ms_older(fixture.days_ago(365))
	earlier := [step({}), step({"at": old, "actor_type": "human"})]
	verdict == fixture.nothing with input as key(earlier, [event({"at": old})])
	verdict == fixture.nothing with input as key([step({}), step({"step": "generated", "actor_type": "human"})], [])
}

test_fail_step_by_a_person if {
	expected := {{
		"message": `a person, sol, took the step "stored" on 2025-09-30`,
		"facts": {"step": "stored", "actor": "sol", "at": "2025-09-30"},
		"records": [fixture.source("line 4")],
	}}
	dossier := key([step({"step": "stored", "actor": "sol", "actor_type": "human"})], [])
	verdict == fixture.fails(expected) with input as dossier
	fixture.failed(said) == {"rotation-log"} with input as dossier
}

test_fail_event_by_a_person if {
	expected := {{
		"message": "a person, per, wrote or replaced the secret on 2025-09-30 (update), without a mark of break-glass",
		"facts": {"category": "update", "actor": "per", "at": "2025-09-30"},
		"records": [fixture.source("line 5")],
	}}
	verdict == fixture.fails(expected) with input as key([step({})], [event({})])
	fixture.failed(said) == {"audit-log"} with input as key([step({})], [event({})])
	[one.facts.actor | some one in verdict.violations] == ["whom the log does not name"]
		with input as key([step({})], [event({"actor": null})])
	period := {"period": {"start_ms": fixture.days_ago(300).ms, "end_ms": fixture.as_of.ms}}
	verdict == fixture.nothing
		with input as object.union(key([step({"at": fixture.days_ago(3)})], [event({})]), period)
}

test_no_evidence if {
	verdict == fixture.lacks({"rotations.records.actor_type"}) with input as key([step({"actor_type": null})], [])
	verdict == fixture.lacks({"rotations.records.at"}) with input as key([step({"at": null})], [])
	verdict == fixture.lacks({"rotations.records (no new secret)"}) with input as key([], [])
	verdict == fixture.lacks({"hand_events.records.actor_type"})
		with input as key([step({})], [event({"actor_type": null})])
	verdict == fixture.lacks({"hand_events.records.at"}) with input as key([step({})], [event({"at": null})])
	verdict == fixture.lacks({"hand_events.records.category"}) with input as key([step({})], [event({"category": null})])
	cut := {"rotations": fixture.cut([step({})]), "hand_events": fixture.cut([])}
	verdict == fixture.lacks({"rotations.records (the list is cut)", "hand_events.records (the list is cut)"})
		with input as fixture.key_dossier(cut)
}

test_unknown_environment_is_no_violation if {
	dossier := object.union(key([step({"actor_type": "human"})], [event({})]), {"key": {"environment": null}})
	verdict.violations == set() with input as dossier
}
