# METADATA
# title: Rights on a key that are given or taken away are in an audit log
# description: >-
#   A list of rights shows how things stand; only a log shows who changed them. A key fails for each right on it that
#   the list of rights dates as given or taken away, in the period (in the 92 days before the as-of date, if there is
#   none), and for which no audit log holds an event of key management or administration on the key within an hour. A
#   right on all keys is left out: its event names no key. A right of which the list states no date, or only a day,
#   proves nothing either way. Whether the event is about that right, and not another change of the key within the hour,
#   is not tested.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, AC-2(4) and AU-12
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: log-grant-changes
#   severity: medium
#   subject: key
#   requires: [grants, events, unlogged_grants]
#   params:
#     lookback_days: 92
#   action: Log changes of access, and find out who made those listed
#   remediation: >-
#     Switch on the log of changes to access in the store or the entitlement system, supply it, and find out who gave or
#     took away the rights listed.
#   effort: configuration
#   closed_by: >-
#     The audit log shows an event on the key for each right that the list of rights dates as given or taken away.
package policies.logging.log_grant_changes

import future.keywords.not

import data.lib.age
import data.lib.clock
import data.lib.evidence

not_applicable contains "no right on it was given or taken away in the time judged" if {
	is_array(input.grants.records)
	evidence.complete(input.grants)
	count(changes) == 0
	count(undated) == 0
}

violations contains {
	"message": sprintf(`the audit logs hold no event within an hour of %s, when the right of %s to "%s" was %s`, [
		clock.moment(change.at),
		change.grant.principal_id,
		object.get(change.grant, "action", "?"),
		change.word,
	]),
	"facts": {
		"principal": change.grant.principal_id,
		"action": object.get(change.grant, "action", null),
		"at": clock.moment(change.at),
		"change": change.word,
	},
	"records": [change.grant.source],
} if {
	some change in changes
	unlogged(change)
}

missing contains evidence.cut("grants", input.grants)

missing contains evidence.cut("unlogged_grants", input.unlogged_grants)

missing contains sprintf("grants.records.%s", [field]) if some field in undated

missing contains "events (the logs do not cover every change)" if {
	some change in changes
	not covered(change)
	not unlogged(change)
}

params := data.params["log-grant-changes"]

start_ms := input.period.start_ms if {
	is_number(input.period.start_ms)
} else := age.cutoff(input.as_of.ms, params.lookback_days)

words := {"granted_at": "given", "removed_at": "taken away"}

own := [held |
	some held in input.grants.records
	not held.key_id == "*"
]

changes := [{"grant": held, "word": word, "at": held[field]} |
	some held in own
	some field, word in words
	held[field].tolerance_ms < age.hour_ms
	age.past(held[field], input.as_of.ms)
	age.since(held[field], start_ms)
]

# Dates that may fall into the time judged and do not tell the hour.
undated contains "granted_at" if {
	some held in own
	not age.earliest(held.granted_at)
	not held.granted_at.state == "never"
}

undated contains sprintf("%s (known to the day)", [field]) if {
	some held in own
	some field, _ in words
	held[field].tolerance_ms >= age.hour_ms
	age.past(held[field], input.as_of.ms)
	age.latest(held[field]) >= start_ms
}

unlogged(change) if {
	some grant in input.unlogged_grants.records
	grant.source == change.grant.source
	grant.change == change.word
}

covered(change) if {
	age.latest(change.at) >= input.events.first_ms - age.hour_ms
	age.earliest(change.at) <= input.events.last_ms + age.hour_ms
}
