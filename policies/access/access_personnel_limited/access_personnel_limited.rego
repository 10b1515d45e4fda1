# METADATA
# title: Few people can read a production key, and each has a role that calls for it
# description: >-
#   Every person who can read a secret can copy it. An active production key fails if more than 3 people hold a
#   right in force to read or administer it (administration includes reading) without a break-glass procedure, and for
#   each such person none of whose roles is among the roles allowed. Developers and those who run or deploy systems
#   are not among these: rbac-dev-no-prod and rbac-ops-no-raw-read deny them the right. A listed grant is an ordinary
#   one unless the record says that it is for break-glass only. A person counts if an export names the person, and
#   as a member of a group if the records of people name the group; how many people a group has is unknown unless a
#   directory lists them. A right that may be less than it is listed for (a condition, a boundary that is not supplied)
#   counts, and the finding says so if it decides.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
#   - description: NIST SP 800-53 rev. 5, AC-6(1) and AC-6(5)
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: access-personnel-limited
#   severity: high
#   subject: key
#   applies: {status: active, environment: production}
#   requires: [key.status, key.environment, grants]
#   elements:
#     - id: number
#       title: number of readers
#       shows: Whether no more people than the limit may read or administer the key.
#       criterion: {params: [max_readers]}
#     - id: roles
#       title: roles of the readers
#       shows: Whether each person who may read or administer the key has a role that is allowed to.
#       criterion: {params: [allowed_roles]}
#   params:
#     max_readers: 3
#     allowed_roles: [security, admin, break-glass]
#   action: Take the right to read production keys from those who do not need it
#   remediation: >-
#     Take the right to read from everybody who does not need it each week, and give it through a break-glass procedure
#     instead.
#   effort: access
#   closed_by: >-
#     The list of access rights shows no more people who can read the key than the limit, each with a role that calls
#     for it.
package policies.access.access_personnel_limited

import future.keywords.not

import data.lib.evidence
import data.lib.grant
import data.lib.word

violations contains {
	"element": "number",
	"message": sprintf("%d people may read or administer the key (%s); the limit is %d%s", [
		count(people),
		concat(", ", sort(people)),
		params.max_readers,
		grant.doubt(needed),
	]),
	"facts": object.union({"people": sort(people), "limit": params.max_readers}, grant.doubted(needed)),
	"records": [held.source | some held in held_by_people],
} if {
	input.key.environment == "production"
	count(people) > params.max_readers
}

violations contains {
	"element": "roles",
	"message": sprintf(`%s may "%s" the key with %s; the roles allowed are %s%s`, [
		held.principal.principal_id,
		held.action,
		roles_text(held.principal.roles),
		concat(", ", params.allowed_roles),
		grant.doubt([held]),
	]),
	"facts": object.union(
		{
			"person": held.principal.principal_id,
			"action": held.action,
			"roles": held.principal.roles,
			"allowed_roles": params.allowed_roles,
		},
		grant.doubted([held]),
	),
	"records": [held.source, held.principal.source],
} if {
	input.key.environment == "production"
	some held in held_by_people
	is_array(held.principal.roles)
	not allowed(held)
}

missing contains "grants.records (no grant on this key)" if input.grants.total == 0

missing contains evidence.cut("grants", input.grants)

missing contains {"path": path, "elements": ["number"]} if {
	count(people) <= params.max_readers
	count(people | possible_people) > params.max_readers
	some path, grants in doubtful
	count(grants) > 0
}

# A group has any number of people, unless a directory lists them: then its grants are theirs.
missing contains {"path": grant.members_unknown, "elements": ["number"]} if {
	count(people) <= params.max_readers
	some held in array.concat(grant.readers, grant.unstated)
	grant.unlisted(held)
}

missing contains {"path": path, "elements": ["roles"]} if {
	some path, grants in doubtful
	some held in grants
	not allowed(held)
}

missing contains {"path": "grants.records.principal.roles", "elements": ["roles"]} if {
	some held in held_by_people
	not is_array(held.principal.roles)
}

params := data.params["access-personnel-limited"]

held_by_people := [held | some held in grant.readers; held.principal.kind == "human"]

# Grants that may let a person read the secret, by what would tell.
doubtful["grants.records.action"] := [held | some held in grant.unstated; not grant.no_person(held)]

doubtful["grants.records.principal.kind"] := [held |
	some held in grant.readers
	not is_string(held.principal.kind)
]

people contains held.principal.principal_id if some held in held_by_people

possible_people contains held.principal_id if {
	some grants in doubtful
	some held in grants
}

certain contains held.principal.principal_id if {
	some held in held_by_people
	grant.doubt([held]) == ""
}

# The grants that may be more than their holders have, if the limit is not passed without them.
default needed := []

needed := [held | some held in held_by_people; not held.principal.principal_id in certain] if {
	count(certain) <= params.max_readers
}

allowed(held) if {
	some role in held.principal.roles
	word.role(role) in allowed_roles
}

allowed_roles := word.role_set(params.allowed_roles)

roles_text(roles) := concat(" ", ["the roles", concat(", ", sort(roles))]) if {
	count(roles) > 0
} else := "no role"
