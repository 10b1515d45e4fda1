# METADATA
# title: Purpose, data and legal or contractual basis of every active key are on record
# description: >-
#   Whether a key is still needed, and what its leak would expose, shows in what it was issued for. An active key of any
#   environment fails if its inventory record states no business purpose, one of less than 10 characters or a
#   placeholder such as `tbd`; if it names no category of data that the key reaches; and if it refers to no legal
#   or contractual basis. Reading chosen: a placeholder is no basis and no category either, and a key that reaches no
#   data says so in words (`no personal data`), not by `none`. Whether purpose and basis are right is not tested.
# related_resources:
#   - description: NIST Privacy Framework, inventory and mapping
#     ref: https://www.nist.gov/privacy-framework
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: inv-purpose-documented
#   severity: medium
#   subject: key
#   applies: {status: active}
#   requires: [key.status]
#   absences: [key]
#   elements:
#     - id: purpose-stated
#       title: purpose stated
#       shows: Whether the inventory has something under purpose.
#       criterion: none
#       requires: [key.purpose]
#     - id: purpose
#       title: purpose of the key
#       shows: Whether the inventory states a business purpose.
#       criterion: {params: [min_length, placeholders]}
#       requires: [key.purpose]
#     - id: data-stated
#       title: data stated
#       shows: Whether the inventory has something under categories of data.
#       criterion: none
#       requires: [key.data_categories]
#     - id: data
#       title: data that the key reaches
#       shows: Whether the inventory names a category of data that the key reaches.
#       criterion: {params: [placeholders]}
#       requires: [key.data_categories]
#     - id: basis-stated
#       title: basis stated
#       shows: Whether the inventory has something under basis.
#       criterion: none
#       requires: [key.basis_ref]
#     - id: basis
#       title: legal or contractual basis
#       shows: Whether the inventory refers to a legal or contractual basis.
#       criterion: {params: [placeholders]}
#       requires: [key.basis_ref]
#   params:
#     min_length: 10
#     placeholders:
#       - "-"
#       - "?"
#       - api key
#       - default
#       - general
#       - generic
#       - misc
#       - miscellaneous
#       - n/a
#       - na
#       - none
#       - not applicable
#       - other
#       - placeholder
#       - tba
#       - tbc
#       - tbd
#       - test
#       - to be defined
#       - to be determined
#       - todo
#       - unknown
#       - various
#       - xxx
#   action: Have owners state purpose, data and basis of their keys
#   remediation: >-
#     Have the owner state what the key is for, which data it reaches and what allows that, and revoke a key for which
#     nobody can.
#   effort: process
#   closed_by: >-
#     The inventory states purpose, categories of data and basis of the key in words that are no placeholders, or
#     shows the key revoked.
package policies.inventory.inv_purpose_documented

import future.keywords.not

import data.lib.word

not_applicable contains {"reason": "the inventory states no purpose", "elements": ["purpose"]} if purpose == ""

not_applicable contains {"reason": "the inventory names no category of data", "elements": ["data"]} if no_data

not_applicable contains {"reason": "the inventory refers to no basis", "elements": ["basis"]} if no_basis

violations contains {
	"element": "purpose-stated",
	"absent": ["key"],
	"message": "the inventory states no purpose",
	"facts": {"purpose": ""},
	"records": [input.key.source],
} if {
	purpose == ""
}

violations contains {
	"element": "purpose",
	"message": sprintf(`the purpose "%s" is a placeholder`, [purpose]),
	"facts": {"purpose": purpose},
	"records": [input.key.source],
} if {
	purpose != ""
	placeholder
}

violations contains {
	"element": "purpose",
	"message": sprintf(
		`the purpose "%s" has %d characters; at least %d are asked for`,
		[purpose, count(purpose), params.min_length],
	),
	"facts": {"purpose": purpose, "length": count(purpose), "min_length": params.min_length},
	"records": [input.key.source],
} if {
	purpose != ""
	not placeholder
	count(purpose) < params.min_length
}

violations contains {
	"element": "data",
	"absent": ["key"],
	"message": "the inventory names no category of data that the key reaches",
	"facts": {"data_categories": input.key.data_categories},
	"records": [input.key.source],
} if {
	not no_data
	is_array(input.key.data_categories)
	every category in input.key.data_categories { says_nothing(category) }
}

violations contains {
	"element": "data-stated",
	"absent": ["key"],
	"message": "the inventory names no category of data that the key reaches",
	"facts": {"data_categories": input.key.data_categories},
	"records": [input.key.source],
} if {
	no_data
}

violations contains {
	"element": "basis",
	"absent": ["key"],
	"message": "the inventory refers to no legal or contractual basis",
	"facts": {"basis_ref": input.key.basis_ref},
	"records": [input.key.source],
} if {
	not no_basis
	says_nothing(input.key.basis_ref)
}

violations contains {
	"element": "basis-stated",
	"absent": ["key"],
	"message": "the inventory refers to no legal or contractual basis",
	"facts": {"basis_ref": input.key.basis_ref},
	"records": [input.key.source],
} if {
	no_basis
}

params := data.params["inv-purpose-documented"]

purpose := trim_space(input.key.purpose)

placeholder if says_nothing(input.key.purpose)

no_data if {
	is_array(input.key.data_categories)
	every category in input.key.data_categories { trim_space(category) == "" }
}

no_basis if trim_space(input.key.basis_ref) == ""

placeholders := word.placeholders(params.placeholders)

says_nothing(text) if word.says_nothing(text, placeholders)
