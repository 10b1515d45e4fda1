package policies.roles.rbac_dev_no_prod_test

import data.lib.age
import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.rbac_dev_no_prod.verdict

principal(roles, grants) := fixture.dossier("principal", {
	"principal": {"principal_id": "noor", "roles": roles, "source": fixture.source("row 9")},
	"grants": grants,
})

held(fields) := object.union(
	{
		"principal_id": "noor",
		"key_id": "k1",
		"action": "read",
		"environment": "production",
		"key": {"environment": "production", "status": "active"},
		"source": fixture.source("row 7"),
	},
	fields,
)

developer(fields) := principal(["developer"], fixture.list([held(fields)]))

violation(extra) := {
	"message": sprintf(`the developer noor may "%s" the production key %s`, [facts.action, facts.key]),
	"facts": facts,
	"records": [fixture.source("row 9"), fixture.source("row 7")],
} if {
	facts := object.union(
		{"action": "read", "key": "k1", "roles": ["developer"], "granted_through": null, "break_glass": false},
		extra,
	)
}

test_pass_keys_of_another_environment if {
	verdict == fixture.nothing with input as developer({"environment": "staging", "key": {"environment": "staging"}})
	verdict == fixture.nothing with input as developer({"environment": null, "key": {"environment": "test"}})
}

test_pass_harmless_actions if {
	every action in ["deploy", "revoke", "approve", "audit"] {
		verdict == fixture.nothing with input as developer({"action": action})
	}
}

test_pass_harmless_action_wherever_it_applies if {
	verdict == fixture.nothing with input as developer({"action": "audit", "environment": null, "key": null})
}

test_pass_no_longer_or_not_yet_in_force if {
	verdict == fixture.nothing with input as developer({"removed_at": fixture.days_ago(1)})
	verdict == fixture.nothing with input as developer({"granted_at": fixture.days_ago(-1)})
	verdict == fixture.nothing with input as developer({"effect": "deny"})
}

test_pass_key_is_dead if verdict == fixture.nothing with input as developer({"key": {"status": "revoked"}})

test_no_evidence_key_may_be_dead if {
	unknown := {"key": {"environment": "production", "status": null}}
	verdict == fixture.lacks({"grants.records.key.status"}) with input as developer(unknown)
	verdict == fixture.nothing with input as developer(object.union(unknown, {"action": "deploy"}))
	verdict == fixture.nothing with input as developer({"key": {"environment": "staging", "status": null}})
}

test_pass_denied_elsewhere if {
	grants := fixture.list([held({}), held({"effect": "deny"})])
	verdict == fixture.nothing with input as principal(["developer"], grants)
}

test_fail_each_forbidden_action if {
	every action in ["read", "use", "rotate", "create", "admin"] {
		verdict == fixture.fails({violation({"action": action})}) with input as developer({"action": action})
	}
}

test_fail_the_key_decides_over_the_grant if {
	verdict == fixture.fails({violation({})}) with input as developer({"environment": "staging"})
}

test_fail_every_key_of_production if {
	dossier := developer({"key_id": "*", "key": null, "break_glass": true})
	verdict == fixture.fails({violation({"key": "*", "break_glass": true})}) with input as dossier
}

test_fail_through_a_developer_role if {
	dossier := principal(["sre"], fixture.list([held({"role": "developer"}), held({"role": "sre"})]))
	verdict == fixture.fails({violation({"roles": ["sre"], "granted_through": "developer"})}) with input as dossier
}

test_fail_denial_no_longer_in_force if {
	grants := fixture.list([held({}), held({"effect": "deny", "removed_at": fixture.days_ago(3)})])
	verdict == fixture.fails({violation({})}) with input as principal(["developer"], grants)
}

test_fail_denial_begins_later if {
	grants := fixture.list([held({}), held({"effect": "deny", "granted_at": fixture.days_ago(-30)})])
	verdict == fixture.fails({violation({})}) with input as principal(["developer"], grants)
}

denied_since(at) := object.union(
	principal(["developer"], fixture.list([
		held({"granted_at": fixture.day_ago(300)}),
		held({"effect": "deny", "granted_at": at}),
	])),
	{"period": fixture.in_period("principal", {}).period},
)

test_fail_denial_began_in_the_period if {
	verdict == fixture.fails({past_right(82, "2026-07-01 to 2026-09-20")}) with input as denied_since(fixture.day_ago(10))
	verdict == fixture.nothing with input as denied_since(fixture.day_ago(100))
	verdict == fixture.nothing with input as denied_since(null)
}

test_fail_role_in_the_plural if {
	dossier := principal([" Developers "], fixture.list([held({})]))
	verdict == fixture.fails({violation({"roles": [" Developers "]})}) with input as dossier
}

test_pass_denial_is_lifted_later if {
	denial := held({"effect": "deny", "granted_at": fixture.days_ago(9), "removed_at": fixture.days_ago(-30)})
	verdict == fixture.nothing with input as principal(["developer"], fixture.list([held({}), denial]))
}

