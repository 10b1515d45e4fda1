# METADATA
# title: A critical key has a standby, held back in a vault and proved to work
# description: >-
#   Revoking a leaked key at once is only possible if another one is ready. An active key of the critical tier fails
#   if its record states that it has no standby, if the inventory lacks the standby it names, if the standby is
#   revoked, expired, destroyed or about to be, if it is kept outside a secrets manager or an HSM, and if it was
#   never tested or last tested more than 180 days before the as-of date. Reading chosen: a standby is held back while
#   it is inactive, or active with its scopes off; one that is active and has scopes of its own is in use. Rests beside
#   that on a document for this rule that counts, such as the report of the tests.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, CP-2
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: ir-backup-credential
#   severity: medium
#   subject: key
#   evidence: attestation
#   applies: {status: active}
#   requires: [key.status, key.risk_tier, key.standby_key]
#   supposes: [key.risk_tier]
#   elements:
#     - id: standby
#       title: a standby that can take over
#       shows: Whether the key has a standby that the inventory lists and that is not gone.
#       criterion: none
#       evidence: data
#     - id: held-back
#       title: a standby held back in a vault
#       shows: Whether the standby is kept in an approved store.
#       criterion: {params: [approved_storage]}
#       evidence: data
#     - id: tested
#       title: a test at all
#       shows: Whether the standby was ever tested.
#       criterion: none
#       requires: [attestations]
#     - id: powerless
#       title: a standby without scopes of its own
#       shows: Whether the standby has no scopes while it is active.
#       criterion: none
#       evidence: data
#     - id: test
#       title: test of the standby
#       shows: Whether the standby was tested within the limit.
#       criterion: {params: [max_days]}
#       requires: [attestations]
#     - id: document
#       title: document on the tests of the standby
#       shows: Whether a document on these tests is on record and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#       requires: [attestations]
#   params:
#     max_days: 180
#     approved_storage: [secrets-manager, hsm]
#     max_age_days: 365
#   action: Issue a standby key, keep it in the vault and prove that it works
#   remediation: >-
#     Issue a standby key, keep it inactive in the secrets manager, prove twice a year that the integration works with
#     it, and record both in the inventory.
#   effort: rotation
#   closed_by: >-
#     The inventory shows a standby key that is inactive and kept in a secrets manager or an HSM, and a test of it
#     within the limit. A document on the tests is on record.
package policies.incident.ir_backup_credential

import future.keywords.not

import data.lib.age
import data.lib.lifecycle

not_applicable contains reason if {
	input.key.risk_tier in {"high", "medium", "low"}
	reason := concat("", ["the key is of the ", input.key.risk_tier, " tier"])
}

not_applicable contains {
	"reason": "the key has no standby",
	"elements": ["held-back", "powerless", "tested", "test"],
} if {
	critical
	trim_space(input.key.standby_key) == ""
}

not_applicable contains {"reason": "the inventory lacks the standby", "elements": ["held-back", "powerless"]} if {
	critical
	input.standby.found == false
}

not_applicable contains {"reason": "the standby was never tested", "elements": ["test"]} if {
	critical
	input.key.standby_tested_at.state == "never"
}

violations contains {
	"element": "standby",
	"message": "the record states that the critical key has no standby",
	"facts": {"standby_key": ""},
	"records": [input.key.source],
} if {
	critical
	trim_space(input.key.standby_key) == ""
}

violations contains {
	"element": "standby",
	"message": sprintf("the standby %s is not in the inventory", [input.key.standby_key]),
	"facts": {"standby_key": input.key.standby_key},
	"records": [input.key.source],
} if {
	critical
	input.standby.found == false
}

violations contains {
	"element": "standby",
	"message": sprintf("the standby cannot take over: %s", [reason]),
	"facts": {"standby_key": standby.key_id, "status": standby.status},
	"records": [input.key.source, standby.source],
} if {
	critical
	not standby.status == "inactive"
	reason := lifecycle.not_active[standby.status]
}

violations contains {
	"element": "powerless",
	"message": sprintf("the standby is active with scopes of its own: %s", [concat(", ", sort(standby.scopes))]),
	"facts": {"standby_key": standby.key_id, "status": "active", "scopes": sort(standby.scopes)},
	"records": [input.key.source, standby.source],
} if {
	critical
	standby.status == "active"
	count(standby.scopes) > 0
}

violations contains {
	"element": "held-back",
	"message": sprintf(
		"the standby is kept in %s; approved are %s",
		[standby.storage, concat(", ", params.approved_storage)],
	),
	"facts": {"standby_key": standby.key_id, "storage": standby.storage, "approved": params.approved_storage},
	"records": [input.key.source, standby.source],
} if {
	critical
	is_string(standby.storage)
	standby.storage != "unknown"
	not standby.storage in params.approved_storage
}

violations contains {
	"element": "test",
	"message": sprintf("the standby was last tested on %s; the limit is %s", [
		age.describe_stated("key.standby_tested_at", input.key.standby_tested_at),
		age.days_word(params.max_days),
	]),
	"facts": {
		"standby_key": input.key.standby_key,
		"tested": age.day(input.key.standby_tested_at),
		"limit_days": params.max_days,
	},
	"records": [input.key.source],
} if {
	critical
	named
	last_test.is == "over"
}

violations contains {
	"element": "tested",
	"message": "the standby was never tested",
	"facts": {"standby_key": input.key.standby_key, "tested": "never", "limit_days": params.max_days},
	"records": [input.key.source],
} if {
	critical
	named
	input.key.standby_tested_at.state == "never"
}

missing contains {"path": "standby", "elements": on_records} if {
	named
	not is_boolean(input.standby.found)
}

missing contains {"path": "standby.key.status", "elements": ["standby", "powerless"]} if {
	named
	input.standby.found
	not is_string(standby.status)
}

missing contains {"path": "standby.key.scopes (the standby is active)", "elements": ["powerless"]} if {
	standby.status == "active"
	not is_array(standby.scopes)
}

missing contains {"path": "standby.key.storage", "elements": ["held-back"]} if {
	named
	input.standby.found
	not known_storage
}

missing contains {"path": last_test.missing, "elements": ["tested", "test"]} if named

params := data.params["ir-backup-credential"]

on_records := ["standby", "held-back", "powerless"]

last_test := age.judge("key.standby_tested_at", tested, params.max_days)

tested := {"standby_tested_at": object.get(input.key, "standby_tested_at", null)}

critical if input.key.risk_tier == "critical"

named if trim_space(input.key.standby_key) != ""

standby := input.standby.key

known_storage if {
	is_string(standby.storage)
	standby.storage != "unknown"
}
