package policies.inventory.inv_owner_assigned_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.inv_owner_assigned.verdict

principal(fields) := object.union(
	{"principal_id": "p1", "kind": "human", "status": "active", "source": fixture.source("row 9")},
	fields,
)

with_owner(owner) := fixture.key_dossier({"key": {"owner": "ines"}, "owner": owner})

employed(fields) := with_owner({"found": true, "principal": principal(fields)})

violation(message, facts, records) := {"message": message, "facts": facts, "records": records}

both := [fixture.source("row 2"), fixture.source("row 9")]

test_pass_owner_is_employed if verdict == fixture.nothing with input as employed({})

test_pass_owner_leaves_after_the_as_of_date if {
	verdict == fixture.nothing with input as employed({"status": "left", "departed_at": fixture.days_ago(-1)})
}

test_fail_no_owner if {
	dossier := fixture.key_dossier({"key": {"owner": "  "}, "owner": {"found": false, "principal": null}})
	expected := {violation("the inventory states no owner for this key", {"owner": ""}, [fixture.source("row 2")])}
	verdict == fixture.fails(expected) with input as dossier
}

test_fail_owner_unknown_to_the_identities if {
	expected := {
		violation(`the owner "ines" is not among the identities supplied`, {"owner": "ines"}, [fixture.source("row 2")]),
	}
	verdict == fixture.fails(expected) with input as with_owner({"found": false, "principal": null})
}

test_fail_owner_left_on_the_as_of_date if {
	expected := {violation(
		`the owner "ines" left on 2026-09-30, 0 days before the as-of date`,
		{"owner": "ines", "owner_status": "active"},
		both,
	)}
	verdict == fixture.fails(expected) with input as employed({"departed_at": fixture.day_ago(0)})
}

test_fail_owner_left_without_a_date if {
	expected := {violation(`the owner "ines" has left`, {"owner": "ines", "owner_status": "left"}, both)}
	verdict == fixture.fails(expected) with input as employed({"status": "left", "departed_at": null})
}

test_fail_owner_is_suspended if {
	expected := {violation(`the owner "ines" is suspended`, {"owner": "ines", "owner_status": "suspended"}, both)}
	verdict == fixture.fails(expected) with input as employed({"status": "suspended"})
}

test_fail_low_owner_is_a_service if {
	expected := {object.union(
		violation(
			`the owner "ines" is a service, not a person who can be held to account`,
			{"owner": "ines", "owner_kind": "service"},
			both,
		),
		{"severity": "low"},
	)}
	verdict == fixture.fails(expected) with input as employed({"kind": "service"})
}

test_fail_low_owner_is_a_team if {
	dossier := with_owner({"found": false, "principal": null})
	expected := {object.union(
		violation(
			`the owner "ines" is a team, not a person who can be held to account`,
			{"owner": "ines"},
			[fixture.source("row 2")],
		),
		{"severity": "low"},
	)}
	verdict == fixture.fails(expected) with input as dossier
		with data.params as {"inv-owner-assigned": {"teams": ["INES"]}}
}

test_no_evidence_no_principal_export if verdict == fixture.lacks({"owner.found"}) with input as with_owner(null)

test_no_evidence_owner_status_unknown if {
	verdict == fixture.lacks({"owner.principal.status"}) with input as employed({"status": null})
}

test_not_applicable_revoked if {
	verdict == fixture.exempt({"the key is revoked"})
		with input as object.union(employed({}), {"key": {"status": "revoked"}})
}

test_elements if {
	blank := {"key": {"owner": " "}, "owner": {"found": false}}
	fixture.failed(said) == {"stated"} with input as fixture.key_dossier(blank)
	fixture.failed(said) == {"known"} with input as with_owner({"found": false, "principal": null})
	fixture.failed(said) == {"person"} with input as employed({"kind": "service"})
	fixture.failed(said) == {"employed"} with input as employed({"status": "suspended"})
	fixture.lacking(said) == {"person"} with input as employed({"kind": null})
	fixture.lacking(said) == {"employed"} with input as employed({"status": null})
}

test_nobody_is_neither_a_person_nor_employed if {
	outcome := said with input as with_owner({"found": false, "principal": null})
	{reason.elements | some reason in outcome.not_applicable} == {["person", "employed"]}
	of_team := said with input as with_owner({"found": false, "principal": null})
		with data.params as {"inv-owner-assigned": {"teams": ["Ines"]}}
	{reason.elements | some reason in of_team.not_applicable} == {["employed"]}
}

test_no_evidence_owner_left_after_the_export if {
	left := employed({"status": "left", "departed_at": fixture.days_ago(10)})
	verdict == fixture.lacks({fixture.export_of("key.owner", 50)}) with input as fixture.stated_until(left, ["owner"], 50)
	fixture.failed(said) == {"employed"} with input as fixture.stated_until(left, ["owner"], 5)
}
