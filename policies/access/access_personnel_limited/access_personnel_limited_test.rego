package policies.access.access_personnel_limited_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.access_personnel_limited.verdict

key(grants) := fixture.key_dossier({"grants": grants})

person(id, roles) := {"principal_id": id, "kind": "human", "roles": roles, "source": fixture.source(id)}

# A right to read, of somebody of the security team unless the fields say otherwise.
read(id, fields) := object.union(
	{
		"principal_id": id,
		"principal": person(id, ["security"]),
		"action": "read",
		"source": fixture.source(concat(" ", ["grant", id])),
	},
	fields,
)

readers(ids) := [read(id, {}) | some id in ids]

one(fields) := key(fixture.list([read("ines", fields)]))

with_roles(roles) := one({"principal": person("ines", roles)})

too_many(people) := {
	"message": sprintf(
		"%d people may read or administer the key (%s); the limit is 3",
		[count(people), concat(", ", people)],
	),
	"facts": {"people": people, "limit": 3},
	"records": [fixture.source(concat(" ", ["grant", id])) | some id in people],
}

no_role(text, roles) := {
	"message": sprintf(`ines may "read" the key with %s; the roles allowed are security, admin, break-glass`, [text]),
	"facts": {"person": "ines", "action": "read", "roles": roles, "allowed_roles": ["security", "admin", "break-glass"]},
	"records": [fixture.source("grant ines"), fixture.source("ines")],
}

test_fail_says_so_where_an_over_approximation_decides if {
	doubt := {"over_approximation": ["a condition is taken to hold"]}
	three := readers(["a", "b", "c"])
	decides := key(fixture.list(array.concat(three, [read("d", doubt)])))
	beside := key(fixture.list(array.concat(three, [read("d", {}), read("e", doubt)])))
	some violation in verdict.violations with input as decides
	endswith(violation.message, "the limit is 3 (an over-approximation: a condition is taken to hold)")
	violation.facts.over_approximation == doubt.over_approximation
	some other in verdict.violations with input as beside
	endswith(other.message, "the limit is 3")
}

test_pass_exactly_the_limit if verdict == fixture.nothing with input as key(fixture.list(readers(["a", "b", "c"])))

test_pass_one_person_with_several_rights_counts_once if {
	twice := [read("a", {"action": "admin"}), read("a", {"principal_id": "a@bank.example"})]
	verdict == fixture.nothing with input as key(fixture.list(array.concat(readers(["a", "b", "c"]), twice)))
}

test_pass_what_is_no_ordinary_right_to_read if {
	every fields in [
		{"break_glass": true},
		{"action": "use"},
		{"action": "deploy"},
		{"removed_at": fixture.days_ago(1)},
		{"granted_at": fixture.days_ago(-1)},
		{"principal": {"kind": "service", "roles": null}},
		{"principal": {"kind": "workload", "roles": null}, "action": null},
	] {
		other := read("dana", object.union({"principal": person("dana", ["developer"])}, fields))
		verdict == fixture.nothing with input as key(fixture.list(array.concat(readers(["a", "b", "c"]), [other])))
	}
}

test_pass_a_denial_cancels_the_right if {
	denial := read("d", {"effect": "deny"})
	verdict == fixture.nothing with input as key(fixture.list(array.concat(readers(["a", "b", "c", "d"]), [denial])))
}

test_pass_one_allowed_role_of_several if verdict == fixture.nothing with input as with_roles(["sre", "security"])

test_fail_one_person_more if {
	verdict == fixture.fails({too_many(["a", "b", "c", "d"])})
		with input as key(fixture.list(readers(["a", "b", "c", "d"])))
}

test_fail_break_glass_not_stated if {
	grants := array.concat(readers(["a", "b", "c"]), [read("d", {"break_glass": false, "action": "admin"})])
	verdict == fixture.fails({too_many(["a", "b", "c", "d"])}) with input as key(fixture.list(grants))
}

