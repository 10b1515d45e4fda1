# METADATA
# title: Partners use tokens that soon expire, not static keys
# description: >-
#   A stolen static key works until somebody notices. A route that serves a partner or third-party providers, in
#   whatever environment, fails if its way of authentication is on the list of static credentials or it asks for
#   none, if its access tokens live longer than 3600 seconds, and if the refresh tokens behind them live longer
#   than 90 days (0 means there are none). Readings chosen: a way of authentication on neither list decides nothing, nor
#   does a lifetime of 0 seconds, which some gateways write for tokens that never expire; mutual TLS passes only with a
#   lifetime of tokens on record. What a partner obtains the token with, and what the token may do, is not tested here.
# related_resources:
#   - description: RFC 9700, best current practice for OAuth 2.0 security
#     ref: https://www.rfc-editor.org/rfc/rfc9700
# schemas:
#   - input: schema["dossier-route"]
# custom:
#   id: auth-short-lived-token
#   severity: high
#   subject: route
#   applies: {status: active}
#   requires: []
#   elements:
#     - id: credential
#       title: a credential asked for
#       shows: Whether the route asks partners for a credential.
#       criterion: none
#       requires: [route.auth_type]
#     - id: authentication
#       title: way of authentication
#       shows: Whether the credential that the route asks partners for is no static one.
#       criterion: {params: [static_types, token_types]}
#       requires: [route.auth_type]
#     - id: access-tokens
#       title: lifetime of access tokens
#       shows: Whether access tokens live no longer than the limit.
#       criterion: {params: [max_token_ttl_s]}
#       requires: [route.token_ttl_s]
#     - id: refresh-tokens
#       title: lifetime of refresh tokens
#       shows: Whether refresh tokens live no longer than the limit.
#       criterion: {params: [max_refresh_ttl_days]}
#       requires: [route.refresh_ttl_days]
#   params:
#     max_token_ttl_s: 3600
#     max_refresh_ttl_days: 90
#     static_types: [static-key, api-key, apikey, key-auth, basic, basic-auth, password, hmac, hmac-auth, shared-secret]
#     token_types: [oauth2, oauth-2.0, oidc, openid-connect, jwt, mtls]
#   action: Move partners from static keys to tokens that expire within the hour
#   remediation: >-
#     Issue partners access tokens of an hour or less through the authorisation server, shorten the refresh tokens, and
#     then refuse the static key.
#   effort: code
#   closed_by: >-
#     The gateway configuration shows that the route takes tokens and no static key, and lifetimes of access and
#     refresh tokens within the limits.
package policies.transport.auth_short_lived_token

import future.keywords.not

import data.lib.partner

not_applicable contains reason if some reason in partner.none_served

not_applicable contains {
	"reason": "the route asks for no credential",
	"elements": ["authentication"],
} if {
	auth_type == ""
}

violations contains {
	"element": "authentication",
	"message": sprintf(`the route authenticates %s by "%s", a static credential`, [partner.name, input.route.auth_type]),
	"facts": {"auth_type": input.route.auth_type},
	"records": [input.route.source],
} if {
	partner.served
	auth_type in params.static_types
}

violations contains {
	"element": "credential",
	"message": sprintf("the route asks %s for no credential", [partner.name]),
	"facts": {"auth_type": ""},
	"records": [input.route.source],
} if {
	partner.served
	auth_type == ""
}

violations contains {
	"element": "access-tokens",
	"message": sprintf(
		"access tokens live %v seconds; the limit is %v",
		[input.route.token_ttl_s, params.max_token_ttl_s],
	),
	"facts": {"token_ttl_s": input.route.token_ttl_s, "limit_s": params.max_token_ttl_s},
	"records": [input.route.source],
} if {
	partner.served
	is_number(input.route.token_ttl_s)
	input.route.token_ttl_s > params.max_token_ttl_s
}

violations contains {
	"element": "refresh-tokens",
	"message": sprintf(
		"refresh tokens live %v days; the limit is %v",
		[input.route.refresh_ttl_days, params.max_refresh_ttl_days],
	),
	"facts": {"refresh_ttl_days": input.route.refresh_ttl_days, "limit_days": params.max_refresh_ttl_days},
	"records": [input.route.source],
} if {
	partner.served
	is_number(input.route.refresh_ttl_days)
	input.route.refresh_ttl_days > params.max_refresh_ttl_days
}

missing contains path if some path in partner.unknown

missing contains {"path": "route.auth_type (on neither list)", "elements": ["authentication"]} if {
	auth_type != ""
	not auth_type in params.static_types
	not auth_type in params.token_types
}

# Some gateways write 0 if tokens never expire.
missing contains {"path": "route.token_ttl_s (no lifetime)", "elements": ["access-tokens"]} if {
	is_number(input.route.token_ttl_s)
	input.route.token_ttl_s <= 0
}

missing contains {"path": "route.refresh_ttl_days (no lifetime)", "elements": ["refresh-tokens"]} if {
	is_number(input.route.refresh_ttl_days)
	input.route.refresh_ttl_days < 0
}

params := data.params["auth-short-lived-token"]

auth_type := replace(replace(lower(trim_space(input.route.auth_type)), "_", "-"), " ", "-")
