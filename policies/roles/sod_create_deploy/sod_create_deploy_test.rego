package policies.roles.sod_create_deploy_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.sod_create_deploy.verdict

# A step of the rotation r1, ten days before the as-of date, by somebody else than every other step.
step(name, fields) := object.union(
	{
		"rotation_id": "r1",
		"step": name,
		"at": fixture.days_ago(10),
		"actor": concat("-", [name, "hand"]),
		"actor_type": "human",
		"status": "success",
		"approvers": ["ada"],
		"source": fixture.source(name),
	},
	fields,
)

generated(fields) := step("generated", fields)

deployed(fields) := step("deployed", fields)

right(person, action, fields) := object.union(
	{
		"principal_id": person,
		"principal": {"principal_id": person, "kind": "human"},
		"action": action,
		"granted_at": fixture.days_ago(100),
		"removed_at": fixture.never,
		"source": fixture.source(action),
	},
	fields,
)

harmless := [right("noor", "create", {}), right("ines", "deploy", {})]

key(steps, grants, tier) := fixture.key_dossier({
	"key": {"risk_tier": tier, "created": fixture.days_ago(800), "last_rotated": fixture.days_ago(10)},
	"rotations": fixture.list(steps),
	"grants": fixture.list(grants),
})

steps(records) := key(records, harmless, "high")

critical(records) := key(records, harmless, "critical")

grants(records) := key([generated({}), deployed({})], records, "high")

in_rotation(message, extra) := {
	"message": message,
	"facts": object.union({"rotation": "r1", "date": "2026-09-20", "approvers": ["ada"]}, extra),
	"records": [fixture.source("generated"), fixture.source("deployed")],
}

one_hand(who, why, approvers) := in_rotation(
	sprintf("%s created and deployed the secret in the rotation r1 of 2026-09-20, %s", [who, why]),
	{"identity": who, "approvers": approvers},
)

pair(one, two, words, from, to) := {
	"message": sprintf(`sol is listed with the rights "%s" and "%s" on the key %s`, [one, two, words]),
	"facts": {"person": "sol", "rights": [one, two], "from": from, "to": to},
	"records": [fixture.source(one), fixture.source(two)],
}

robot := {"actor": "pipeline", "actor_type": "automation"}

test_pass_two_hands_and_an_approver if {
	verdict == fixture.nothing with input as steps([generated({}), deployed({})])
	verdict == fixture.nothing
		with input as steps([step("created", {}), deployed({}), step("verified", {"approvers": null})])
}

test_pass_nobody_need_approve_what_is_not_critical if {
	verdict == fixture.nothing with input as steps([generated({"approvers": []}), deployed({"approvers": []})])
}

test_missing_two_names_that_may_be_one_person if {
	path := {"rotations.records.actor (two names may be one person)"}
	verdict == fixture.lacks(path) with input as steps([
		generated({"actor": "sol.reyes"}),
		deployed({"actor": "Sol.Reyes@bank.example"}),
	])
	verdict == fixture.lacks(path)
		with input as critical([generated({}), deployed({"approvers": ["ada@bank.example", "bela"]})])
	own := [generated({"actor": "sol"}), deployed({"approvers": ["sol@bank.example"]})]
	verdict == fixture.lacks(path) with input as steps(own)
	verdict == fixture.nothing
		with input as steps([generated(object.union(robot, {"actor": "ada@bank.example"})), deployed(robot)])
}

test_missing_two_holders_who_may_be_one_person if {
	path := {"grants.records.principal_id (two names may be one person)"}
	address := right("sol@bank.example", "deploy", {})
	verdict == fixture.lacks(path) with input as grants([right("sol", "create", {}), address])
	ended := {"removed_at": fixture.days_ago(50), "granted_at": fixture.days_ago(90)}
	before := right("sol", "create", ended)
	begun := right("sol@bank.example", "deploy", {"granted_at": fixture.days_ago(20)})
	verdict == fixture.nothing with input as grants([before, begun])
}

test_pass_automation_with_an_approver_besides if {
	verdict == fixture.nothing with input as steps([generated(robot), deployed(robot)])
	service := object.union(robot, {"actor_type": "service"})
	verdict == fixture.nothing with input as steps([generated(service), deployed(service)])
}

test_pass_automation_beside_a_person if {
	person := generated({"actor": "sol"})
	verdict == fixture.nothing with input as steps([generated(robot), deployed(robot), person])
}

