package policies.storage.storage_kek_separated_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.storage_kek_separated.verdict

person := {
	"principal_id": "p-7",
	"name": "Ines Okafor",
	"aliases": ["ines.okafor@bank.example"],
	"roles": ["sre"],
	"source": fixture.source("row 12"),
}

held(fields) := object.union(
	{"principal_id": "p-7", "action": "read", "principal": person, "source": fixture.source("row 7")},
	fields,
)

dossier(fields, grants) := fixture.key_dossier({
	"key": object.union(
		{
			"encrypted_at_rest": true,
			"kek_location": "kms-account",
			"dek_location": "payments-account",
			"kek_admins": ["key-custodian"],
		},
		fields,
	),
	"grants": grants,
})

key(fields) := dossier(fields, fixture.list([held({})]))

administered_by(admins, grants) := dossier({"kek_admins": admins}, grants)

conflict(fields) := {
	"message": sprintf(
		`p-7 administers the wrapping key (on record as %s) and holds the right "read" on the key it protects`,
		[concat(", ", object.get(fields, "administrators", ["p-7"]))],
	),
	"facts": object.union({"principal": "p-7", "administrators": ["p-7"], "action": "read", "break_glass": false}, fields),
	"records": [fixture.source("row 2"), fixture.source("row 7"), fixture.source("row 12")],
}

one_place(kek, dek) := {
	"message": sprintf("the wrapping key is kept in %s and the key it protects in %s, which is one place", [kek, dek]),
	"facts": {"kek_location": kek, "dek_location": dek},
	"records": [fixture.source("row 2")],
}

test_pass_apart_in_place_and_people if verdict == fixture.nothing with input as key({})

test_missing_administrator_who_may_be_a_holder_under_another_name if {
	path := "key.kek_admins (may be a holder under another name)"
	verdict == fixture.lacks({path}) with input as administered_by(["iokafor"], fixture.list([held({})]))
	verdict == fixture.nothing with input as administered_by(["okafor@bank.example"], fixture.list([held({})]))
	program := held({"principal": object.union(person, {"kind": "service"})})
	verdict == fixture.nothing with input as administered_by(["iokafor"], fixture.list([program]))
}

test_pass_places_whose_names_only_begin_alike if {
	verdict == fixture.nothing with input as key({"kek_location": "account-1", "dek_location": "account-12"})
}

test_pass_nobody_administers_the_wrapping_key if {
	verdict == fixture.nothing with input as administered_by([], fixture.cut([held({"principal": null})]))
	verdict == fixture.nothing with input as administered_by([], fixture.list([]))
}

test_pass_administrator_who_reads_nothing if {
	verdict == fixture.nothing
		with input as administered_by(["p-7"], fixture.list([held({"action": "audit", "principal": null})]))
	removed := held({"removed_at": fixture.days_ago(0)})
	verdict == fixture.nothing with input as administered_by(["p-7"], fixture.list([removed]))
}

test_fail_one_place if {
	verdict == fixture.fails({one_place("Vault-1", "vault-1 ")})
		with input as key({"kek_location": "Vault-1", "dek_location": "vault-1 "})
	verdict == fixture.fails({one_place("vault-1", "vault-1/payments")})
		with input as key({"kek_location": "vault-1", "dek_location": "vault-1/payments"})
	verdict == fixture.fails({one_place("aws:1111:eu", "aws:1111")})
		with input as key({"kek_location": "aws:1111:eu", "dek_location": "aws:1111"})
}

test_fail_administrator_by_each_name if {
	every name in ["p-7", "Ines Okafor", "INES.OKAFOR@bank.example", "SRE"] {
		expected := fixture.fails({conflict({"administrators": [name]})})
		verdict == expected with input as administered_by(["key-custodian", name], fixture.list([held({})]))
	}
}

test_fail_id_of_the_record_where_the_grant_has_another if {
	expected := fixture.fails({object.union(conflict({"principal": "okafor"}), {
		"message": `okafor administers the wrapping key (on record as p-7) and holds the right "read" on the key it protects`,
	})})
	verdict == expected with input as administered_by(["p-7"], fixture.list([held({"principal_id": "okafor"})]))
}

