# METADATA
# title: A key holds the scopes approved for it and no more, and no wildcard
# description: >-
#   Every scope beyond need widens what a leak can do. An active key fails for scopes that are not approved; an approved
#   scope ending in `*` covers the scopes below it. A scope with a wildcard or administration word in it is critical on
#   a key whose type is not an administration type, approved or not. Whether an approved scope is used is not tested
#   here: logs seldom name scopes.
# related_resources:
#   - description: OWASP Authorization Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Authorization_Cheat_Sheet.html
#   - description: NIST SP 800-53 rev. 5, AC-6
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: access-least-privilege
#   severity: high
#   subject: key
#   applies: {status: active}
#   requires: [key.status, key.scopes]
#   elements:
#     - id: scopes
#       title: scopes beyond those approved
#       shows: Whether the key holds no scope but those approved for it.
#       criterion: entity
#       requires: [key.approved_scopes]
#     - id: wildcards
#       title: wildcard or administration scopes
#       shows: Whether a key of no administration type holds no wildcard or administration scope.
#       criterion: {params: [wildcard_words, admin_types]}
#   params:
#     wildcard_words: ["*", admin, administrator, root, full-access, full_access]
#     admin_types: [admin-key]
#   action: Take away the scopes that were not approved, wildcards first
#   remediation: >-
#     Issue a key with the approved scopes only, or have the extra scopes approved for a stated purpose. Replace
#     wildcards by the scopes in use.
#   effort: access
#   closed_by: >-
#     The inventory shows that every scope of the key is among its approved scopes, and none is a wildcard.
package policies.access.access_least_privilege

import future.keywords.not

import data.lib.listed

violations contains {
	"element": "scopes",
	"message": sprintf("granted beyond approval: %s", [concat(", ", sort(excess))]),
	"facts": {"excess": sort(excess), "approved": input.key.approved_scopes},
	"records": [input.key.source],
} if {
	count(excess) > 0
}

violations contains {
	"element": "wildcards",
	"message": sprintf("holds wildcard or administration scopes: %s", [concat(", ", sort(wildcards))]),
	"facts": {"wildcards": sort(wildcards), "type": object.get(input.key, "type", null)},
	"records": [input.key.source],
	"severity": "critical",
} if {
	count(wildcards) > 0
	not input.key.type in params.admin_types
}

params := data.params["access-least-privilege"]

excess := listed.beyond(input.key.scopes, input.key.approved_scopes)

wildcards contains scope if {
	some scope in input.key.scopes
	some word in split(replace(replace(replace(lower(scope), ".", ":"), "/", ":"), " ", ":"), ":")
	word in params.wildcard_words
}
