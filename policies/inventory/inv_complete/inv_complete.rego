# METADATA
# title: Every key that logs and access exports name is in the inventory
# description: >-
#   What is not in the inventory is not rotated, not reviewed and not revoked. A key fails, by name, if a rotation
#   log, an access grant, an audit log or a secret finding names it, or a route of the gateway presents it to the
#   service behind, and no inventory record has it as its id or other name; if an audit log names it, it is in use,
#   which is critical. A call refused for a key that nobody knows shows no key in use. A name that several keys of the
#   inventory share, and an inventory record that may be of the same key as several others, are joined to none: that
#   fails, too, with the keys it may be, for what the records show is then about no key. So does a Google resource
#   name whose project only the inventory, or only the record, calls by its number, and two inventory records of which
#   only one does; it needs no log. Reading chosen: a key that is gone
#   counts too, for an inventory keeps the record of a retired key. Nothing else shows what an inventory lacks, so
#   without an audit log there is no evidence; and what no supplied file names stays unseen. A document may state why
#   the rule does not concern the entity; it excuses no key that records name.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, CM-8
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: inv-complete
#   severity: high
#   subject: organisation
#   requires: [unknown_keys, undecided_keys]
#   elements:
#     - id: listed
#       title: record of every key
#       shows: Whether the inventory has a record of every key that other exports name.
#       criterion: none
#     - id: named
#       title: names that fit one key
#       shows: Whether no name in another export fits several keys of the inventory.
#       criterion: none
#   params:
#     max_age_days: 365
#   action: Find out who uses the keys listed, and give each a record and an owner
#   remediation: >-
#     Find out who uses each key listed, give it an inventory record with an owner, or revoke it. Let keys be issued
#     only if a record is made.
#   effort: process
#   closed_by: >-
#     The inventory has a record of every key that rotation logs, access rights, audit logs, secret scans and the
#     gateway name.
package policies.inventory.inv_complete

import future.keywords.not

import data.lib.attestation
import data.lib.evidence

not_applicable contains reason if {
	count(violations) == 0
	some reason in attestation.excused(rule_id, params.max_age_days)
}

violations contains {
	"element": "listed",
	"message": sprintf(
		`no inventory record has the key "%s", which is named in %s`,
		[key_id, concat(", ", places(entries))],
	),
	"facts": {"key": key_id, "named_in": places(entries)},
	"records": [entry.source | some entry in entries],
	"severity": severity(entries),
} if {
	some key_id, entries in unknown
}

violations contains {
	"element": "named",
	"message": sprintf(
		`"%s", which is named in %s, may be %s; nothing on record decides, so it was joined to none`,
		[key_id, concat(", ", places(entries)), concat(" or ", candidates)],
	),
	"facts": {"key": key_id, "named_in": places(entries), "may_be": candidates},
	"records": [entry.source | some entry in entries],
	"severity": "medium",
} if {
	some key_id, entries in undecided
	candidates := sort({id | some entry in entries; some id in entry.candidates})
}

violations contains {
	"element": "listed",
	"message": sprintf(
		"%d of %d entries of keys without an inventory record are listed, one for each key and kind of record",
		[count(input.unknown_keys.records), input.unknown_keys.total],
	),
	"facts": {"listed": count(input.unknown_keys.records), "entries": input.unknown_keys.total},
	"records": [entry.source | some entry in input.unknown_keys.records],
} if {
	input.unknown_keys.total > count(input.unknown_keys.records)
}

missing contains "supplied.events (no audit log names keys)" if not input.supplied.events > 0

missing contains {"path": evidence.cut_at("undecided_keys.records"), "elements": ["named"]} if {
	input.undecided_keys.total > count(input.undecided_keys.records)
}

rule_id := "inv-complete"

params := data.params[rule_id]

unknown[key_id] := entries if {
	some key_id in {entry.key_id | some entry in input.unknown_keys.records}
	entries := [entry | some entry in input.unknown_keys.records; entry.key_id == key_id]
}

# Names that mean one of several keys, or a key under another name of its project.
undecided[key_id] := entries if {
	some key_id in {entry.key_id | some entry in input.undecided_keys.records}
	entries := [entry | some entry in input.undecided_keys.records; entry.key_id == key_id]
}

places(entries) := [place |
	some entry in entries
	place := sprintf("%s (%d)", [words[entry.seen_in], entry.count])
]

words := {
	"keys": "inventory records",
	"rotations": "rotation logs",
	"grants": "access grants",
	"events": "audit logs",
	"secret_findings": "secret findings",
	"routes": "routes of the gateway",
}

severity(entries) := "critical" if {
	some entry in entries
	entry.seen_in == "events"
} else := "high"
