# METADATA
# title: The gateway looks for anomalies in a call before it passes it on
# description: >-
#   An alarm after the event finds the money gone. A production route fails if the export of the gateway states that
#   it does not look for anomalies (bots, known attacks, unusual callers) before it passes a call on. The setting is
#   taken at its word: what is looked for, and whether a hit stops the call, is not seen.
# related_resources:
#   - description: OWASP API Security Top 10 2023, API6
#     ref: https://owasp.org/API-Security/editions/2023/en/0xa6-unrestricted-access-to-sensitive-business-flows/
# schemas:
#   - input: schema["dossier-route"]
# custom:
#   id: gw-inline-detection
#   severity: medium
#   subject: route
#   applies: {status: active, environment: production}
#   requires: [route.environment, route.inline_detection]
#   action: Switch on the detection of anomalies for the route
#   remediation: >-
#     Switch on the detection of the gateway, or of a web application firewall before it, for the route.
#   effort: configuration
#   closed_by: >-
#     The gateway configuration shows detection of anomalies switched on for the route.
package policies.gateway.gw_inline_detection

violations contains {
	"message": "the gateway passes calls on without looking for anomalies first",
	"facts": {"inline_detection": false},
	"records": [input.route.source],
} if {
	input.route.environment == "production"
	input.route.inline_detection == false
}