test_fail_administrator_nothing_more_is_known_of if {
	expected := object.union(conflict({}), {"records": [fixture.source("row 2"), fixture.source("row 7")]})
	verdict == fixture.fails({expected}) with input as administered_by(["p-7"], fixture.list([held({"principal": null})]))
}

test_fail_under_two_names_through_break_glass if {
	expected := fixture.fails({conflict({"administrators": ["p-7", "sre"], "break_glass": true})})
	verdict == expected with input as administered_by(["sre", "p-7"], fixture.list([held({"break_glass": true})]))
}

test_fail_administration_of_the_key_reads_it if {
	outcome := verdict with input as administered_by(["p-7"], fixture.list([held({"action": "admin"})]))
	count(outcome.violations) == 1
}

test_no_evidence_no_place if {
	expected := fixture.lacks({"key.kek_location (no place)", "key.dek_location (no place)"})
	verdict == expected with input as key({"kek_location": "", "dek_location": " "})
}

test_no_evidence_no_grants if {
	expected := fixture.lacks({"grants.records (no grant on this key)"})
	verdict == expected with input as administered_by(["p-7"], fixture.list([]))
}

test_no_evidence_list_cut if {
	expected := fixture.lacks({"grants.records (the list is cut)"})
	verdict == expected with input as administered_by(["key-custodian"], fixture.cut([held({})]))
}

test_no_evidence_right_of_an_administrator_unknown if {
	expected := fixture.lacks({"grants.records.action"})
	verdict == expected with input as administered_by(["p-7"], fixture.list([held({"action": null})]))
}

test_no_evidence_holder_unknown if {
	expected := fixture.lacks({"grants.records.principal"})
	verdict == expected with input as administered_by(["key-custodian"], fixture.list([held({"principal": null})]))
	verdict == expected
		with input as administered_by(["key-custodian"], fixture.list([held({"principal": null, "action": null})]))
}

test_no_evidence_names_of_a_holder_unknown if {
	every field in ["aliases", "name", "roles"] {
		expected := fixture.lacks({sprintf("grants.records.principal.%s", [field])})
		holder := held({"principal": object.union(person, {field: null})})
		verdict == expected with input as administered_by(["key-custodian"], fixture.list([holder]))
	}
}

test_unknown_encryption_is_no_violation if {
	unknown := {"encrypted_at_rest": null, "dek_location": "kms-account", "kek_admins": ["p-7"]}
	verdict == fixture.nothing with input as key(unknown)
}

test_unknown_places_and_administrators_are_no_violation if {
	verdict == fixture.nothing with input as key({"kek_location": null, "dek_location": null, "kek_admins": null})
}

test_not_applicable_states if {
	verdict == fixture.exempt({"the key has expired"}) with input as key({"status": "expired"})
	expected := fixture.exempt({"the key is not encrypted, which storage-encrypted-at-rest judges"})
	verdict == expected with input as key({"encrypted_at_rest": false})
}

test_elements if {
	one_place := {"kek_location": "kms-account", "dek_location": "kms-account"}
	fixture.failed(said) == {"location"} with input as key(one_place)
	fixture.failed(said) == {"administration"} with input as key({"kek_admins": ["p-7"]})
	fixture.lacking(said) == {"location"} with input as key({"kek_location": ""})
	fixture.lacking(said) == {"administration"} with input as dossier({}, fixture.list([]))
}

test_no_evidence_who_is_in_a_group if {
	grants := fixture.list([held({"principal_id": "sg-payments", "principal": fixture.group})])
	verdict == fixture.lacks({fixture.members_unknown}) with input as administered_by(["p-7"], grants)
	verdict == fixture.nothing with input as administered_by([], grants)
	audits := fixture.list([held({"principal": fixture.group, "action": "audit"})])
	verdict == fixture.nothing with input as administered_by(["p-7"], audits)
}
