# METADATA
# title: Every inventory record has the fields that people and rules rely on
# description: >-
#   A field that nobody filled in is a question nobody can answer on the day of a leak. The inventory record of a key
#   fails if one of the fields in `fields` says nothing: it is not there, it is blank, or it is a date that the
#   source does not track; one that is stated and cannot be read, or on which records contradict each other, is
#   unknown. A rotation or a use that only a log dates is not filled in. What other rules take for
#   missing evidence is what this one is about, and the record itself proves it; only a record without a status cannot
#   be judged. The date `never` and an empty list of scopes are statements and count. Reading chosen: keys are judged
#   until they are revoked or destroyed, because an inactive or expired one can be put to work again. Whether a value
#   is right is not tested, nor that the record holds no secret: what looks like one is dropped as the export is read.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: inv-required-fields
#   severity: medium
#   subject: key
#   applies: {status: [active, inactive, expired, pending-deletion]}
#   requires: [key.status]
#   absences: [key]
#   criterion: {params: [fields]}
#   params:
#     fields:
#       - key_id
#       - fingerprint
#       - provider
#       - environment
#       - type
#       - scopes
#       - created
#       - last_rotated
#       - last_used
#       - status
#       - risk_tier
#       - purpose
#   action: Fill in the fields that inventory records lack
#   remediation: >-
#     Fill in the fields listed, from the store if it has them and from the owner of the key if it does not.
#   effort: process
#   closed_by: >-
#     The inventory holds a value in each of the required fields of the key's record.
package policies.inventory.inv_required_fields

import future.keywords.not

import data.lib.evidence

violations contains {
	"absent": ["key"],
	"message": sprintf("the inventory record lacks %s", [concat(", ", lacking)]),
	"facts": {"lacking": lacking},
	"records": [input.key.source],
} if {
	is_string(input.key.status)
	count(lacking) > 0
}

params := data.params["inv-required-fields"]

# What is stated and cannot be read, or is contradicted, is not known.
missing contains sprintf("key.%s", [field]) if {
	is_string(input.key.status)
	some field in params.fields
	unclear(field)
}

lacking := [field |
	some field in params.fields
	not filled_in(field)
	not unclear(field)
]

unclear(field) if {
	not filled_in(field)
	is_array(input.key.unclear)
	field in input.key.unclear
}

# A date that only a log knows is not in the record.
filled_in(field) if {
	stated(object.get(input.key, field, null))
	not input.filled_in[field] == false
}

stated(value) if {
	evidence.known(value)
	not blank(value)
}

blank(text) if trim_space(text) == ""
