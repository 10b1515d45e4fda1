# METADATA
# title: A key that suddenly touches many accounts or endpoints is taken up as an incident in time
# description: >-
#   Stuffed credentials, guessed accounts and harvested data look alike in a log: one key asks for far more accounts, or
#   far more endpoints, than ever before. A day counts on which the calls with the key were about 20 accounts or more,
#   or went to 10 routes or more, and more than three times as many as on any of the 14 days before; calls that failed
#   count, as most guesses do. Each such day needs an incident that names the key, was detected from then on, and was
#   first judged at most 4 hours after the day's first call if the incident or the key is critical, 24 hours
#   otherwise. The two are judged apart, each only if the log states account or route of every call, and holds calls
#   of more than 14 days to compare with. Whether an account exists, and whether what was asked for was found, is not
#   seen.
# related_resources:
#   - description: OWASP API Security Top 10 2023, API4 and API6
#     ref: https://owasp.org/API-Security/editions/2023/en/0xa6-unrestricted-access-to-sensitive-business-flows/
#   - description: OWASP Credential Stuffing Prevention Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Credential_Stuffing_Prevention_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: mon-key-breadth
#   severity: high
#   subject: key
#   applies: {status: active, environment: production}
#   requires: [key.status, key.environment, events, anomalies]
#   supposes: [key.risk_tier]
#   elements:
#     - id: accounts
#       title: calls about many accounts
#       shows: Whether each day on which the key was used for far more accounts than before was taken up in time.
#       criterion: {params: [max_hours]}
#     - id: endpoints
#       title: calls to many endpoints
#       shows: Whether each day on which the key called far more routes than before was taken up in time.
#       criterion: {params: [max_hours]}
#   params:
#     max_hours: {critical: 4, other: 24}
#     min_days: 14
#   action: Find out what the calls asked for, and revoke the key if unexpected
#   remediation: >-
#     Find out what the calls asked for, revoke the key if nobody expected them, and record the incident. Let the
#     gateway log route and pseudonym of the account with each call, and alert when a key touches many of either.
#   effort: process
#   closed_by: >-
#     The incident register shows an incident that names the key and was detected and judged after that day. That it
#     was late stays on record.
package policies.monitoring.mon_key_breadth

import future.keywords.not

import data.lib.age
import data.lib.anomaly
import data.lib.duration
import data.lib.evidence

violations contains {
	"element": elements[hit.detector],
	"message": sprintf("the calls of one day touched %d %s, far more than before, from %s: %s; the limit is %s", [
		hit.count,
		elements[hit.detector],
		age.describe(hit.at, input.as_of.ms),
		fault,
		duration.words(hours),
	]),
	"facts": {
		"at": age.day(hit.at),
		"touched": hit.count,
		"fault": fault,
		"limit_hours": hours,
	},
	"records": array.concat([hit.source], [hit.incident.source | is_object(hit.incident)]),
} if {
	some hit in hits
	hours := anomaly.longest(hit, params.max_hours)
	fault := anomaly.fault(hit, params.max_hours)
}

missing contains evidence.cut("anomalies", input.anomalies)

missing contains {"path": path, "elements": [elements[hit.detector]]} if {
	some hit in hits
	path := anomaly.question(hit, params.max_hours)
}

missing contains {"path": concat("", ["events.", field, " (not stated of every call)"]), "elements": [element]} if {
	some element, field in fields
	not stated(field)
}

missing contains "events.calls (of too few days to compare with)" if {
	not input.events.days > params.min_days
}

params := data.params["mon-key-breadth"]

elements := {"many-accounts": "accounts", "many-routes": "endpoints"}

fields := {"accounts": "with_account", "endpoints": "with_route"}

hits := [hit | some hit in input.anomalies.records; elements[hit.detector]]

stated(field) if {
	is_number(input.events.calls)
	input.events[field] >= input.events.calls
}
