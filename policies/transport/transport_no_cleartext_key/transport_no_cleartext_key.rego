# METADATA
# title: Keys reach a route outside its address, encrypted, and by no open channel
# description: >-
#   Addresses are written into logs, histories and proxies, and mail and chat keep what they carry. A route of any
#   environment fails if a log shows a credential in the address of a call, if callers are to put it into the
#   query or the path, if the route is reached in clear text, and if keys are handed to callers by unencrypted
#   mail, chat or ticket. Reading chosen: a pass needs a log in which every call says whether its address shows a
#   credential, whatever the settings say; a credential in a header, cookie or body, or a certificate, is accepted. A
#   retired route still fails for what the log shows, and without a log it lacks evidence.
# related_resources:
#   - description: OWASP REST Security Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html
#   - description: RFC 6750, section 5.3, on bearer tokens in page URLs
#     ref: https://www.rfc-editor.org/rfc/rfc6750#section-5.3
# schemas:
#   - input: schema["dossier-route"]
# custom:
#   id: transport-no-cleartext-key
#   severity: high
#   subject: route
#   requires: []
#   elements:
#     - id: logged
#       title: credentials in logged addresses
#       shows: Whether no logged call shows a credential in its address.
#       criterion: none
#       requires: [requests]
#     - id: place
#       title: place of the credential
#       shows: Whether callers are to put the credential outside the address.
#       criterion: {params: [exposed_places]}
#     - id: clear-text
#       title: connections in clear text
#       shows: Whether the route is not reached in clear text.
#       criterion: none
#       requires: [route.url, route.min_tls]
#     - id: delivery
#       title: delivery of keys to callers
#       shows: Whether keys are handed to callers by no open channel.
#       criterion: {params: [open_channels]}
#   params:
#     exposed_places: [query, path]
#     open_channels: [mail, chat, ticket]
#   action: Rotate the keys that stood in an address or an open channel
#   remediation: >-
#     Rotate every key that stood in an address or an open channel. Let callers send it in a header over TLS, and hand
#     out keys through the vault or the portal.
#   effort: code
#   closed_by: >-
#     The gateway configuration shows keys taken from headers over TLS and handed out by no open channel, and an audit
#     log shows no credential in the address of a call.
package policies.transport.transport_no_cleartext_key

import future.keywords.not

not_applicable contains "the route is retired" if {
	retired
	input.requests.credential_in_url == 0
}

not_applicable contains {"reason": "the route is retired", "elements": ["place", "clear-text", "delivery"]} if retired

violations contains {
	"element": "logged",
	"message": sprintf("a credential stands in the address of %d of the %d logged calls whose address was examined", [
		input.requests.credential_in_url,
		input.requests.url_examined,
	]),
	"facts": {
		"credential_in_url": input.requests.credential_in_url,
		"url_examined": input.requests.url_examined,
		"logged_calls": input.requests.total,
	},
	"records": [source | some source in [input.requests.example, input.route.source]; is_object(source)],
} if {
	input.requests.credential_in_url > 0
}

violations contains {
	"element": "place",
	"message": sprintf("callers put the credential into the %s of the address", [input.route.credential_in]),
	"facts": {"credential_in": input.route.credential_in},
	"records": [input.route.source],
} if {
	not retired
	input.route.credential_in in params.exposed_places
}

violations contains {
	"element": "clear-text",
	"message": sprintf("keys can reach the route in clear text: %s", [concat(" and ", sort(clear_text))]),
	"facts": {"url": object.get(input.route, "url", null), "min_tls": object.get(input.route, "min_tls", null)},
	"records": [input.route.source],
} if {
	not retired
	count(clear_text) > 0
}

violations contains {
	"element": "delivery",
	"message": sprintf(
		"keys are handed to callers by %s",
		[object.get(channels, input.route.key_delivery, input.route.key_delivery)],
	),
	"facts": {"key_delivery": input.route.key_delivery},
	"records": [input.route.source],
} if {
	not retired
	input.route.key_delivery in params.open_channels
}

missing contains {"path": concat(".", ["route", field]), "elements": [element]} if {
	not retired
	some field, element in {"credential_in": "place", "key_delivery": "delivery"}
	not is_string(input.route[field])
}

missing contains {"path": "requests.total (no call was logged)", "elements": ["logged"]} if input.requests.total == 0

missing contains {"path": "requests.url_examined (not every logged call)", "elements": ["logged"]} if {
	is_object(input.requests)
	not input.requests.url_examined >= input.requests.total
}

params := data.params["transport-no-cleartext-key"]

retired if input.route.status == "retired"

clear_text contains sprintf("its address is %s", [input.route.url]) if {
	some scheme in ["http://", "ws://"]
	startswith(lower(input.route.url), scheme)
}

clear_text contains "it accepts connections without TLS" if lower(input.route.min_tls) == "none"

channels := {"mail": "unencrypted mail", "chat": "chat", "ticket": "ticket"}
