# METADATA
# title: Only approved systems read the secret of a production key
# description: >-
#   A secret that an unknown program reads is a copy that nobody rotates. An active production key fails for each
#   program that an audit log shows to have read its secret although no right on the key (to read, use or administer it)
#   and no entry among the workloads of its inventory record names the actor or the workload. Names are compared whole,
#   also with the other names of the holder of a right; a name that holds an approved one as a part, as the session of a
#   role does, proves neither, and neither does a name that no record of people and programs has: logs have numbers
#   for what inventories call by name. A right taken away after the read counts, and a group with a
#   right whose members no directory lists may have the program in it. People are judged by
#   rbac-ops-no-raw-read, and reads of which the log does not say whether a program made them leave it open.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
#   - description: NIST SP 800-53 rev. 5, AC-3 and AU-6
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: access-readers-approved
#   severity: high
#   subject: key
#   applies: {status: active, environment: production}
#   requires: [key.status, key.environment, grants, secret_readers]
#   absences: [grants]
#   criterion: entity
#   action: Find out which programs read the secret, and stop those not approved
#   remediation: >-
#     Find out what the program is. Approve its right to read the secret and record it, or cut it off and rotate
#     the key.
#   effort: access
#   closed_by: >-
#     The list of access rights names the program as one that may read or use the key, or the audit log shows no read by
#     it any more.
package policies.access.access_readers_approved

import future.keywords.not

import data.lib.age
import data.lib.counted
import data.lib.evidence
import data.lib.grant
import data.lib.word

violations contains {
	"absent": ["grants"],
	"message": sprintf("%s read the secret %s, last on %s; no right and no workload on record names it", [
		named(reader),
		counted.times(reader.count),
		age.day(reader.last),
	]),
	"facts": {
		"actor": object.get(reader, "actor", null),
		"workload": object.get(reader, "workload", null),
		"reads": reader.count,
	},
	"records": [reader.source],
} if {
	input.key.environment == "production"
	is_array(input.grants.records)
	is_array(input.key.workloads)
	evidence.complete(input.grants)
	some reader in strangers
	reader.actor_type in {"automation", "service"}
	reader.on_record
	not may_be(reader)
}

missing contains "secret_readers.records.actor (no record of principals has it)" if {
	some reader in strangers
	not reader.on_record
	not may_be(reader)
}

missing contains "secret_readers.records.actor_type" if {
	some reader in strangers
	not is_string(reader.actor_type)
}

missing contains "secret_readers.records.actor (may be one that is approved)" if {
	some reader in strangers
	is_string(reader.actor_type)
	may_be(reader)
}

missing contains "secret_readers.records.last" if {
	some reader in input.secret_readers.records
	not age.earliest(reader.last)
}

missing contains evidence.cut("grants", input.grants)

missing contains evidence.cut("secret_readers", input.secret_readers)

missing contains "key.workloads" if {
	not is_array(input.key.workloads)
	count(strangers) > 0
}

strangers := [reader |
	some reader in input.secret_readers.records
	age.earliest(reader.last)
	count(names(reader) & approved(reader)) == 0
]

names(reader) := {lower(name) |
	some field in ["actor", "workload"]
	name := reader[field]
	is_string(name)
}

named(reader) := concat(" in ", sort(names(reader)))

approved(reader) := listed | holders if {
	listed := {lower(name) | some name in input.key.workloads}
	holders := {name |
		some held in input.grants.records
		held.action in {"read", "use", "admin"}
		not held.effect == "deny"
		not grant.unread(held)
		not age.before(held.removed_at, reader.last.ms)
		some name in names_of(held)
	}
}

names_of(held) := {lower(name) | some name in array.concat([held.principal_id], aliases(held))}

aliases(held) := held.principal.aliases if {
	is_array(held.principal.aliases)
} else := []

# An approved name is a part of a name that the log has, or the other way round.
may_be(reader) if {
	some name in names(reader)
	some other in approved(reader)
	some pair in [[name, other], [other, name]]
	contains(pair[0], pair[1])
	pair[1] in word.found(`[a-z0-9._-]+`, pair[0])
}

may_be(reader) if count(names(reader)) == 0

# The program may be a member of a group that has a right.
may_be(reader) if {
	some held in input.grants.records
	not held.effect == "deny"
	not held.action in {"rotate", "create", "deploy", "revoke", "approve", "audit"}
	not age.before(held.removed_at, reader.last.ms)
	grant.unlisted(held)
}

# A right that is denied, which may not have been so when the secret was read.
may_be(reader) if {
	some held in input.grants.records
	not held.effect == "deny"
	grant.unread(held)
	count(names_of(held) & names(reader)) > 0
}

# A right of which it is not stated what it allows.
may_be(reader) if {
	some held in input.grants.records
	not is_string(held.action)
	count(names_of(held) & names(reader)) > 0
}
