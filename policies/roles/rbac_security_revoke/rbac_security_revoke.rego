# METADATA
# title: The security team can revoke and audit every production key, and has tested that it can revoke
# description: >-
#   Whoever notices a leak at night must be able to end it. For every active production key the grants must show at
#   least two people of the security team with a right in force to revoke or administer it; each key with fewer fails. A
#   document must be on record that tells when revocation was last tested, at most 180 days before the as-of date. The
#   store of evidence counts the people: those whom an export of principals knows as people with the role security. A
#   holder of whom no record tells that, such as a group whose members no directory lists, and a right that may be less
#   than it is listed for leave a key open, unless those known are enough. For each key one of them needs a right in
#   force to audit, read or administer it, by whichever the grants say that the team can look at the key. That the test
#   went well, and that somebody looks, is not tested here.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, IR-3 and AC-2(13)
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: rbac-security-revoke
#   severity: medium
#   subject: organisation
#   evidence: attestation
#   requires: []
#   elements:
#     - id: rights
#       title: rights to revoke
#       shows: Whether two people of the security team may revoke each active production key.
#       criterion: none
#       evidence: data
#       requires: [revocation]
#     - id: audit
#       title: rights to audit
#       shows: Whether somebody of the security team may audit each active production key.
#       criterion: none
#       evidence: data
#       requires: [revocation]
#     - id: test
#       title: test of revocation
#       shows: Whether revocation was tested within the limit.
#       criterion: {params: [max_test_age_days]}
#       requires: [attestations]
#     - id: document
#       title: document on the test
#       shows: Whether a document on the test of revocation is on record and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#       requires: [attestations]
#   params:
#     max_age_days: 365
#     max_test_age_days: 180
#   action: Give the security team the rights to revoke and audit, and test them
#   remediation: >-
#     Give a second person of the security team the right to revoke each key listed, and the team one to audit it,
#     revoke a key as an exercise, and record when.
#   effort: access
#   closed_by: >-
#     The list of access rights shows two people of the security team with a right to revoke for each production key,
#     and a document states when revocation was last tested.
package policies.roles.rbac_security_revoke

import future.keywords.not

import data.lib.age
import data.lib.attestation

violations contains {
	"element": "rights",
	"message": sprintf(
		"the grants give %s of the security team the right to revoke the production key %s; at least 2 people must have it",
		[number(key), key.key_id],
	),
	"facts": {"key": key.key_id, "revokers": key.revokers, "least": 2},
	"records": [key.source],
} if {
	some key in input.revocation.short.records
}

violations contains {
	"element": "rights",
	"message": sprintf(
		"%d of %d active production keys can be revoked by fewer than 2 people of the security team; %d of them listed",
		[input.revocation.short.total, input.revocation.keys, count(input.revocation.short.records)],
	),
	"facts": {"keys": input.revocation.keys, "short": input.revocation.short.total},
	"records": [key.source | some key in input.revocation.short.records],
} if {
	input.revocation.short.total > count(input.revocation.short.records)
}

violations contains {
	"element": "audit",
	"message": sprintf("the grants give nobody of the security team a right to audit the production key %s", [key.key_id]),
	"facts": {"key": key.key_id},
	"records": [key.source],
} if {
	some key in input.revocation.unaudited.records
}

violations contains {
	"element": "audit",
	"message": sprintf("nobody of the security team may audit %d of %d active production keys; %d of them listed", [
		input.revocation.unaudited.total,
		input.revocation.keys,
		count(input.revocation.unaudited.records),
	]),
	"facts": {"keys": input.revocation.keys, "unaudited": input.revocation.unaudited.total},
	"records": [key.source | some key in input.revocation.unaudited.records],
} if {
	input.revocation.unaudited.total > count(input.revocation.unaudited.records)
}

violations contains {
	"element": "test",
	"message": sprintf(`the document "%s" records %s; the limit is %s`, [
		attestation.title(document),
		tested_text(document),
		age.days_word(params.max_test_age_days),
	]),
	"facts": {"document": attestation.title(document), "limit_days": params.max_test_age_days},
	"records": [document.source],
} if {
	attestation.complete(rule_id)
	count(untested) == count(documents)
	some document in untested
}

missing contains {"path": concat(" ", ["revocation.rights_unknown", whose]), "elements": ["rights"]} if {
	input.revocation.rights_unknown > 0
}

missing contains {"path": concat(" ", ["revocation.audit_unknown", whose]), "elements": ["audit"]} if {
	input.revocation.audit_unknown > 0
}

missing contains {"path": "revocation.keys (no active production key)", "elements": ["rights", "audit"]} if {
	input.revocation.keys == 0
}

missing contains {"path": path, "elements": ["test"]} if {
	count(tested) == 0
	some document in documents
	not document in untested
	path := age.undecided("attestations.records.held_on", object.get(document, "held_on", null), input.as_of.ms)
}

missing contains {"path": path, "elements": ["test"]} if {
	count(tested) == 0
	path := attestation.left_out(rule_id)
}

rule_id := "rbac-security-revoke"

# Of whom it is not known whether they are of the team, or whether they have the right.
whose := "(groups whose members no directory lists, holders without roles on record, or rights that may be less)"

number(key) := sprintf("at most %d", [key.at_most]) if {
	key.at_most > key.revokers
} else := sprintf("%d", [key.revokers])

params := data.params[rule_id]

documents := attestation.sound(rule_id, params.max_age_days)

tested := [document |
	some document in documents
	age.within(document.held_on, input.as_of.ms, params.max_test_age_days)
]

untested := [document |
	some document in documents
	tested_text(document)
]

tested_text(document) := concat(" ", ["a test of revocation on", age.describe(document.held_on, input.as_of.ms)]) if {
	age.over(document.held_on, input.as_of.ms, params.max_test_age_days)
} else := "that revocation was never tested" if {
	document.held_on.state == "never"
}
