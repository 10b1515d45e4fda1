# METADATA
# title: Every active key has an accountable owner who still works here
# description: >-
#   Nobody rotates, reviews or revokes a key that nobody owns. An active key fails if its inventory record states no
#   owner, if the named owner is not among the identities supplied, has left by the as-of date or is suspended. An
#   owner who leaves after the as-of date still counts. An owner that is no person (a service, a workload, or a name
#   listed in `teams`) fails with low severity: a team cannot be held to account the way its head can.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: inv-owner-assigned
#   severity: high
#   subject: key
#   applies: {status: active}
#   requires: [key.status, key.owner, owner]
#   absences: [key]
#   elements:
#     - id: stated
#       title: owner stated
#       shows: Whether the inventory states an owner.
#       criterion: none
#     - id: known
#       title: owner on record
#       shows: Whether the inventory states an owner who is among the identities supplied, or a team that is listed.
#       criterion: {params: [teams]}
#     - id: person
#       title: a person as owner
#       shows: Whether the owner is a person who can be held to account.
#       criterion: {params: [teams]}
#     - id: employed
#       title: an owner who is still there
#       shows: Whether the owner has neither left nor been suspended.
#       criterion: none
#   params:
#     teams: []
#   action: Name a person who answers for each key
#   remediation: >-
#     Name one person who answers for the key and record the name in the inventory. Hand the key over before its owner
#     leaves.
#   effort: process
#   closed_by: >-
#     The inventory names an owner for the key, and the directory of people shows that this person is active.
package policies.inventory.inv_owner_assigned

import future.keywords.not

import data.lib.age
import data.lib.word

not_applicable contains {"reason": "the inventory states no owner", "elements": ["known"]} if owner == ""

not_applicable contains {"reason": "no owner is known", "elements": ["person", "employed"]} if unnamed

not_applicable contains {"reason": "the owner is a team", "elements": ["employed"]} if team

violations contains {
	"element": "stated",
	"absent": ["key"],
	"message": "the inventory states no owner for this key",
	"facts": {"owner": ""},
	"records": [input.key.source],
} if {
	owner == ""
}

violations contains {
	"element": "person",
	"message": sprintf(`the owner "%s" is a team, not a person who can be held to account`, [owner]),
	"facts": {"owner": owner},
	"records": [input.key.source],
	"severity": "low",
} if {
	team
}

violations contains {
	"element": "known",
	"message": sprintf(`the owner "%s" is not among the identities supplied`, [owner]),
	"facts": {"owner": owner},
	"records": [input.key.source],
} if {
	input.owner.found == false
	owner != ""
	not team
}

violations contains {
	"element": "person",
	"message": sprintf(
		`the owner "%s" is a %s, not a person who can be held to account`,
		[owner, input.owner.principal.kind],
	),
	"facts": {"owner": owner, "owner_kind": input.owner.principal.kind},
	"records": [input.key.source, input.owner.principal.source],
	"severity": "low",
} if {
	input.owner.principal.kind in {"service", "workload"}
	not team
}

violations contains {
	"element": "employed",
	"message": sprintf(`the owner "%s" %s`, [owner, unavailable]),
	"facts": {"owner": owner, "owner_status": object.get(input.owner.principal, "status", null)},
	"records": [input.key.source, input.owner.principal.source],
}

missing contains {"path": "owner.found", "elements": ["known", "person", "employed"]} if {
	count(violations) == 0
	not input.owner.found == true
}

missing contains {"path": "owner.principal.kind", "elements": ["person"]} if {
	identified
	not is_string(input.owner.principal.kind)
}

missing contains {"path": "owner.principal.status", "elements": ["employed"]} if {
	identified
	not unavailable
	not input.owner.principal.status in {"active", "left"}
}

missing contains {"path": age.not_stated_since("key.owner"), "elements": ["employed"]} if {
	identified
	not unavailable
	named_before
}

params := data.params["inv-owner-assigned"]

owner := trim_space(input.key.owner)

unnamed if owner == ""

unnamed if {
	input.owner.found == false
	not team
}

identified if {
	input.owner.found == true
	owner != ""
	not team
}

team if word.plain(owner) in word.plain_set(params.teams)

unavailable := concat(" ", ["left on", age.describe(input.owner.principal.departed_at, input.as_of.ms)]) if {
	departed
} else := "has left" if {
	input.owner.principal.status == "left"
	not leaves_later
	not named_before
} else := "is suspended" if {
	input.owner.principal.status == "suspended"
}

departed if {
	age.past(input.owner.principal.departed_at, input.as_of.ms)
	not named_before
}

# The inventory that names the owner is older than the departure: who owns the key since is not known.
named_before if {
	age.past(input.owner.principal.departed_at, input.as_of.ms)
	not age.past(input.owner.principal.departed_at, age.stated_until("key.owner"))
}

leaves_later if age.after(input.owner.principal.departed_at, input.as_of.ms)
