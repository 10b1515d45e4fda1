package policies.inventory.inv_purpose_documented_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.inv_purpose_documented.verdict

key(fields) := fixture.key_dossier({"key": object.union(
	{
		"purpose": "Authorises card payments at the acquirer",
		"data_categories": ["cardholder data"],
		"basis_ref": "Acquiring agreement 2024-17",
	},
	fields,
)})

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("row 2")]}

test_pass_all_on_record if verdict == fixture.nothing with input as key({})

test_pass_purpose_of_exactly_the_length if verdict == fixture.nothing with input as key({"purpose": " card check "})

test_pass_one_category_says_something if {
	verdict == fixture.nothing with input as key({"data_categories": ["tbd", "no personal data"]})
}

test_fail_purpose_one_character_short if {
	expected := {violation(
		`the purpose "cardscheck" has 10 characters; at least 11 are asked for`,
		{"purpose": "cardscheck", "length": 10, "min_length": 11},
	)}
	verdict == fixture.fails(expected) with input as key({"purpose": "cardscheck"})
		with data.params as {"inv-purpose-documented": {"min_length": 11, "placeholders": []}}
	verdict == fixture.nothing with input as key({"purpose": "cards check"})
		with data.params as {"inv-purpose-documented": {"min_length": 11, "placeholders": []}}
}

test_fail_placeholder if {
	every text in ["TBD", " to be determined ", "N/A"] {
		expected := {
			violation(sprintf(`the purpose "%s" is a placeholder`, [trim_space(text)]), {"purpose": trim_space(text)}),
		}
		verdict == fixture.fails(expected) with input as key({"purpose": text})
	}
}

test_fail_no_purpose if {
	expected := {violation("the inventory states no purpose", {"purpose": ""})}
	verdict == fixture.fails(expected) with input as key({"purpose": "  "})
}

test_fail_no_category if {
	every categories in [[], [""], ["unknown", " None "]] {
		expected := {
			violation("the inventory names no category of data that the key reaches", {"data_categories": categories}),
		}
		verdict == fixture.fails(expected) with input as key({"data_categories": categories})
	}
}

test_fail_no_basis if {
	every basis in ["", " ", "TODO"] {
		expected := {violation("the inventory refers to no legal or contractual basis", {"basis_ref": basis})}
		verdict == fixture.fails(expected) with input as key({"basis_ref": basis})
	}
}

test_unknown_values_are_no_violation if {
	verdict == fixture.nothing with input as key({"purpose": null, "data_categories": null, "basis_ref": null})
}

test_not_applicable_inactive if {
	verdict == fixture.exempt({"the key is inactive"}) with input as key({"status": "inactive"})
}

test_elements if {
	fixture.failed(said) == {"purpose-stated"} with input as key({"purpose": " "})
	every text in ["tbd", "cards"] { fixture.failed(said) == {"purpose"} with input as key({"purpose": text}) }
	every list in [[], [""]] { fixture.failed(said) == {"data-stated"} with input as key({"data_categories": list}) }
	fixture.failed(said) == {"data"} with input as key({"data_categories": ["tbd"]})
	fixture.failed(said) == {"basis-stated"} with input as key({"basis_ref": ""})
	fixture.failed(said) == {"basis"} with input as key({"basis_ref": "n/a"})
}
