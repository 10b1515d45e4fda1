# METADATA
# title: Calls that a limit refuses are counted, and stay few
# description: >-
#   A limit that is hit all day is an attack, a runaway client or a limit set wrongly, and only who counts refusals can
#   tell. A production route fails if more than 5 % of the calls in its log were refused by a limit (HTTP status
#   429). The log must state the status of every call: if it does not, refusals cannot be counted, and there is no
#   evidence. The share is of all calls in the log supplied, so a short burst of refusals may pass. Whether anybody
#   looks at the number is not seen.
# related_resources:
#   - description: OWASP API Security Top 10 2023, API4
#     ref: https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/
#   - description: RFC 6585, section 4
#     ref: https://www.rfc-editor.org/rfc/rfc6585#section-4
# schemas:
#   - input: schema["dossier-route"]
# custom:
#   id: mon-refused-calls
#   severity: medium
#   subject: route
#   applies: {status: active, environment: production}
#   requires: [route.environment, requests]
#   criterion: {params: [max_refused_percent]}
#   params:
#     max_refused_percent: 5
#   action: Find out who is refused, and raise or enforce the limit
#   remediation: >-
#     Find out who is refused. Block a caller that guesses, mend a client that runs away, or raise a limit that normal
#     load hits. Log the status of every call, and alert on refusals.
#   effort: configuration
#   closed_by: >-
#     The log of the gateway states the status of every call to the route, and the share refused is within the limit.
package policies.monitoring.mon_refused_calls

import future.keywords.not

violations contains {
	"message": sprintf("a limit refused %d of %d logged calls whose status is stated; the limit is %v percent", [
		input.requests.refused,
		input.requests.with_status,
		params.max_refused_percent,
	]),
	"facts": {
		"refused": input.requests.refused,
		"calls": input.requests.with_status,
		"limit_percent": params.max_refused_percent,
	},
	"records": [input.requests.refused_example | is_object(input.requests.refused_example)],
} if {
	input.route.environment == "production"
	input.requests.with_status >= input.requests.total
	input.requests.refused * 100 > input.requests.with_status * params.max_refused_percent
}

missing contains "requests.total (no call in the logs)" if not input.requests.total > 0

missing contains "requests.with_status (not stated of every call)" if {
	not input.requests.with_status >= input.requests.total
}

missing contains "requests.refused" if not is_number(input.requests.refused)

params := data.params["mon-refused-calls"]