test_pass_critical_with_two_approvers_of_different_steps if {
	verdict == fixture.nothing with input as critical([generated({}), deployed({"approvers": ["Bela"]})])
}

test_pass_failed_later_and_unfinished_steps if {
	failed := deployed({"actor": "generated-hand", "status": "failure"})
	verdict == fixture.nothing with input as steps([generated({}), deployed({}), failed])
	later := deployed({"actor": "generated-hand", "at": fixture.days_ago(-1)})
	verdict == fixture.nothing with input as steps([generated({}), deployed({}), later])
	verdict == fixture.nothing with input as critical([generated({"approvers": []})])
}

test_pass_no_rotation_in_the_time_judged if {
	old := {"key": {"last_rotated": fixture.one_ms_older(fixture.days_ago(365))}}
	same := {"actor": "sol", "at": fixture.one_ms_older(fixture.days_ago(365))}
	verdict == fixture.nothing with input as object.union(steps([generated(same), deployed(same)]), old)
	verdict == fixture.nothing with input as object.union(steps([]), old)
	verdict == fixture.nothing with input as object.union(steps([]), {"key": {"last_rotated": fixture.never}})
}

test_pass_steps_that_do_not_bring_a_rotation_into_the_time_judged if {
	old := {"actor": "sol", "rotation_id": "r0", "at": fixture.one_ms_older(fixture.days_ago(365))}
	late := step("revoked", {"rotation_id": "r0", "at": fixture.days_ago(364)})
	ungrouped := deployed(object.union(old, {"rotation_id": null}))
	dossier := steps([generated({}), deployed({}), late, generated(old), deployed(old), ungrouped])
	verdict == fixture.nothing with input as dossier
}

test_pass_undated_step_of_a_rotation_that_is_dated if {
	verdict == fixture.nothing with input as steps([generated({}), deployed({}), step("verified", {"at": null})])
}

test_pass_rights_held_one_after_the_other if {
	every removed_at in [fixture.days_ago(100), fixture.day_ago(100), fixture.days_ago(300)] {
		first := right("sol", "create", {"granted_at": fixture.days_ago(400), "removed_at": removed_at})
		verdict == fixture.nothing with input as grants([first, right("sol", "deploy", {})])
	}
	second := right("sol", "deploy", {"granted_at": fixture.days_ago(400), "removed_at": fixture.days_ago(200)})
	verdict == fixture.nothing with input as grants([right("sol", "create", {}), second])
}

test_pass_rights_that_are_no_pair if {
	every records in [
		[right("sol", "admin", {}), right("sol", "admin", {})],
		[right("sol", "admin", {}), right("sol", "audit", {})],
		[right("sol", "create", {}), right("sol", "rotate", {})],
		[right("sol", "create", {}), right("sol", "deploy", {"granted_at": fixture.days_ago(-1)})],
		[right("sol", "create", {}), right("sol", "deploy", {}), right("sol", "deploy", {"effect": "deny"})],
		[
			right("wl", "create", {"principal": {"kind": "workload"}}),
			right("wl", "deploy", {"principal": {"kind": "service"}}),
		],
	] {
		verdict == fixture.nothing with input as grants(records)
	}
}

test_pass_handover_shows_in_spite_of_an_unknown_date if {
	first := right("sol", "create", {"granted_at": null, "removed_at": fixture.days_ago(200)})
	verdict == fixture.nothing with input as grants([first, right("sol", "deploy", {})])
}

test_pass_pair_that_ended_before_the_time_judged if {
	gone := right(
		"sol",
		"create",
		{"granted_at": fixture.days_ago(500), "removed_at": fixture.one_ms_older(fixture.days_ago(365))},
	)
	verdict == fixture.nothing with input as grants([gone, right("sol", "deploy", {"granted_at": fixture.days_ago(500)})])
	verdict == fixture.nothing with input as grants([object.union(gone, {"action": null})])
}

test_fail_a_person_did_both if {
	hand := {"actor": " Sol "}
	expected := fixture.fails({one_hand("sol", "and is a person", ["ada"])})
	verdict == expected with input as steps([generated(hand), deployed({"actor": "sol"})])
	verdict == expected
		with input as steps([generated(object.union(hand, {"actor_type": null})), deployed({"actor": "sol"})])
}

