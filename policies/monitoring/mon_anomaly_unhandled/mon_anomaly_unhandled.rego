# METADATA
# title: Every anomaly in the log of a key was taken up as an incident in time
# description: >-
#   An alarm that nobody answers protects nobody. Three detectors are run again over the log of a key: five failures or
#   more within ten minutes, a day with more than three times as many events as on 95 of 100 of the 14 days before, a
#   use after the revocation. Each hit needs an incident that names the key, was detected from then on, and was first
#   judged at most 4 hours after the anomaly began where the incident or the key is critical, 24 hours otherwise. A hit
#   fails where no incident on record names the key from then on, and where the incident was judged later or never, once
#   the time allowed has passed. Readings chosen: the time runs from the anomaly, not from its detection; 24 hours also
#   for medium and low; one incident may answer several hits. A revoked key is judged too. The detectors see no more
#   than the log supplied: a key that the inventory calls used in the period (or in the 92 days before the as-of date
#   where there is none), and of which no event was logged, is missing evidence.
# related_resources:
#   - description: NIST SP 800-61 rev. 3
#     ref: https://csrc.nist.gov/pubs/sp/800/61/r3/final
#   - description: OWASP Logging Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: mon-anomaly-unhandled
#   severity: high
#   subject: key
#   requires: [events, anomalies]
#   params:
#     max_hours: {critical: 4, other: 24}
#     lookback_days: 92
#   remediation: >-
#     Open an incident for the anomaly, judge how bad it is, and record when. If the use is expected, say so in the
#     incident and close it.
#   effort: process
#   closed_by: >-
#     The incident register shows an incident that names the key and was detected and judged after the anomaly. That
#     it was late stays on record.
package policies.monitoring.mon_anomaly_unhandled

import future.keywords.not

import data.lib.age
import data.lib.duration
import data.lib.evidence

not_applicable contains "no event of it was logged" if {
	input.events.total == 0
	not used_unlogged
}

missing contains sprintf("events (the inventory states a use on %s, and no log shows any)", [
	age.day(input.key.last_used),
]) if {
	input.events.total == 0
	used_unlogged
}

violations contains {
	"message": sprintf("%s on %s (%d events): %s; the limit is %d hours", [
		object.get(words, anomaly.detector, anomaly.detector),
		age.describe(anomaly.at, input.as_of.ms),
		anomaly.count,
		fault,
		hours,
	]),
	"facts": {
		"detector": anomaly.detector,
		"at": age.day(anomaly.at),
		"events": anomaly.count,
		"fault": fault,
		"limit_hours": hours,
	},
	"records": array.concat([anomaly.source], [anomaly.incident.source | is_object(anomaly.incident)]),
} if {
	some anomaly in input.anomalies.records
	hours := longest(anomaly)
	fault := unanswered(anomaly, hours)
}

missing contains evidence.cut("anomalies", input.anomalies)

missing contains question(anomaly) if {
	some anomaly in input.anomalies.records
	not answered(anomaly)
	not unanswered(anomaly, longest(anomaly))
}

params := data.params["mon-anomaly-unhandled"]

hours_of := params.max_hours

# The inventory itself states a use in the period, or lately where there is none.
used_unlogged if {
	age.past(input.key.last_used, input.as_of.ms)
	age.latest(input.key.last_used) >= begin
}

begin := input.period.start_ms if {
	is_object(input.period)
} else := age.cutoff(input.as_of.ms, params.lookback_days)

words := {
	"repeated-failures": "repeated failures",
	"volume-spike": "an unusual number of events",
	"use-after-revocation": "use after the revocation",
}

# The time allowed where nothing is known that shortens it, and where nothing is known that lengthens it.
longest(anomaly) := hours_of.critical if {
	critical(anomaly)
} else := hours_of.other

shortest(anomaly) := hours_of.other if {
	not critical(anomaly)
	is_string(input.key.risk_tier)
	is_string(anomaly.incident.severity)
} else := hours_of.critical

critical(_) if input.key.risk_tier == "critical"

critical(anomaly) if anomaly.incident.severity == "critical"

answered(anomaly) if {
	judged_after(anomaly)
	age.no_later_than(anomaly.incident.triaged_at, anomaly.at, shortest(anomaly) * age.hour_ms)
}

judged_after(anomaly) if {
	age.past(anomaly.incident.triaged_at, input.as_of.ms)
	age.no_later_than(anomaly.at, anomaly.incident.triaged_at, 0)
}

# What records prove against the answer to an anomaly.
unanswered(anomaly, hours) := "no incident on record names the key from then on" if {
	anomaly.incident == null
	ended(anomaly, hours)
} else := sprintf("the incident %s was never judged", [anomaly.incident.incident_id]) if {
	anomaly.incident.triaged_at.state == "never"
	ended(anomaly, hours)
} else := sprintf("the incident %s was first judged %s later", [
	anomaly.incident.incident_id,
	duration.hours(delay),
]) if {
	age.later_than(anomaly.incident.triaged_at, anomaly.at, hours * age.hour_ms)
	delay := age.earliest(anomaly.incident.triaged_at) - age.latest(anomaly.at)
}

ended(anomaly, hours) if age.before(anomaly.at, input.as_of.ms - (hours * age.hour_ms))

question(anomaly) := "anomalies.records.incident (the time allowed has not passed)" if {
	anomaly.incident == null
} else := "anomalies.records.incident" if {
	not is_object(anomaly.incident)
} else := "anomalies.records.incident.triaged_at (the time allowed has not passed)" if {
	anomaly.incident.triaged_at.state == "never"
} else := "anomalies.records.incident.triaged_at (before the anomaly)" if {
	age.later_than(anomaly.at, anomaly.incident.triaged_at, 0)
} else := "anomalies.records.incident.severity" if {
	in_between(anomaly)
	not is_string(anomaly.incident.severity)
} else := "key.risk_tier" if {
	in_between(anomaly)
	not is_string(input.key.risk_tier)
} else := age.undecided(
	"anomalies.records.incident.triaged_at",
	object.get(anomaly.incident, "triaged_at", null),
	input.as_of.ms,
)

# Judged within the longest time allowed, so that it depends on what is critical.
in_between(anomaly) if {
	judged_after(anomaly)
	age.no_later_than(anomaly.incident.triaged_at, anomaly.at, longest(anomaly) * age.hour_ms)
}
