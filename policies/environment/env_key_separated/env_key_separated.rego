# METADATA
# title: Every environment has its own keys, and production keys work from production only
# description: >-
#   A secret shared with a test system is protected as badly as the test system. An active key fails if another
#   inventory record of another environment has the same fingerprint, whatever its state, and, if it is a production
#   key, if a log shows use from another environment. A pass therefore needs the fingerprint and, for production
#   keys, a log whose events name the environment they came from (or a log without any event of the key).
# related_resources:
#   - description: OWASP Key Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Key_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: env-key-separated
#   severity: critical
#   subject: key
#   applies: {status: active}
#   requires: [key.status, key.environment]
#   supposes: [key.environment]
#   elements:
#     - id: own-key
#       title: a key of its own for each environment
#       shows: Whether no key of another environment has the same secret.
#       criterion: none
#       requires: [key.fingerprint, twins]
#     - id: use
#       title: use from another environment
#       shows: Whether no log shows a production key used from another environment.
#       criterion: none
#   action: Issue a key for each environment and close the path between them
#   remediation: >-
#     Issue a key of its own for each environment, revoke the shared one, and close the path from the other environment.
#   effort: rotation
#   closed_by: >-
#     The inventory shows a fingerprint of its own for the key of each environment, and an audit log shows no use of
#     the production key from elsewhere.
package policies.environment.env_key_separated

import future.keywords.not

violations contains {
	"element": "own-key",
	"message": sprintf("the same secret is the %s key %s", [twin.environment, twin.key_id]),
	"facts": {"environment": input.key.environment, "twin": twin.key_id, "twin_environment": twin.environment},
	"records": [input.key.source, twin.source],
} if {
	is_string(input.key.environment)
	some twin in input.twins
	twin.environment != input.key.environment
	is_string(twin.environment)
}

violations contains {
	"element": "use",
	"message": sprintf("the production key was used from %s", [concat(", ", sort(elsewhere))]),
	"facts": {"environment": "production", "used_from": sort(elsewhere)},
	"records": [input.key.source],
} if {
	input.key.environment == "production"
	count(elsewhere) > 0
}

missing contains {"path": "twins.environment", "elements": ["own-key"]} if {
	some twin in input.twins
	not is_string(twin.environment)
}

missing contains {"path": "events", "elements": ["use"]} if {
	input.key.environment == "production"
	not is_number(input.events.total)
}

missing contains {"path": "events.environments", "elements": ["use"]} if {
	input.key.environment == "production"
	input.events.total > 0
	not input.events.environments[0]
}

elsewhere contains environment if {
	some environment in input.events.environments
	environment != "production"
}
