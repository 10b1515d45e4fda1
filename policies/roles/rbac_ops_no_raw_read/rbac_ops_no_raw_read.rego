# METADATA
# title: People who deploy and rotate production keys cannot read them, and nobody does
# description: >-
#   A key can be replaced and rolled out without anybody seeing it. An active production key fails for every right in
#   force to read or administer it (administration includes reading) that a person holds who has an operating role, or
#   was given it through one, and if an audit log shows in the period (in what was supplied, if there is none)
#   that a person of whatever role read the secret. Break-glass is left out on both sides, if the record says that it
#   is. A log without such a read proves nothing unless the store of the key records every access to it. Reading chosen:
#   people only, for a workload must read what it uses. Reads of which the log does not say whether a person made them
#   are not seen, and a group that may read and whose members no directory lists leaves it open who of them operates.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
#   - description: NIST SP 800-53 rev. 5, AC-5 and AC-6
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: rbac-ops-no-raw-read
#   severity: high
#   subject: key
#   applies: {status: active, environment: production}
#   requires: [key.status, key.environment]
#   elements:
#     - id: rights
#       title: rights of operating roles to read a key
#       shows: Whether no person with an operating role holds a right in force to read or administer the key.
#       criterion: none
#       requires: [grants]
#     - id: reads
#       title: reads of a key by people
#       shows: Whether no person of any role is logged to have read the secret without break-glass.
#       criterion: none
#       requires: [key.audit_logging, events]
#   params:
#     roles: [devops, sre, operator]
#   action: Take the right to read from those who deploy and rotate
#   remediation: >-
#     Remove the right to read, let the pipeline move the secret, and rotate the key if a person has read it.
#   effort: access
#   closed_by: >-
#     The list of access rights shows no operator who may read the key, and the audit log of a store that records
#     every access shows no read by a person.
package policies.roles.rbac_ops_no_raw_read

import future.keywords.not

import data.lib.age
import data.lib.counted
import data.lib.evidence
import data.lib.grant
import data.lib.word

violations contains {
	"element": "rights",
	"message": sprintf(`%s may "%s" the key %s%s`, [
		held.principal.principal_id,
		held.action,
		operating(held),
		grant.doubt([held]),
	]),
	"facts": object.union(
		{
			"person": held.principal.principal_id,
			"action": held.action,
			"roles": object.get(held.principal, "roles", null),
			"granted_through": object.get(held, "role", null),
		},
		grant.doubted([held]),
	),
	"records": [held.source, held.principal.source],
} if {
	input.key.environment == "production"
	some held in held_by_people
	operating(held)
}

violations contains {
	"element": "reads",
	"message": sprintf("people read the secret %s without a mark of break-glass (%s), last on %s", [
		times,
		concat(", ", readers),
		age.date(max([read.at.ms | some read in reads])),
	]),
	"facts": {"reads": times, "by": readers},
	"records": [read.source | some read in reads],
} if {
	input.key.environment == "production"
	count(reads) > 0
	readers := sort({reader(read) | some read in reads})
}

missing contains {
	"path": "key.audit_logging (its store does not record every access)",
	"elements": ["reads"],
} if input.key.audit_logging == false

missing contains {
	"path": "events.unknown_reads (not stated whether a person read)",
	"elements": ["reads"],
} if input.events.unknown_reads > 0

missing contains {"path": "events.human_reads", "elements": ["reads"]} if {
	is_object(input.events)
	not is_array(input.events.human_reads)
}

missing contains {"path": "events.human_reads.at", "elements": ["reads"]} if {
	some read in input.events.human_reads
	not age.earliest(read.at)
}

missing contains {"path": "grants.records (no grant on this key)", "elements": ["rights"]} if input.grants.total == 0

missing contains {"path": evidence.cut("grants", input.grants), "elements": ["rights"]}

missing contains {"path": "grants.records.action", "elements": ["rights"]} if {
	some held in grant.unstated
	not grant.no_person(held)
	may_operate(held)
}

missing contains {"path": "grants.records.principal.kind", "elements": ["rights"]} if {
	some held in grant.readers
	not is_string(held.principal.kind)
	not grant.unlisted(held)
	may_operate(held)
}

missing contains {"path": grant.members_unknown, "elements": ["rights"]} if {
	some held in array.concat(grant.readers, grant.unstated)
	grant.unlisted(held)
}

missing contains {"path": "grants.records.principal.roles", "elements": ["rights"]} if {
	some held in held_by_people
	not is_array(held.principal.roles)
}

params := data.params["rbac-ops-no-raw-read"]

held_by_people := [held | some held in grant.readers; held.principal.kind == "human"]

# What makes a person one who operates, in words.
operating(held) := concat("", ["and has the role ", concat(", ", sort(roles))]) if {
	roles := {role | some role in held.principal.roles; word.role(role) in roles_meant}
	count(roles) > 0
} else := concat(" ", ["through the role", held.role]) if {
	word.role(held.role) in roles_meant
}

may_operate(held) if operating(held)

may_operate(held) if not is_array(held.principal.roles)

roles_meant := word.role_set(params.roles)

# Reads by the as-of date and not before the period.
reads := [read |
	some read in input.events.human_reads
	age.past(read.at, input.as_of.ms)
	not age.latest(read.at) < input.period.start_ms
]

# The dossier holds at most 50 reads.
times := "50 times or more" if {
	count(reads) >= 50
} else := counted.times(count(reads))

reader(read) := read.actor if {
	is_string(read.actor)
} else := "somebody the log does not name"
