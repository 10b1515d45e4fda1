# METADATA
# title: Every route limits its rate, its bursts and each key's quota
# description: >-
#   Without a limit a leaked key empties an account, or a partner's mistake takes the bank down, before anybody looks. A
#   route of any environment fails if it has no sustained limit, if no quota per key is set, and if the burst
#   limit is more than 5 times the sustained one. A retired route does not count.
# related_resources:
#   - description: OWASP API Security Top 10 2023, API4
#     ref: https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/
# schemas:
#   - input: schema["dossier-route"]
# custom:
#   id: gw-rate-limit
#   severity: medium
#   subject: route
#   applies: {status: active}
#   requires: []
#   elements:
#     - id: rate
#       title: sustained limit
#       shows: Whether the route limits its rate.
#       criterion: none
#       requires: [route.rate_limit_rps]
#     - id: burst
#       title: burst limit
#       shows: Whether the burst limit is no more than the limit times the sustained one.
#       criterion: {params: [max_burst_factor]}
#       requires: [route.rate_limit_rps, route.burst_rps]
#     - id: quota
#       title: quota per key
#       shows: Whether the route sets a quota for each key.
#       criterion: none
#       requires: [route.per_key_quota]
#   params:
#     max_burst_factor: 5
#   action: Set a rate limit, a burst limit and a quota for each key on the route
#   remediation: >-
#     Set a sustained limit from the route's normal load, a burst of at most five times that, and a quota for each key.
#   effort: configuration
#   closed_by: >-
#     The gateway configuration shows a sustained limit, a burst within the permitted multiple of it, and a quota for
#     each key.
package policies.gateway.gw_rate_limit

not_applicable contains {"reason": "the route has no sustained limit", "elements": ["burst"]} if {
	input.route.rate_limit_rps <= 0
}

violations contains {
	"element": "rate",
	"message": "the route has no rate limit",
	"facts": {"rate_limit_rps": input.route.rate_limit_rps},
	"records": [input.route.source],
} if {
	is_number(input.route.rate_limit_rps)
	input.route.rate_limit_rps <= 0
}

violations contains {
	"element": "quota",
	"message": "the route has no quota per key",
	"facts": {"per_key_quota": false},
	"records": [input.route.source],
} if {
	input.route.per_key_quota == false
}

violations contains {
	"element": "burst",
	"message": sprintf("the burst limit is %v requests per second; the limit is %v times the sustained %v", [
		input.route.burst_rps,
		factor,
		input.route.rate_limit_rps,
	]),
	"facts": {
		"burst_rps": input.route.burst_rps,
		"rate_limit_rps": input.route.rate_limit_rps,
		"max_burst_factor": factor,
	},
	"records": [input.route.source],
} if {
	is_number(input.route.burst_rps)
	is_number(input.route.rate_limit_rps)
	input.route.rate_limit_rps > 0
	input.route.burst_rps > input.route.rate_limit_rps * factor
}

params := data.params["gw-rate-limit"]

factor := params.max_burst_factor
