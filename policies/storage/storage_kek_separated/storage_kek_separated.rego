# METADATA
# title: The wrapping key is kept and administered apart from the key it protects
# description: >-
#   Whoever holds both the wrapping key and the wrapped one holds the secret in clear. An active encrypted key fails
#   if both are kept in one place, or one place lies within the other, and if somebody who administers the
#   wrapping key also holds a grant in force that reads or administers the key. Readings chosen: administrators are
#   compared with the id, the name, the aliases and the roles of the holder, case aside, so a holder of whom these are
#   not all known lacks evidence; break-glass grants count, and what a denial of reading cancels does not; two names
#   of one place are not recognised; a group whose members no directory lists may have an administrator in it. A key
#   without any grant on record lacks evidence.
# related_resources:
#   - description: NIST SP 800-57 Part 1 rev. 5, recommendation for key management
#     ref: https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: storage-kek-separated
#   severity: high
#   subject: key
#   applies: {status: active}
#   requires: [key.status, key.encrypted_at_rest]
#   elements:
#     - id: location
#       title: place of the wrapping key
#       shows: Whether wrapping key and wrapped key are kept in two places.
#       criterion: none
#       requires: [key.kek_location, key.dek_location]
#     - id: administration
#       title: administration of the wrapping key
#       shows: Whether nobody who administers the wrapping key may read what it protects.
#       criterion: {params: [reading_actions]}
#       requires: [key.kek_admins, grants]
#   params:
#     reading_actions: [read, admin]
#   action: Move the wrapping key apart from the key that it protects
#   remediation: >-
#     Move the wrapping key to an account or module of its own, and let people administer it who cannot read what it
#     protects.
#   effort: configuration
#   closed_by: >-
#     The inventory shows different places for the wrapping key and the key, and the list of access rights shows no
#     administrator of the wrapping key who can read the key.
package policies.storage.storage_kek_separated

import future.keywords.not

import data.lib.evidence
import data.lib.grant
import data.lib.people

not_applicable contains "the key is not encrypted, which storage-encrypted-at-rest judges" if {
	input.key.encrypted_at_rest == false
}

violations contains {
	"element": "location",
	"message": sprintf("the wrapping key is kept in %s and the key it protects in %s, which is one place", [
		input.key.kek_location,
		input.key.dek_location,
	]),
	"facts": {"kek_location": input.key.kek_location, "dek_location": input.key.dek_location},
	"records": [input.key.source],
} if {
	encrypted
	one_place
}

violations contains {
	"element": "administration",
	"message": sprintf(
		`%s administers the wrapping key (on record as %s) and holds the right "%s" on the key it protects%s`,
		[held.principal_id, concat(", ", names), held.action, grant.doubt([held])],
	),
	"facts": object.union(
		{
			"principal": held.principal_id,
			"administrators": names,
			"action": held.action,
			"break_glass": object.get(held, "break_glass", null) == true,
		},
		grant.doubted([held]),
	),
	"records": array.concat([input.key.source, held.source], [source | source := held.principal.source]),
} if {
	encrypted
	some held in in_force
	held.action in reading_actions
	names := sort(administers_as(held))
	count(names) > 0
}

missing contains {"path": concat("", ["key.", field, " (no place)"]), "elements": ["location"]} if {
	some field, place in places
	place == ""
}

missing contains {"path": "grants.records (no grant on this key)", "elements": ["administration"]} if {
	administered
	input.grants.total == 0
}

missing contains {"path": evidence.cut("grants", input.grants), "elements": ["administration"]} if administered

missing contains {"path": "grants.records.action", "elements": ["administration"]} if {
	some held in in_force
	not is_string(held.action)
	count(administers_as(held)) > 0
}

missing contains {
	"path": "key.kek_admins (may be a holder under another name)",
	"elements": ["administration"],
} if {
	some held in in_force
	may_read(held)
	not grant.no_person(held)
	count(administers_as(held)) == 0
	some admin in input.key.kek_admins
	people.may_be_one_of(admin, people.names_of(held))
}

missing contains {"path": concat("", ["grants.records.principal", unknown]), "elements": ["administration"]} if {
	administered
	some held in in_force
	may_read(held)
	count(administers_as(held)) == 0
	some unknown in unknown_names(held)
}

missing contains {"path": grant.members_unknown, "elements": ["administration"]} if {
	administered
	some held in in_force
	may_read(held)
	grant.unlisted(held)
	count(administers_as(held)) == 0
}

params := data.params["storage-kek-separated"]

reading_actions := params.reading_actions

encrypted if input.key.encrypted_at_rest == true

places["kek_location"] := plain(input.key.kek_location)

places["dek_location"] := plain(input.key.dek_location)

one_place if {
	places.kek_location == places.dek_location
	places.kek_location != ""
}

one_place if lies_within(places.kek_location, places.dek_location)

one_place if lies_within(places.dek_location, places.kek_location)

lies_within(inner, outer) if {
	outer != ""
	some separator in ["/", ":"]
	startswith(inner, concat("", [outer, separator]))
}

# A wrapping key that nobody administers needs no comparison of people.
administered if count(input.key.kek_admins) > 0

in_force := [held |
	some held in input.grants.records
	grant.in_force(held, input.as_of.ms)
	not grant.unread(held)
]

may_read(held) if held.action in reading_actions

may_read(held) if not is_string(held.action)

# Names under which the record of the key lists the holder of a grant among the administrators of the wrapping key.
administers_as(held) := {admin | some admin in input.key.kek_admins; is_called(held, plain(admin))}

is_called(held, name) if plain(held.principal_id) == name

is_called(held, name) if {
	some field in ["principal_id", "name"]
	plain(held.principal[field]) == name
}

is_called(held, name) if {
	some field in ["aliases", "roles"]
	some other in held.principal[field]
	plain(other) == name
}

unknown_names(held) := {""} if {
	not is_object(held.principal)
} else := {concat("", [".", field]) |
	some field in ["aliases", "name", "roles"]
	not evidence.known(held.principal[field])
}

plain(text) := lower(trim_space(text))
