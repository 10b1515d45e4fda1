# METADATA
# title: Keys stay on servers, out of browsers, apps and what is shipped to them
# description: >-
#   Whatever is shipped to a client can be read by whoever has the client. An active key of any environment fails
#   if an open finding, or one suppressed without a reason, shows it in what is shipped to clients, or in a
#   repository or build at a path that matches a pattern of client code (those of `client_paths`, and those by which
#   found secrets are marked as client side), and if a log shows a use by a browser or an app on a phone. A pass
#   needs a key that a scan can recognise (its fingerprint is known) and a log in which it was used and every call with
#   it says what kind of program called; fetching the secret from its store is no call.
#   Readings chosen: a pattern may also match code of servers; resolved findings are left to repo-leak-revoked, the
#   networks of callers to gw-ip-allowlist. Applications that nobody scanned are not seen.
# related_resources:
#   - description: OWASP Mobile Top 10 2024, M1
#     ref: https://owasp.org/www-project-mobile-top-10/
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: gw-server-side-keys
#   severity: critical
#   subject: key
#   applies: {status: active}
#   requires: [key.status]
#   elements:
#     - id: client-code
#       title: key in client code
#       shows: Whether no open finding shows the key in what is shipped to clients.
#       criterion: {params: [client_paths]}
#       requires: [key.fingerprint, leaks]
#     - id: use
#       title: use by browsers and apps
#       shows: Whether the log shows no use of the key by browsers or apps on phones, as they name themselves.
#       criterion: none
#       requires: [events]
#   params:
#     client_paths:
#       - (^|/)(public|static|www|wwwroot|web|webapp|frontend|client|browser|android|ios|mobile)/
#       - \.(apk|aab|ipa)(/|$)
#       - \.(bundle|chunk|min)\.(js|mjs|css)(\.map)?$
#   action: Revoke the keys that reached browsers or apps, and keep new ones on servers
#   remediation: >-
#     Treat the key as public and revoke it. Let the client call the gateway with a token of its own, and keep the new
#     key behind the gateway.
#   effort: code
#   closed_by: >-
#     The inventory shows the exposed key revoked. Scans of what is shipped to clients find no key, and an audit log
#     shows the new key used by servers only.
package policies.gateway.gw_server_side_keys

import future.keywords.not

import data.lib.counted
import data.lib.evidence

violations contains {
	"element": "client-code",
	"message": sprintf("finding %s shows the key in what is shipped to clients", [finding.finding_id]),
	"facts": facts(finding),
	"records": [finding.source],
} if {
	some finding in standing
	finding.channel == "client"
}

violations contains {
	"element": "client-code",
	"message": sprintf(
		"finding %s shows the key at %s, which matches a pattern of client code",
		[finding.finding_id, finding.path],
	),
	"facts": facts(finding),
	"records": [finding.source],
} if {
	some finding in standing
	at_client_path(finding)
}

violations contains {
	"element": "use",
	"message": sprintf("the log shows %s of the key by browsers and %d by apps on phones", [
		counted.things(input.events.clients.browser, "use", "uses"),
		input.events.clients.mobile,
	]),
	"facts": input.events.clients,
	"records": [input.key.source],
} if {
	input.events.clients.browser + input.events.clients.mobile > 0
}

missing contains {"path": evidence.cut("leaks", input.leaks), "elements": ["client-code"]}

missing contains {"path": "leaks.records.state", "elements": ["client-code"]} if {
	some finding in unsettled
	not elsewhere(finding)
	not finding.state in {"open", "suppressed"}
}

missing contains {"path": "leaks.records.reason", "elements": ["client-code"]} if {
	some finding in unsettled
	not elsewhere(finding)
	finding.state == "suppressed"
	not is_string(finding.reason)
}

missing contains {"path": "leaks.records.channel", "elements": ["client-code"]} if {
	some finding in unsettled
	not is_string(finding.channel)
}

missing contains {"path": "leaks.records.path", "elements": ["client-code"]} if {
	some finding in unsettled
	finding.channel in code
	not is_string(finding.path)
}

missing contains {"path": "events.clients (no use was logged)", "elements": ["use"]} if {
	is_object(input.events.clients)
	every _, uses in input.events.clients { uses == 0 }
}

missing contains {"path": "events.clients.unknown (not every use says what program called)", "elements": ["use"]} if {
	is_object(input.events)
	not input.events.clients.unknown == 0
}

params := data.params["gw-server-side-keys"]

code := {"repository", "build"}

unsettled := [finding | some finding in input.leaks.records; not settled(finding)]

settled(finding) if finding.state == "resolved"

settled(finding) if {
	finding.state == "suppressed"
	trim_space(finding.reason) != ""
}

standing := [finding | some finding in unsettled; stands(finding)]

stands(finding) if finding.state == "open"

stands(finding) if {
	finding.state == "suppressed"
	trim_space(finding.reason) == ""
}

at_client_path(finding) if {
	finding.channel in code
	finding.client_side == true
}

at_client_path(finding) if {
	finding.channel in code
	some pattern in params.client_paths
	regex.match(pattern, lower(finding.path))
}

# Found where no client code is: the finding decides nothing here.
elsewhere(finding) if {
	is_string(finding.channel)
	not finding.channel == "client"
	not finding.channel in code
}

elsewhere(finding) if {
	finding.channel in code
	is_string(finding.path)
	not at_client_path(finding)
}

facts(finding) := {
	"finding": finding.finding_id,
	"channel": finding.channel,
	"path": object.get(finding, "path", null),
	"state": finding.state,
	"verified": object.get(finding, "verified", null) == true,
}