test_fail_denial_of_another_right_or_no_longer_in_force if {
	every fields in [{"action": "use"}, {"removed_at": fixture.days_ago(1)}, {"granted_at": fixture.days_ago(-1)}] {
		denial := read("d", object.union({"effect": "deny"}, fields))
		grants := array.concat(readers(["a", "b", "c", "d"]), [denial])
		verdict == fixture.fails({too_many(["a", "b", "c", "d"])}) with input as key(fixture.list(grants))
	}
}

test_fail_role if {
	verdict == fixture.fails({no_role("the roles developer, sre", ["sre", "developer"])})
		with input as with_roles(["sre", "developer"])
	verdict == fixture.fails({no_role("no role", [])}) with input as with_roles([])
}

test_fail_even_where_the_list_is_cut if {
	expected := object.union(
		fixture.lacks({"grants.records (the list is cut)"}),
		{"violations": {too_many(["a", "b", "c", "d"])}},
	)
	verdict == expected with input as key(fixture.cut(readers(["a", "b", "c", "d"])))
}

# A group of which no directory lists the members may have any number of them.
test_no_evidence_how_many_people_a_group_has if {
	payments := object.union(person("payments", ["security"]), {"kind": null, "group": true})
	held := [read("ines", {}), read("payments", {"principal": payments})]
	fixture.lacking(said) == {"number"} with input as key(fixture.list(held))
	four := array.concat(held, readers(["a", "b", "c"]))
	fixture.failed(said) == {"number"} with input as key(fixture.list(four))
}

test_no_evidence_kind_of_the_holder_unknown if {
	unknown := "grants.records.principal.kind"
	verdict == fixture.lacks({unknown}) with input as one({"principal": null})
	allowed := {"principal": {"kind": null, "roles": ["security"]}}
	verdict == fixture.nothing with input as one(allowed)
	grants := array.concat(readers(["a", "b", "c"]), [read("d", allowed)])
	verdict == fixture.lacks({unknown}) with input as key(fixture.list(grants))
}

test_no_evidence_roles_unknown if {
	verdict == fixture.lacks({"grants.records.principal.roles"}) with input as with_roles(null)
}

test_no_evidence_action_unknown if {
	verdict == fixture.nothing with input as one({"action": null})
	verdict == fixture.lacks({"grants.records.action"})
		with input as one({"action": null, "principal": person("ines", ["sre"])})
	grants := array.concat(readers(["a", "b", "c"]), [read("d", {"action": null})])
	verdict == fixture.lacks({"grants.records.action"}) with input as key(fixture.list(grants))
}

test_no_evidence_no_grant if {
	verdict == fixture.lacks({"grants.records (no grant on this key)"}) with input as key(fixture.list([]))
}

test_no_evidence_list_cut if {
	verdict == fixture.lacks({"grants.records (the list is cut)"}) with input as key(fixture.cut(readers(["a"])))
}

test_environment_unknown_is_no_violation if {
	every dossier in [with_roles(["sre"]), key(fixture.list(readers(["a", "b", "c", "d"])))] {
		verdict == fixture.nothing with input as object.union(dossier, {"key": {"environment": null}})
	}
}

test_not_applicable if {
	expired := object.union(with_roles(["security"]), {"key": {"status": "expired"}})
	verdict == fixture.exempt({"the key has expired"}) with input as expired
	staging := object.union(with_roles(["sre"]), {"key": {"environment": "staging"}})
	verdict == fixture.exempt({"the key belongs to staging"}) with input as staging
}

test_missing_roles_concern_the_roles if {
	held := {
		"action": "read",
		"break_glass": false,
		"granted_at": fixture.days_ago(9),
		"removed_at": fixture.never,
		"principal": {"principal_id": "ines", "kind": "human", "roles": null, "source": fixture.source("row 3")},
		"source": fixture.source("row 7"),
	}
	fixture.lacking(said) == {"roles"} with input as fixture.key_dossier({"grants": fixture.list([held])})
	taken := object.union(held, {"principal": {"roles": ["developer"]}})
	fixture.failed(said) == {"roles"} with input as fixture.key_dossier({"grants": fixture.list([taken])})
}
