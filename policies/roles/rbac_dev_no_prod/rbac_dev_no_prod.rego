# METADATA
# title: Developers hold no access to production keys
# description: >-
#   Who writes the code must not hold the keys it runs with. A principal with a developer role, or a grant given through
#   one, fails for every grant in force that allows reading, using, rotating, creating or administering a production key
#   (administration includes the rest). The key's own environment decides; if the inventory lacks the key or
#   does not state it, the grant's. Break-glass grants count too: the rule knows no exception, so a bank that accepts
#   them records a waiver. With an audit period a grant that ended in the period fails as well, for the days of the
#   period on which it was in force. A grant that a denial of the same right on the same key cancels counts until the
#   denial began, if its date is known, and one on a key that is revoked, expired or destroyed does not. A group whose
#   members no directory lists may have developers in it, so what it holds on production keys leaves it open.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
#   - description: NIST SP 800-53 rev. 5, AC-5
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-principal"]
# custom:
#   id: rbac-dev-no-prod
#   severity: critical
#   subject: principal
#   requires: [principal.roles, grants]
#   elements:
#     - id: held
#       title: rights of developers in force
#       shows: Whether no developer holds a right on a production key as of the date.
#       criterion: none
#     - id: past
#       title: rights of developers that ended in the period
#       shows: Whether no developer held a right on a production key in the period that has ended since.
#       criterion: none
#   params:
#     developer_roles: [developer]
#     actions: [read, use, rotate, create, admin]
#   action: Remove developers' access to production keys, and rotate those keys
#   remediation: >-
#     Remove the grant and rotate the key, which the developer may have read. Give developers a key of their own
#     environment.
#   effort: access
#   closed_by: >-
#     The list of access rights shows no right of the developer on a production key, and the rotation log shows a new
#     secret since it was removed. With an audit period the right stays on record for the days of it.
package policies.roles.rbac_dev_no_prod

import future.keywords.not

import data.lib.age
import data.lib.evidence
import data.lib.grant
import data.lib.period
import data.lib.word

not_applicable contains "the principal holds no developer role" if {
	is_array(input.principal.roles)
	evidence.complete(input.grants)
	not developer
	count(through_role) == 0
	count(of_members) == 0
}

not_applicable contains {"reason": "the principal holds no developer role", "elements": [element]} if {
	is_array(input.principal.roles)
	evidence.complete(input.grants)
	not developer
	count(through_role) == 0
	count(of_members) > 0
	some element in ["held", "past"]
	count(of_members_in[element]) == 0
}

not_applicable contains {"reason": "no period is audited", "elements": ["past"]} if {
	not input.period.start_ms
}

violations contains {
	"element": "held",
	"message": sprintf(`the developer %s may "%s" the production key %s%s`, [
		input.principal.principal_id,
		held.action,
		held.key_id,
		grant.doubt([held]),
	]),
	"facts": object.union(
		{
			"action": held.action,
			"key": held.key_id,
			"roles": object.get(input.principal, "roles", null),
			"granted_through": object.get(held, "role", null),
			"break_glass": object.get(held, "break_glass", null) == true,
		},
		grant.doubted([held]),
	),
	"records": [input.principal.source, held.source],
} if {
	some held in suspect
	held.action in params.actions
	environment(held) == "production"
	not doubtful(held)
	not grant.denied(held)
}

violations contains {
	"element": "past",
	"message": sprintf(`the developer %s might "%s" the production key %s on %s of the period, %s%s`, [
		input.principal.principal_id,
		held.action,
		held.key_id,
		age.days_word(days),
		concat(", ", intervals),
		grant.doubt([held]),
	]),
	"facts": {
		"action": held.action,
		"key": held.key_id,
		"days_out_of_tolerance": days,
		"intervals": intervals,
		"granted_through": object.get(held, "role", null),
	},
	"records": [input.principal.source, held.source],
} if {
	some held in ended
	held.action in params.actions
	environment(held) == "production"
	stretches := period.cut([[began(held), ended_at(held)]])
	days := period.days(stretches)
	days > 0
	intervals := period.intervals(stretches)
}

missing contains {"path": "grants.records.environment", "elements": ["held"]} if {
	some held in suspect
	not environment(held)
	not harmless(held)
}

missing contains {"path": "grants.records.key.status", "elements": ["held"]} if {
	some held in suspect
	doubtful(held)
	not harmless(held)
	not grant.denied(held)
	not environment(held) in {"staging", "development", "test", "sandbox"}
}

missing contains {"path": "grants.records.action", "elements": ["held"]} if {
	some held in suspect
	not is_string(held.action)
	not environment(held) in {"staging", "development", "test", "sandbox"}
}

missing contains {"path": "grants.records.environment (a right that ended)", "elements": ["past"]} if {
	some held in ended
	not environment(held)
	not harmless(held)
}

missing contains {"path": "grants.records.action (a right that ended)", "elements": ["past"]} if {
	some held in ended
	not is_string(held.action)
	not environment(held) in {"staging", "development", "test", "sandbox"}
}

missing contains {
	"path": "principal.kind (a group whose members no directory lists)",
	"elements": elements,
} if {
	elements := [element | some element in ["held", "past"]; count(of_members_in[element]) > 0]
	count(elements) > 0
}

missing contains evidence.cut("grants", input.grants)

params := data.params["rbac-dev-no-prod"]

developer if {
	some role in input.principal.roles
	word.role(role) in developer_roles
}

developer_roles := word.role_set(params.developer_roles)

through_role := [held | some held in input.grants.records; word.role(held.role) in developer_roles]

# Grants in force on living keys that count because of who holds them or what they were given through.
suspect := [held |
	some held in input.grants.records
	counts(held)
	grant.in_force(held, input.as_of.ms)
	not lifeless(held)
]

lifeless(held) if held.key.status in {"revoked", "expired", "destroyed"}

# The inventory has the key and does not state whether it still works.
doubtful(held) if {
	is_object(held.key)
	not is_string(held.key.status)
}

# Grants that were in force in the period and are no longer: taken away, or denied since.
ended := [held |
	some held in input.grants.records
	counts(held)
	not held.effect == "deny"
	not age.after(held.granted_at, input.as_of.ms)
	ended_at(held) > period.begin
]

ended_at(held) := age.earliest(held.removed_at) if {
	age.past(held.removed_at, input.as_of.ms)
} else := grant.denied_from(held)

# A grant without a date is only known to have been in force until it was taken away.
began(held) := age.latest(held.granted_at) if {
	held.granted_at.state == "known"
} else := ended_at(held) - 1

# Rights on production keys that a group holds whose members no directory lists: a developer may be among them.
of_members := [held |
	input.principal.group == true
	some held in input.grants.records
	not counts(held)
	not held.effect == "deny"
	not age.after(held.granted_at, input.as_of.ms)
	not harmless(held)
	not lifeless(held)
	not environment(held) in {"staging", "development", "test", "sandbox"}
]

of_members_in["held"] := [held |
	some held in of_members
	grant.in_force(held, input.as_of.ms)
	not grant.denied(held)
]

of_members_in["past"] := [held | some held in of_members; ended_at(held) > period.begin]

harmless(held) if {
	is_string(held.action)
	not held.action in params.actions
}

counts(_) if developer

counts(held) if word.role(held.role) in developer_roles

environment(held) := held.key.environment if {
	is_string(held.key.environment)
} else := held.environment if {
	is_string(held.environment)
}