test_fail_automation_without_an_approver if {
	expected := fixture.fails({one_hand("pipeline", "and the log names no approver besides", [])})
	unapproved := object.union(robot, {"approvers": [" "]})
	verdict == expected with input as steps([generated(unapproved), deployed(unapproved)])
	unknown := object.union(unapproved, {"actor_type": null})
	verdict == expected with input as steps([generated(unknown), deployed(unknown)])
}

test_fail_approver_did_it if {
	expected := {
		in_rotation("ada approved the rotation r1 of 2026-09-20 and deployed the secret in it", {"identity": "ada"}),
	}
	verdict == fixture.fails(expected) with input as steps([generated({}), deployed({"actor": "ADA"})])
	own := {"actor": "sol", "approvers": ["sol", "ada"]}
	both := {
		in_rotation("sol approved the rotation r1 of 2026-09-20 and created and deployed the secret in it", {
			"identity": "sol",
			"approvers": ["ada", "sol"],
		}),
		one_hand("sol", "and is a person", ["ada", "sol"]),
	}
	verdict == fixture.fails(both) with input as steps([generated(own), deployed(own)])
}

test_fail_critical_with_one_approver_besides if {
	text := concat(" ", [
		"approvers of the rotation r1 of 2026-09-20 who neither created nor deployed the secret: 1; a",
		"critical key needs 2",
	])
	verdict == fixture.fails({in_rotation(text, {"least": 2})}) with input as critical([generated({}), deployed({})])
	with_own := {in_rotation(text, {"least": 2, "approvers": ["ada", "bela"]}), in_rotation(
		"bela approved the rotation r1 of 2026-09-20 and deployed the secret in it",
		{"identity": "bela", "approvers": ["ada", "bela"]},
	)}
	dossier := critical([generated({}), deployed({"actor": "bela", "approvers": ["bela"]})])
	verdict == fixture.fails(with_own) with input as dossier
}

test_fail_at_the_beginning_of_the_time_judged if {
	hand := {"actor": "sol", "at": fixture.days_ago(365)}
	count(verdict.violations) == 1 with input as steps([generated(hand), deployed(hand)])
	period := {"period": {"start_ms": fixture.days_ago(365).ms + 1}}
	count(verdict.violations) == 0 with input as object.union(steps([generated(hand), deployed(hand)]), period)
}

test_fail_pair_of_rights_still_held if {
	create := right("sol", "create", {"granted_at": fixture.days_ago(50)})
	deploy := right("sol", "deploy", {})
	expected := fixture.fails({pair("create", "deploy", "since 2026-08-11", "2026-08-11", null)})
	verdict == expected with input as grants([create, deploy])
	verdict == expected
		with input as grants([create, deploy, right("sol", "deploy", {"effect": "deny", "removed_at": fixture.days_ago(2)})])
}

test_fail_pair_with_administration if {
	admin := right("sol", "admin", {})
	expected := {pair("admin", "deploy", "since 2026-06-22", "2026-06-22", null)}
	verdict == fixture.fails(expected) with input as grants([admin, right("sol", "deploy", {"break_glass": true})])
	other := {pair("create", "admin", "since 2026-06-22", "2026-06-22", null)}
	verdict == fixture.fails(other) with input as grants([admin, right("sol", "create", {})])
}

test_fail_pair_over_time if {
	create := right("sol", "create", {"granted_at": fixture.days_ago(400), "removed_at": fixture.days_ago(99)})
	expected := {pair("create", "deploy", "from 2026-06-22 to 2026-06-23", "2026-06-22", "2026-06-23")}
	verdict == fixture.fails(expected) with input as grants([create, right("sol", "deploy", {})])
	denied := [create, right("sol", "deploy", {}), right("sol", "create", {"effect": "deny"})]
	verdict == fixture.fails(expected) with input as grants(denied)
}

test_fail_pair_without_all_dates if {
	create := right("sol", "create", {"granted_at": null})
	verdict == fixture.fails({pair("create", "deploy", "at the as-of date", null, null)}) with input as grants([
		create,
		right("sol", "deploy", {"granted_at": fixture.not_tracked}),
	])
	ended := right("sol", "create", {"granted_at": null, "removed_at": fixture.days_ago(50)})
	expected := {pair("create", "deploy", "until 2026-08-11", null, "2026-08-11")}
	verdict == fixture.fails(expected) with input as grants([ended, right("sol", "deploy", {})])
}

