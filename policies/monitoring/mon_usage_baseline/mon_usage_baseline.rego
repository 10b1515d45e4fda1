# METADATA
# title: The use of every production key is measured, for long enough to know what is usual
# description: >-
#   What is unusual shows only against what is usual. The log of an active production key fails if some of its calls
#   say how the call ended, or how long it took, and others do not: errors and slowness that are counted in part look
#   rarer than they are. It carries a baseline if its calls fall on at least 14 days (UTC) and each says both. Fewer
#   days prove nothing against the key, which may be used rarely or whose log was exported in part, and neither does a
#   log in which no call says it, whose format may not carry it: both are missing evidence. A key created within these
#   14 days is not judged yet. Reading chosen: calls are uses of the key and logins; fetching the secret from its store
#   and managing it are none.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, SI-4
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: mon-usage-baseline
#   severity: low
#   subject: key
#   applies: {status: active, environment: production}
#   requires: [key.status, key.environment, events]
#   criterion: {params: [min_days, min_percent]}
#   params:
#     min_days: 14
#     min_percent: 100
#   action: Have outcome and duration of every call logged, and keep the log
#   remediation: >-
#     Have the gateway or the store log outcome and duration of every call, and keep the log for long enough to see what
#     is usual.
#   effort: configuration
#   closed_by: >-
#     The audit log states outcome and duration of every call with the key, on as many days as the rule asks for.
package policies.monitoring.mon_usage_baseline

import future.keywords.not

import data.lib.age

not_applicable contains "the key is younger than the baseline asks for" if {
	age.within(input.key.created, input.as_of.ms, params.min_days)
}

violations contains {
	"message": sprintf("%d of %d calls in the log say %s; the limit is %v percent", [
		saying,
		input.events.calls,
		word,
		params.min_percent,
	]),
	"facts": {
		"measure": measure,
		"calls": input.events.calls,
		"calls_saying": saying,
		"limit_percent": params.min_percent,
	},
	"records": [input.key.source],
} if {
	some measure, saying in measures
	saying > 0
	saying * 100 < input.events.calls * params.min_percent
	word := words[measure]
}

missing contains "events (no call of it)" if input.events.calls == 0

missing contains "events.days (fewer than the baseline asks for)" if {
	input.events.calls > 0
	not input.events.days >= params.min_days
}

missing contains concat(".", ["events", field]) if {
	is_object(input.events)
	some field in fields
	not is_number(input.events[field])
}

missing contains sprintf("events.%s (no call says it)", [field]) if {
	input.events.calls > 0
	some field in fields
	input.events[field] == 0
}

params := data.params["mon-usage-baseline"]

fields := ["with_latency", "with_outcome"]

measures["outcome"] := input.events.with_outcome

measures["latency"] := input.events.with_latency

words := {"outcome": "how the call ended", "latency": "how long the call took"}
