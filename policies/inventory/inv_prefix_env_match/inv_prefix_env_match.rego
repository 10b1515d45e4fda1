# METADATA
# title: The prefix of a key agrees with its environment and its scopes
# description: >-
#   Providers print on a key what it opens, so a live key recorded as a test key is a production key that nobody guards
#   as one. An active key fails if its visible prefix begins with a pattern of `production` and the inventory places
#   the key elsewhere, or the other way round with one of `outside_production`; and if it begins with a pattern of
#   `restricted`, which promises limited scopes, and a scope of the key holds the wildcard `*`. Dashes count as
#   underscores, and `live` as `live_`. A key without a prefix, and one whose prefix no pattern knows, are not
#   concerned. What the provider's own records say about the key is not tested.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: inv-prefix-env-match
#   severity: medium
#   subject: key
#   applies: {status: active}
#   requires: [key.status, key.prefix]
#   elements:
#     - id: environment
#       title: prefix and environment
#       shows: Whether the prefix belongs to the environment that the inventory states.
#       criterion: {params: [production, outside_production]}
#     - id: scopes
#       title: prefix and scopes
#       shows: Whether a key whose prefix promises limited scopes holds no wildcard.
#       criterion: {params: [restricted]}
#   params:
#     production: [live_, prod_, production_, sk_live_, pk_live_, rk_live_]
#     outside_production:
#       - test_
#       - sk_test_
#       - pk_test_
#       - rk_test_
#       - dev_
#       - stage_
#       - staging_
#       - sandbox_
#       - sbx_
#       - uat_
#     restricted: [rk_, rest_]
#   action: Correct the record, or replace the key whose prefix contradicts its use
#   remediation: >-
#     Correct the record if it is wrong. If the key is, revoke it and issue one of the right environment and
#     scopes.
#   effort: rotation
#   closed_by: >-
#     The inventory shows a prefix that agrees with the environment and scopes of the key, and a key of the wrong
#     environment revoked.
package policies.inventory.inv_prefix_env_match

import future.keywords.not

not_applicable contains "the key carries no prefix" if prefix == ""

not_applicable contains "no pattern is set for the prefix of the key" if {
	prefix != ""
	every patterns in [production, outside_production, restricted] { count(patterns) == 0 }
}

not_applicable contains {
	"reason": "no pattern on environments is set for the prefix of the key",
	"elements": ["environment"],
} if {
	count(production) + count(outside_production) == 0
}

not_applicable contains {"reason": "the prefix of the key promises no limited scopes", "elements": ["scopes"]} if {
	count(restricted) == 0
}

violations contains {
	"element": "environment",
	"message": sprintf("the prefix %s belongs to production; the inventory places the key in %s", [pattern, environment]),
	"facts": {"prefix": pattern, "environment": environment},
	"records": [input.key.source],
} if {
	environment != "production"
	some pattern in production
}

violations contains {
	"element": "environment",
	"message": sprintf("the prefix %s belongs outside production; the inventory places the key in production", [pattern]),
	"facts": {"prefix": pattern, "environment": environment},
	"records": [input.key.source],
} if {
	environment == "production"
	some pattern in outside_production
}

violations contains {
	"element": "scopes",
	"message": sprintf("the prefix %s promises limited scopes; the key holds %s", [pattern, concat(", ", wildcards)]),
	"facts": {"prefix": pattern, "wildcards": wildcards},
	"records": [input.key.source],
} if {
	count(wildcards) > 0
	some pattern in restricted
}

missing contains {"path": "key.environment", "elements": ["environment"]} if {
	count(production) + count(outside_production) > 0
	not environment
}

missing contains {"path": "key.scopes", "elements": ["scopes"]} if {
	count(restricted) > 0
	not is_array(input.key.scopes)
}

params := data.params["inv-prefix-env-match"]

prefix := replace(lower(trim_space(input.key.prefix)), "-", "_")

environment := input.key.environment if is_string(input.key.environment)

# A message names the pattern, not the prefix: what follows it may be the beginning of the secret.
begun_with(patterns) := [pattern | some pattern in patterns; startswith(concat("", [prefix, "_"]), pattern)]

production := begun_with(params.production)

outside_production := begun_with(params.outside_production)

restricted := begun_with(params.restricted)

wildcards := [scope | some scope in input.key.scopes; contains(scope, "*")]