test_no_evidence_no_rotation_in_the_log if {
	lacks := fixture.lacks({"rotations.records (no rotation in the log)"})
	verdict == lacks with input as steps([])
	every instant in [null, fixture.not_tracked, fixture.zone_unknown(365)] {
		verdict == lacks with input as object.union(steps([]), {"key": {"last_rotated": instant}})
	}
	new := {"key": {"last_rotated": fixture.never, "created": fixture.days_ago(20)}}
	verdict == lacks with input as object.union(steps([]), new)
}

test_no_evidence_no_step_of_the_last_rotation if {
	newer := {"key": {"last_rotated": fixture.one_ms_older(fixture.days_ago(9))}}
	verdict == fixture.nothing with input as object.union(steps([generated({}), deployed({})]), newer)
	newest := {"key": {"last_rotated": fixture.days_ago(8)}}
	expected := fixture.lacks({"rotations.records (no step of the last rotation)"})
	verdict == expected with input as object.union(steps([generated({}), deployed({})]), newest)
}

test_no_evidence_last_rotation_unknown if {
	every instant in [null, fixture.not_tracked] {
		unknown := {"key": {"last_rotated": instant}}
		verdict == fixture.lacks({"key.last_rotated"})
			with input as object.union(steps([generated({}), deployed({})]), unknown)
	}
	later := object.union(steps([generated({}), deployed({})]), {"key": {"last_rotated": fixture.days_ago(-1)}})
	verdict == fixture.lacks({"key.last_rotated (after the as-of date)"}) with input as later
	never := object.union(steps([generated({}), deployed({})]), {"key": {"last_rotated": fixture.never}})
	verdict == fixture.nothing with input as never
}

test_no_evidence_rotation_without_its_steps if {
	lacks := fixture.lacks({"rotations.records (a rotation without its steps)"})
	every records in [[step("rotated", {})], [deployed({})], [generated({}), step("verified", {})]] {
		verdict == lacks with input as steps(records)
	}
	verdict == lacks with input as critical([step("rotated", {})])
}

test_no_evidence_field_unknown if {
	every field in ["rotation_id", "actor", "approvers"] {
		expected := fixture.lacks({concat("", ["rotations.records.", field])})
		verdict == expected with input as critical([
			generated({"approvers": ["ada", "bela"]}),
			deployed({}),
			deployed({field: null}),
		])
	}
	verdict == fixture.lacks({"rotations.records.approvers"})
		with input as critical([generated({}), deployed({"approvers": null})])
	unstated := object.union(robot, {"approvers": null})
	verdict == fixture.lacks({"rotations.records.approvers"})
		with input as steps([generated(unstated), deployed(unstated)])
}

test_no_evidence_whether_a_person_did_both if {
	unknown := {"actor": "sol", "actor_type": null}
	verdict == fixture.lacks({"rotations.records.actor_type"}) with input as steps([generated(unknown), deployed(unknown)])
}

test_no_evidence_time_of_a_step if {
	every instant in [null, fixture.zone_unknown(365)] {
		undated := deployed({"rotation_id": "r2", "at": instant})
		verdict == fixture.lacks({"rotations.records.at"}) with input as steps([generated({}), deployed({}), undated])
	}
}

test_no_evidence_rotations_cut if {
	cut := {"rotations": fixture.cut([generated({}), deployed({})])}
	lacks := fixture.lacks({"rotations.records (the list is cut)"})
	verdict == lacks with input as object.union(steps([]), cut)
	verdict == lacks with input as object.union(critical([]), cut)
	older := step("revoked", {"at": fixture.one_ms_older(fixture.days_ago(365))})
	reaching := {"rotations": fixture.cut([generated({}), deployed({}), older])}
	verdict == fixture.nothing with input as object.union(steps([]), reaching)
}

test_no_rotation_log_is_no_violation if {
	verdict == fixture.nothing with input as object.union(steps([]), {"rotations": null})
}

test_no_evidence_no_grant_or_not_all if {
	verdict == fixture.lacks({"grants.records (no grant on this key)"}) with input as grants([])
	dossier := object.union(grants([]), {"grants": fixture.cut(harmless)})
	verdict == fixture.lacks({"grants.records (the list is cut)"}) with input as dossier
}

