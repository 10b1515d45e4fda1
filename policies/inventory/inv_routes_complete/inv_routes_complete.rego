# METADATA
# title: Every route that answers calls is in the list of routes
# description: >-
#   An API that nobody lists is one that nobody limits, watches or retires. A route fails, by name, if an audit log
#   shows a call to it that did not fail and the list of routes has no record of it. Names are compared as written, so
#   the list must use the ids of the log. A call that was refused shows no route in use. A route that nobody called in
#   the time of the logs, and one past the gateway that logs, stay unseen. Without a log that names routes there is no
#   evidence. A document may state why the rule does not concern the entity; it excuses no route that a log names.
# related_resources:
#   - description: OWASP API Security Top 10 2023, API9
#     ref: https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: inv-routes-complete
#   severity: high
#   subject: organisation
#   requires: [unknown_routes]
#   params:
#     max_age_days: 365
#   action: Find out what answers on the routes listed, and record or shut them
#   remediation: >-
#     Find out what answers on each route listed, give it a record with an owner and the controls of a route, or
#     shut it.
#   effort: process
#   closed_by: >-
#     The list of routes has a record of every route that the logs name.
package policies.inventory.inv_routes_complete

import future.keywords.not

import data.lib.attestation

not_applicable contains reason if {
	count(violations) == 0
	some reason in attestation.excused(rule_id, params.max_age_days)
}

violations contains {
	"message": sprintf(`the list of routes lacks the route "%s", which answered %d logged calls`, [
		route.route_id,
		route.count,
	]),
	"facts": {"route": route.route_id, "calls": route.count},
	"records": [route.source],
} if {
	some route in input.unknown_routes.records
}

violations contains {
	"message": sprintf("%d of %d routes that the list lacks are named here", [
		count(input.unknown_routes.records),
		input.unknown_routes.total,
	]),
	"facts": {"listed": count(input.unknown_routes.records), "routes": input.unknown_routes.total},
	"records": [route.source | some route in input.unknown_routes.records],
} if {
	input.unknown_routes.total > count(input.unknown_routes.records)
}

missing contains "logs.with_route (no log names a route)" if not logged

rule_id := "inv-routes-complete"

params := data.params[rule_id]

logged if {
	some log in input.logs
	log.with_route > 0
}
