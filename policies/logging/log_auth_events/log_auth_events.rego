# METADATA
# title: Every call that the gateway counted is in the logs, failed ones too
# description: >-
#   What is not logged cannot be found when a key was abused. For a route of any environment, the calls the gateway
#   counted in a stated time are compared with the log events of the route in that time: a difference of more than 0.1
#   percent either way fails. So do 1000 events or more of which none failed, or none succeeded; among fewer, one
#   outcome alone is no evidence. If the count makes a call every five minutes or more often, a silence of more than
#   15 minutes fails with low severity. A count that ended more than 92 days before the as-of date says nothing about
#   the logs as they are kept now. What is compared are calls: that each was an authentication is the gateway's part.
# related_resources:
#   - description: OWASP Logging Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html
#   - description: NIST SP 800-53 rev. 5, AU-2 and AU-12
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-route"]
# custom:
#   id: log-auth-events
#   severity: high
#   subject: route
#   applies: {status: active}
#   requires: [requests]
#   absences: [requests]
#   elements:
#     - id: calls
#       title: log entries for the calls counted
#       shows: Whether the logs hold as many events of the route as the gateway counted calls, within the limit.
#       criterion: {params: [max_delta_percent]}
#       requires: [route.calls, route.calls_from, route.calls_to, requests.in_window]
#     - id: outcomes
#       title: log entries of both outcomes
#       shows: Whether failed and successful calls are both in the logs of the route, if events enough are there.
#       criterion: {params: [min_events]}
#     - id: silence
#       title: silence of a log
#       shows: Whether the log of a busy route is never silent for longer than the limit.
#       criterion: {params: [max_silence_minutes]}
#       requires: [route.calls, route.calls_from, route.calls_to, requests.in_window]
#   params:
#     max_delta_percent: 0.1
#     min_events: 1000
#     max_silence_minutes: 15
#     busy_minutes: 5
#     max_count_age_days: 92
#   action: Find what keeps calls out of the log, and mend it
#   remediation: >-
#     Find what keeps calls out of the log (sampling, a node that does not ship, failures that are dropped), mend it,
#     and count again.
#   effort: configuration
#   closed_by: >-
#     A new count of calls by the gateway agrees with the events of the log in the same time, which show failures and
#     no long silence.
package policies.logging.log_auth_events

import future.keywords.not

import data.lib.age
import data.lib.counted

violations contains {
	"element": "calls",
	"absent": short_of_calls,
	"message": sprintf(
		concat(" ", [
			"the gateway counted %s from %s to %s, and the logs hold %s of the route in that time;",
			"the limit is %v percent",
		]),
		[
			counted.things(calls, "call", "calls"),
			age.date(window.from_ms),
			age.date(window.to_ms),
			counted.things(logged, "event", "events"),
			params.max_delta_percent,
		],
	),
	"facts": {
		"calls": calls,
		"events": logged,
		"from": age.date(window.from_ms),
		"to": age.date(window.to_ms),
		"limit_percent": params.max_delta_percent,
	},
	"records": [input.route.source],
} if {
	abs(calls - logged) * 100 > calls * params.max_delta_percent
	window
}

violations contains {
	"element": "outcomes",
	"absent": ["requests"],
	"message": sprintf(
		"the logs hold %d events of the route, and all are %s; a log that keeps both outcomes shows both among %d or more",
		[input.requests.total, outcome, params.min_events],
	),
	"facts": {
		"events": input.requests.total,
		"successes": input.requests.successes,
		"failures": input.requests.failures,
	},
	"records": [input.route.source],
} if {
	some outcome in ["successes", "failures"]
	one_sided(outcome)
}

violations contains {
	"element": "silence",
	"absent": ["requests"],
	"message": sprintf(
		concat(" ", [
			"the logs hold no event of the route for %s from %s on; the gateway counted %d calls from %s",
			"to %s, and the limit is %s",
		]),
		[
			counted.things(floor(silent_ms / minute_ms), "minute", "minutes"),
			moment(input.requests.longest_silence.from_ms),
			calls,
			age.date(window.from_ms),
			age.date(window.to_ms),
			counted.things(params.max_silence_minutes, "minute", "minutes"),
		],
	),
	"facts": {
		"from": moment(input.requests.longest_silence.from_ms),
		"to": moment(input.requests.longest_silence.to_ms),
		"calls": calls,
		"limit_minutes": params.max_silence_minutes,
	},
	"records": [input.route.source],
	"severity": "low",
} if {
	busy
	silent_ms > params.max_silence_minutes * minute_ms
}

missing contains {"path": "route.calls (no call in the time counted)", "elements": ["calls", "silence"]} if {
	calls == 0
	logged == 0
}

missing contains {"path": "route.calls_to (before route.calls_from)", "elements": ["calls", "silence"]} if {
	age.later_than(input.route.calls_from, input.route.calls_to, 0)
}

missing contains {"path": "route.calls_to (too long ago)", "elements": ["calls", "silence"]} if {
	age.before(input.route.calls_to, age.cutoff(input.as_of.ms, params.max_count_age_days))
}

missing contains {
	"path": age.undecided("route.calls_from", input.route.calls_from, input.as_of.ms),
	"elements": ["calls", "silence"],
} if {
	not settled(input.route.calls_from)
}

missing contains {
	"path": age.undecided("route.calls_to", input.route.calls_to, input.as_of.ms),
	"elements": ["calls", "silence"],
} if {
	not settled(input.route.calls_to)
}

missing contains {
	"path": concat("", ["requests.", outcome, " (none in the logs)"]),
	"elements": ["outcomes"],
} if {
	some outcome in ["successes", "failures"]
	input.requests[outcome] == 0
	not one_sided(other[outcome])
}

missing contains {"path": "requests.longest_silence", "elements": ["silence"]} if {
	busy
	not is_object(input.requests.longest_silence)
}

params := data.params["log-auth-events"]

minute_ms := 60000

calls := input.route.calls if is_number(input.route.calls)

logged := input.requests.in_window if is_number(input.requests.in_window)

# A time of which it is clear whether an event belongs into it. A bare day is taken whole.
window := {"from_ms": from_ms, "to_ms": to_ms} if {
	age.precise(input.route.calls_from)
	age.precise(input.route.calls_to)
	from_ms := age.earliest(input.route.calls_from)
	to_ms := age.latest(input.route.calls_to)
	to_ms >= from_ms
}

settled(instant) if {
	age.past(instant, input.as_of.ms)
	age.precise(instant)
}

# More events than calls are no loss of the log.
short_of_calls := ["requests"] if logged < calls

short_of_calls := [] if logged >= calls

busy if (calls * params.busy_minutes) * minute_ms >= window.to_ms - window.from_ms

silent_ms := silence.to_ms - silence.from_ms if silence := input.requests.longest_silence

other := {"successes": "failures", "failures": "successes"}

# As many events as should show both outcomes, and all of one.
one_sided(outcome) if {
	input.requests.total >= params.min_events
	input.requests[outcome] == input.requests.total
}

# Date and time of day, UTC.
moment(ms) := concat("", [age.date(ms), " ", age.two_digits(hours), ":", age.two_digits(minutes), " UTC"]) if {
	minutes_of_day := floor((ms % age.day_ms) / minute_ms)
	minutes := minutes_of_day % 60
	hours := (minutes_of_day - minutes) / 60
}