test_no_evidence_action_unknown if {
	unstated := right("sol", "create", {"action": null})
	verdict == fixture.lacks({"grants.records.action"}) with input as grants([unstated, right("sol", "deploy", {})])
	verdict == fixture.nothing with input as grants([unstated])
	verdict == fixture.nothing with input as grants([unstated, right("sol", "read", {})])
	verdict == fixture.nothing with input as grants([unstated, right("ines", "deploy", {})])
	may_be := right("a.sol@bank.example", "deploy", {"principal": {"principal_id": "a.sol@bank.example", "kind": "human"}})
	one := right("a-sol", "create", {"action": null, "principal": {"principal_id": "a-sol", "kind": "human"}})
	verdict == fixture.lacks({"grants.records.action"}) with input as grants([one, may_be])
	program := right("wl", "create", {"action": null, "principal": {"kind": "workload"}})
	verdict == fixture.nothing with input as grants([program])
}

test_no_evidence_kind_of_the_holder_unknown if {
	lacks := fixture.lacks({"grants.records.principal.kind"})
	nameless := right("sol", "create", {"principal": null})
	verdict == lacks with input as grants([nameless, right("sol", "deploy", {})])
	verdict == fixture.nothing with input as grants([nameless, right("ines", "deploy", {})])
	unkind := {"principal": {"principal_id": "sol", "kind": null}}
	verdict == lacks with input as grants([right("sol", "create", unkind), right("sol", "deploy", unkind)])
	verdict == fixture.nothing with input as grants([right("sol", "create", {"principal": null})])
}

test_no_evidence_dates_of_a_pair if {
	ended := right("sol", "create", {"removed_at": fixture.days_ago(50)})
	undated := [ended, right("sol", "deploy", {"granted_at": null})]
	verdict == fixture.lacks({"grants.records.granted_at"}) with input as grants(undated)
	vague := [ended, right("sol", "deploy", {"granted_at": fixture.zone_unknown(50)})]
	verdict == fixture.lacks({"grants.records.granted_at (time zone unknown)"}) with input as grants(vague)
	removed := [right("sol", "create", {"removed_at": fixture.zone_unknown(100)}), right("sol", "deploy", {})]
	verdict == fixture.lacks({"grants.records.removed_at (time zone unknown)"}) with input as grants(removed)
}

test_environment_unknown_is_no_violation if {
	hand := {"actor": "sol", "approvers": ["sol"]}
	dossier := key([generated(hand), deployed(hand)], [right("sol", "create", {}), right("sol", "deploy", {})], "critical")
	count(verdict.violations) > 0 with input as dossier
	count(verdict.violations) == 0 with input as object.union(dossier, {"key": {"environment": null}})
}

test_not_applicable if {
	dossier := steps([generated({}), deployed({})])
	verdict == fixture.exempt({"the key is revoked"}) with input as object.union(dossier, {"key": {"status": "revoked"}})
	verdict == fixture.exempt({"the key belongs to staging"})
		with input as object.union(dossier, {"key": {"environment": "staging"}})
}

test_each_violation_is_of_its_element if {
	alone := object.union(robot, {"approvers": []})
	fixture.failed(said) == {"hands"} with input as steps([generated(alone), deployed(alone)])
	fixture.failed(said) == {"approvers"} with input as steps([generated({"actor": "ada"}), deployed({})])
	fixture.failed(said) == {"number"} with input as critical([generated({}), deployed({})])
	fixture.failed(said) == {"rights"} with input as grants([right("sol", "create", {}), right("sol", "deploy", {})])
}

test_no_evidence_who_is_in_a_group if {
	of_group := {"principal": fixture.group}
	other := {"principal": object.union(fixture.group, {"principal_id": "sg-ops"})}
	every pair in [
		[right("sol", "create", {}), right("sg-payments", "deploy", of_group)],
		[right("sg-payments", "create", of_group), right("sol", "deploy", {})],
		[right("sg-payments", "create", of_group), right("sg-ops", "deploy", other)],
	] {
		verdict.missing == {fixture.members_unknown} with input as grants(pair)
		fixture.lacking(said) == {"rights"} with input as grants(pair)
	}
	ended := right("sg-payments", "create", object.union(of_group, {"removed_at": fixture.days_ago(50)}))
	verdict == fixture.nothing with input as grants([ended, right("sol", "deploy", {"granted_at": fixture.days_ago(40)})])
	verdict == fixture.nothing with input as grants([right("sg-payments", "create", of_group)])
}
