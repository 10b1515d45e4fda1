package lib.people_test

import future.keywords.not

import data.lib.people

address := "anna.meier@bank.example"

test_case_and_blanks_do_not_count if people.same(" Anna.Meier@bank.example", address)

test_names_of_the_same_parts_may_be_one_person if {
	every name in [
		"anna.meier",
		"anna_meier",
		"AnnaMeier",
		"ameier",
		"meiera",
		"Anna",
		`BANK\anna.meier`,
		"arn:aws:iam::111122223333:user/anna.meier",
		"Anna Meier",
		"Meier, Anna",
	] {
		people.may_be_same(name, address)
		people.may_be_same(address, name)
		not people.same(name, address)
	}
	people.may_be_same("ameier", "Anna Meier")
	people.may_be_same("ameier", "anna.meier")
	people.may_be_same("anna.meier+prod@bank.example", "anna.meier")
}

test_other_names_are_not if {
	every name in ["ben.okafor", "bmeier", "Anna Schmidt", "Anna Maria Meier", "", "@", "cfo"] {
		not people.may_be_same(name, address)
	}
}

test_two_addresses_are_of_two_people if not people.may_be_same("ameier@bank.example", address)

test_another_address_decides_and_an_equal_name_does_too if {
	people.may_be_one_of("ameier", ["NB1042", address, "Anna Meier"])
	not people.may_be_one_of("ameier@bank.example", ["ameier", address])
	not people.may_be_one_of("ameier", ["AMEIER", address])
	not people.may_be_one_of("ben", [address])
	not people.may_be_one_of("ben", [])
}

test_names_of_a_holder if {
	people.names_of({"principal_id": "anna", "principal": null}) == ["anna"]
	people.names_of({"principal_id": "anna", "principal": {"principal_id": "A1", "name": null, "aliases": ["am"]}}) == [
		"anna",
		"A1",
		"am",
	]
}
