# METADATA
# title: Every anomaly in the log of a key was taken up as an incident in time
# description: >-
#   An alarm that nobody answers protects nobody. Three detectors are run again over the log of a key: five failures or
#   more within ten minutes, a day with more than three times as many events as on 95 of 100 of the 14 days before, a
#   use after the revocation. Each hit needs an incident that names the key, was detected from then on, and was first
#   judged at most 4 hours after the anomaly began if the incident or the key is critical, 24 hours otherwise. A hit
#   fails if no incident on record names the key from then on, and if the incident was judged later or never, once
#   the time allowed has passed. The time from event to alert is judged apart: failures in a row and uses after the
#   revocation must be detected, by the date of the incident, within 60 minutes; a day of many events can only be told
#   at its end. Readings chosen: the time runs from the anomaly, not from its detection; 24 hours also for medium and
#   low; one incident may answer several hits. A revoked key is judged too. The detectors see no more than the log
#   supplied: a key of which no event was logged, and that the inventory calls used in the period (or in the 92 days
#   before the as-of date if there is none), or of whose use the inventory states nothing, is missing evidence.
#   Calls that touch many accounts or routes are judged by mon-key-breadth.
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
#   supposes: [key.risk_tier]
#   elements:
#     - id: judgement
#       title: incident for each anomaly
#       shows: Whether each anomaly in the log of the key was taken up by an incident that was judged in time.
#       criterion: {params: [max_hours]}
#     - id: detection
#       title: time from event to alert
#       shows: Whether failures in a row and uses after the revocation were detected within minutes of the event.
#       criterion: {params: [max_detection_minutes]}
#   params:
#     max_hours: {critical: 4, other: 24}
#     max_detection_minutes: 60
#     lookback_days: 92
#   action: Open an incident for each anomaly, judge it, and record when
#   remediation: >-
#     Open an incident for the anomaly, judge how bad it is, and record when. If the use is expected, say so in the
#     incident and close it. Let the alert rule run on the stream of events and not on a daily extract.
#   effort: process
#   closed_by: >-
#     The incident register shows an incident that names the key and was detected and judged after the anomaly. That
#     it was late stays on record.
package policies.monitoring.mon_anomaly_unhandled

import future.keywords.not

import data.lib.age
import data.lib.anomaly
import data.lib.counted
import data.lib.duration
import data.lib.evidence

not_applicable contains "no event of it was logged" if {
	input.events.total == 0
	unused
}

violations contains {
	"element": "judgement",
	"message": sprintf("%s (%s) on %s: %s; the limit is %s", [
		object.get(words, hit.detector, hit.detector),
		counted.things(hit.count, "event", "events"),
		age.describe(hit.at, input.as_of.ms),
		fault,
		duration.words(hours),
	]),
	"facts": {
		"detector": hit.detector,
		"at": age.day(hit.at),
		"events": hit.count,
		"fault": fault,
		"limit_hours": hours,
	},
	"records": array.concat([hit.source], [hit.incident.source | is_object(hit.incident)]),
} if {
	some hit in hits
	hours := anomaly.longest(hit, params.max_hours)
	fault := anomaly.fault(hit, params.max_hours)
}

violations contains {
	"element": "detection",
	"message": sprintf("%s on %s: detected %s later, in the incident %s; the limit is %s", [
		words[hit.detector],
		age.describe(hit.at, input.as_of.ms),
		duration.hours(delay),
		hit.incident.incident_id,
		counted.things(params.max_detection_minutes, "minute", "minutes"),
	]),
	"facts": {
		"detector": hit.detector,
		"at": age.day(hit.at),
		"incident": hit.incident.incident_id,
		"limit_minutes": params.max_detection_minutes,
	},
	"records": [hit.source, hit.incident.source],
} if {
	some hit in at_once
	age.later_than(hit.incident.detected_at, hit.at, detection_ms)
	delay := age.earliest(hit.incident.detected_at) - age.latest(hit.at)
}

missing contains sprintf("events (the inventory states a use on %s, and no log shows any)", [
	age.day(input.key.last_used),
]) if {
	input.events.total == 0
	used_unlogged
}

missing contains "key.last_used (no log shows a use)" if {
	input.events.total == 0
	not used_unlogged
	not unused
}

missing contains evidence.cut("anomalies", input.anomalies)

missing contains {"path": path, "elements": ["judgement"]} if {
	some hit in hits
	path := anomaly.question(hit, params.max_hours)
}

missing contains {"path": "anomalies.records.incident (none was opened)", "elements": ["detection"]} if {
	some hit in at_once
	not is_object(hit.incident)
}

missing contains {
	"path": age.undecided(
		"anomalies.records.incident.detected_at",
		object.get(hit.incident, "detected_at", null),
		input.as_of.ms,
	),
	"elements": ["detection"],
} if {
	some hit in at_once
	is_object(hit.incident)
	not age.later_than(hit.incident.detected_at, hit.at, detection_ms)
	not age.no_later_than(hit.incident.detected_at, hit.at, detection_ms)
}

params := data.params["mon-anomaly-unhandled"]

detection_ms := params.max_detection_minutes * 60000

# What mon-key-breadth does not judge.
hits := [hit |
	some hit in input.anomalies.records
	not hit.detector in {"many-accounts", "many-routes"}
]

# Anomalies that the first events of them show.
at_once := [hit |
	some hit in hits
	hit.detector in {"repeated-failures", "use-after-revocation"}
]

# The inventory itself states a use in the period, or lately if there is none.
used_unlogged if {
	age.past(input.key.last_used, input.as_of.ms)
	age.latest(input.key.last_used) >= begin
}

unused if input.key.last_used.state in {"never", "not-tracked"}

unused if age.latest(input.key.last_used) < begin

begin := input.period.start_ms if {
	is_object(input.period)
} else := age.cutoff(input.as_of.ms, params.lookback_days)

words := {
	"repeated-failures": "repeated failures",
	"volume-spike": "an unusual number of events",
	"use-after-revocation": "use after the revocation",
}
