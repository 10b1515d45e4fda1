# METADATA
# title: Routes validate requests and let only approved fields out
# description: >-
#   What a schema does not refuse reaches the core system, and a field that nobody filters reaches the caller. A route
#   of any environment, internal or external, fails if it does not validate requests, and if its responses may
#   hold a field that is not approved for it; an approved field that ends in `*` covers the fields below it. Readings
#   chosen: a `*` alone approves nothing, and an empty list of response fields gives no evidence, since it may as well
#   mean that nothing is filtered. What the schema refuses is not tested. A retired route does not count.
# related_resources:
#   - description: OWASP API Security Top 10 2023, API3
#     ref: https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/
# schemas:
#   - input: schema["dossier-route"]
# custom:
#   id: gw-request-validation
#   severity: medium
#   subject: route
#   applies: {status: active}
#   requires: []
#   elements:
#     - id: validation
#       title: validation of requests
#       shows: Whether the route states that it validates requests.
#       criterion: none
#       requires: [route.request_validation]
#     - id: fields
#       title: fields of responses
#       shows: Whether responses hold approved fields only.
#       criterion: entity
#       requires: [route.response_fields, route.approved_fields]
#   action: Validate requests at the gateway and let only approved fields out
#   remediation: >-
#     Turn on schema validation at the gateway, and filter the response down to the fields approved, or have the further
#     ones approved for a stated purpose.
#   effort: configuration
#   closed_by: >-
#     The gateway configuration shows validation of requests switched on, and no response field that is not approved.
package policies.gateway.gw_request_validation

import data.lib.listed

violations contains {
	"element": "validation",
	"message": "the route lets requests pass without validation",
	"facts": {"request_validation": false},
	"records": [input.route.source],
} if {
	input.route.request_validation == false
}

violations contains {
	"element": "fields",
	"message": sprintf("responses may hold fields beyond those approved: %s", [concat(", ", sort(excess))]),
	"facts": {"excess": sort(excess), "approved": input.route.approved_fields},
	"records": [input.route.source],
} if {
	count(excess) > 0
}

missing contains {"path": "route.response_fields (the list is empty)", "elements": ["fields"]} if {
	count(input.route.response_fields) == 0
}

excess := listed.beyond(input.route.response_fields, approved)

approved := [field | some field in input.route.approved_fields; field != "*"] if is_array(input.route.approved_fields)