test_pass_denial_names_the_holder_otherwise if {
	denial := held({"effect": "deny", "principal_id": "noor@northbridge.example"})
	verdict == fixture.nothing with input as principal(["developer"], fixture.list([held({}), denial]))
}

test_fail_denial_of_another_key_or_right if {
	every fields in [{"key_id": "k2"}, {"action": "use"}] {
		denial := held(object.union({"effect": "deny"}, fields))
		verdict == fixture.fails({violation({})}) with input as principal(["developer"], fixture.list([held({}), denial]))
	}
}

test_no_evidence_environment_unknown if {
	verdict == fixture.lacks({"grants.records.environment"}) with input as developer({"environment": null, "key": null})
}

test_no_evidence_action_unknown if {
	verdict == fixture.lacks({"grants.records.action"}) with input as developer({"action": null})
}

test_no_evidence_list_cut if {
	expected := fixture.lacks({"grants.records (the list is cut)"})
	verdict == expected with input as principal(["developer"], fixture.cut([]))
	verdict == expected with input as principal(["sre"], fixture.cut([]))
}

test_not_applicable_no_developer if {
	expected := fixture.exempt({"the principal holds no developer role"})
	verdict == expected with input as principal(["sre"], fixture.list([held({"role": "sre"})]))
	verdict == expected with input as principal([], fixture.list([]))
}

test_roles_unknown_are_no_reason if verdict == fixture.nothing with input as principal(null, fixture.list([]))

quarter(fields) := object.union(developer(fields), {"period": fixture.in_period("principal", {}).period})

past_right(days, interval) := {
	"message": sprintf(
		`the developer noor might "read" the production key k1 on %s of the period, %s`,
		[age.days_word(days), interval],
	),
	"facts": {
		"action": "read",
		"key": "k1",
		"days_out_of_tolerance": days,
		"intervals": [interval],
		"granted_through": null,
	},
	"records": [fixture.source("row 9"), fixture.source("row 7")],
}

test_violations_name_their_element if {
	fixture.failed(said) == {"held"} with input as developer({})
	fixture.failed(said) == {"held"} with input as quarter({})
	fixture.failed(said) == {"past"} with input as quarter({"removed_at": fixture.day_ago(10)})
	{"reason": "no period is audited", "elements": ["past"]} in said.not_applicable with input as developer({})
	said.not_applicable == set() with input as quarter({})
}

test_no_evidence_right_that_ended_of_an_unknown_kind if {
	unknown := {"removed_at": fixture.day_ago(10), "environment": null, "key": null}
	verdict == fixture.lacks({"grants.records.environment (a right that ended)"}) with input as quarter(unknown)
	fixture.lacking(said) == {"past"} with input as quarter(unknown)
	unnamed := {"removed_at": fixture.day_ago(10), "action": null}
	verdict == fixture.lacks({"grants.records.action (a right that ended)"}) with input as quarter(unnamed)
	verdict == fixture.nothing with input as quarter(object.union(unknown, {"action": "audit"}))
}

test_fail_right_that_ended_in_the_period if {
	known := {"granted_at": fixture.day_ago(20), "removed_at": fixture.day_ago(10)}
	verdict == fixture.fails({past_right(10, "2026-09-10 to 2026-09-19")}) with input as quarter(known)
	verdict == fixture.fails({past_right(1, "2026-09-19 to 2026-09-19")})
		with input as quarter({"removed_at": fixture.day_ago(10)})
	before := {"granted_at": fixture.day_ago(300), "removed_at": fixture.day_ago(90)}
	verdict == fixture.fails({past_right(1, "2026-07-01 to 2026-07-01")}) with input as quarter(before)
}

test_pass_right_that_ended_before_the_period_or_is_of_another_environment if {
	verdict == fixture.nothing
		with input as quarter({"granted_at": fixture.day_ago(300), "removed_at": fixture.day_ago(91)})
	verdict == fixture.nothing with input as quarter({
		"removed_at": fixture.day_ago(10),
		"environment": "staging",
		"key": {"environment": "staging"},
	})
	verdict == fixture.nothing with input as quarter({"effect": "deny", "removed_at": fixture.day_ago(10)})
	verdict == fixture.nothing with input as developer({"removed_at": fixture.day_ago(10)})
}

group(grants) := fixture.dossier("principal", {"principal": fixture.group, "grants": fixture.list(grants)})

test_no_evidence_who_is_in_a_group if {
	missing := {"principal.kind (a group whose members no directory lists)"}
	verdict.missing == missing with input as group([held({})])
	verdict.not_applicable & {"the principal holds no developer role"} == set() with input as group([held({})])
	fixture.lacking(said) == {"held"} with input as group([held({})])
}

test_not_applicable_group_that_holds_nothing_of_production if {
	every fields in [{"action": "deploy"}, {"key": {"environment": "test", "status": "active"}}, {"effect": "deny"}] {
		"the principal holds no developer role" in verdict.not_applicable with input as group([held(fields)])
	}
}
