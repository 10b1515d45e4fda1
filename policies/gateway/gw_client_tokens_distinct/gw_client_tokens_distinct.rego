# METADATA
# title: Clients of a route hold a credential of their own, with no scope beyond the bank's
# description: >-
#   A client that holds the credential the gateway uses behind it needs no gateway. A route that is reachable from
#   outside, in whatever environment, fails if clients present the same credential as the gateway presents to the
#   service behind it (ids are compared without case; two names of one credential are not recognised), if clients
#   present none although the gateway presents one, and if the clients' credential holds a scope that the one behind
#   the gateway lacks; a scope there that ends in `*` covers the scopes below it. Reading chosen: equal scopes are
#   accepted, since a route of one purpose has no lower ones.
# related_resources:
#   - description: OWASP API Security Top 10 2023, API2
#     ref: https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/
# schemas:
#   - input: schema["dossier-route"]
# custom:
#   id: gw-client-tokens-distinct
#   severity: high
#   subject: route
#   applies: {status: active, external: true}
#   requires: [route.external, route.upstream_credential]
#   elements:
#     - id: credential
#       title: credential of the clients
#       shows: Whether clients present a credential, and another than the gateway's.
#       criterion: none
#       requires: [route.client_credential]
#     - id: scopes
#       title: scopes of the clients' credential
#       shows: Whether the clients' credential holds no scope that the gateway's lacks.
#       criterion: none
#       requires: [route.client_scopes, route.upstream_scopes]
#   action: Issue each client of the route a credential of its own
#   remediation: >-
#     Issue each client a credential of its own with the scopes it needs, keep the other one in the gateway, and rotate
#     it if clients held it.
#   effort: rotation
#   closed_by: >-
#     The gateway configuration shows that clients of the route hold a credential other than that of the service
#     behind it, with no scope beyond that one's.
package policies.gateway.gw_client_tokens_distinct

import data.lib.listed

not_applicable contains "the gateway presents no credential to the service behind it" if upstream == ""

violations contains {
	"element": "credential",
	"message": sprintf(
		"clients present the credential %s, and the gateway presents the same one to the service behind it",
		[input.route.client_credential],
	),
	"facts": {
		"client_credential": input.route.client_credential,
		"upstream_credential": input.route.upstream_credential,
	},
	"records": [input.route.source],
} if {
	input.route.external == true
	upstream != ""
	client == upstream
}

violations contains {
	"element": "credential",
	"message": sprintf("clients present no credential, and the gateway presents %s to the service behind it", [
		input.route.upstream_credential,
	]),
	"facts": {"client_credential": "", "upstream_credential": input.route.upstream_credential},
	"records": [input.route.source],
} if {
	input.route.external == true
	upstream != ""
	client == ""
}

violations contains {
	"element": "scopes",
	"message": sprintf("the credential of clients holds scopes that the one behind the gateway lacks: %s", [
		concat(", ", sort(excess)),
	]),
	"facts": {"excess": sort(excess), "upstream_scopes": input.route.upstream_scopes},
	"records": [input.route.source],
} if {
	input.route.external == true
	count(excess) > 0
}

client := plain(input.route.client_credential)

upstream := plain(input.route.upstream_credential)

excess := listed.beyond(input.route.client_scopes, input.route.upstream_scopes)

plain(id) := lower(trim_space(id))
