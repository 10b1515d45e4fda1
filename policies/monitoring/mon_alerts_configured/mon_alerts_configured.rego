# METADATA
# title: Every production route has the six alert rules
# description: >-
#   A stolen key shows in its use, if somebody is told. A production route fails if one of the alert rules on the
#   list is not active on it. The thresholds inside a rule are not tested: exports name the rules, not how they are
#   tuned. A retired route does not count.
# related_resources:
#   - description: OWASP Logging Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-route"]
# custom:
#   id: mon-alerts-configured
#   severity: high
#   subject: route
#   applies: {status: active, environment: production}
#   requires: [route.environment, route.alert_rules]
#   criterion: {params: [alert_rules]}
#   params:
#     alert_rules: [repeated-failures, new-geography, volume-spike, key-material-access, off-hours, new-ip]
#   action: Activate the missing alert rules on the route
#   remediation: Activate the missing alert rules on the route and send each alert to a queue that somebody watches.
#   effort: configuration
#   closed_by: >-
#     The gateway configuration shows all six alert rules active on the route.
package policies.monitoring.mon_alerts_configured

import future.keywords.not

import data.lib.word

violations contains {
	"message": sprintf("alert rules not active: %s", [concat(", ", absent)]),
	"facts": {"absent": absent, "active": input.route.alert_rules},
	"records": [input.route.source],
} if {
	input.route.environment == "production"
	is_array(input.route.alert_rules)
	count(absent) > 0
}

params := data.params["mon-alerts-configured"]

absent := word.unnamed(params.alert_rules, input.route.alert_rules)
