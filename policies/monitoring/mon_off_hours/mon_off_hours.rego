# METADATA
# title: People read and change production keys in business hours, or with a ticket
# description: >-
#   Whoever steals an account uses it when nobody looks. A production key fails for each read of its secret and each
#   change to it by a person outside business hours, in the period (in what was supplied, where there is none), that
#   names no ticket and is no break-glass access. Business hours are the entity's: keyproof.yaml states the time zone
#   (an IANA name, such as Europe/Vienna), the hours and the days of the week. Without that they are keyproof's default,
#   Monday to Friday from 7 to 19 h in UTC, which fits few. Public holidays count as the days of the week they fall on.
#   What programs do at night is not judged; an event of which the log does not say whether a person acted leaves it
#   open, if it lies outside the hours.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, AC-2(11) and AC-2(12)
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: mon-off-hours
#   severity: medium
#   subject: key
#   applies: {environment: production}
#   requires: [key.environment, hand_events]
#   criterion: {params: [time_zone, from_hour, to_hour, days]}
#   params:
#     time_zone: UTC
#     from_hour: 7
#     to_hour: 19
#     days: [Monday, Tuesday, Wednesday, Thursday, Friday]
#   remediation: >-
#     Ask the person what the access was for and record a ticket, or rotate the key and open an incident. Alert on
#     access by people outside business hours.
#   effort: process
#   closed_by: >-
#     The audit log names a ticket for the access, or marks it as break-glass. An access without either stays on record.
package policies.monitoring.mon_off_hours

import future.keywords.not

import data.lib.age
import data.lib.clock
import data.lib.evidence

violations contains {
	"message": sprintf("%s by %s on %s, outside business hours (%d to %d h, %s) and without a ticket", [
		object.get(event, "action", "an access"),
		actor(event),
		clock.moment(event.at),
		params.from_hour,
		params.to_hour,
		params.time_zone,
	]),
	"facts": {
		"action": object.get(event, "action", null),
		"actor": actor(event),
		"at": clock.moment(event.at),
		"time_zone": params.time_zone,
	},
	"records": [event.source],
} if {
	some event in outside
	event.actor_type == "human"
}

missing contains "params.time_zone (no time zone of that name)" if not is_zone

missing contains "hand_events.records.actor_type" if {
	some event in outside
	not is_string(event.actor_type)
}

missing contains "hand_events.records.at" if {
	some event in unmarked
	not timed(event)
}

missing contains evidence.cut("hand_events", input.hand_events)

params := data.params["mon-off-hours"]

is_zone if time.weekday([0, params.time_zone])

# Without a mark of break-glass and without a ticket, by the as-of date and not before the period.
unmarked := [event |
	some event in input.hand_events.records
	not event.break_glass == true
	not regex.match(`[0-9]`, ticket(event))
	not age.after(event.at, input.as_of.ms)
	not age.before(event.at, input.period.start_ms)
]

outside := [event |
	some event in unmarked
	timed(event)
	is_zone
	not within([event.at.ms * 1000000, params.time_zone])
]

timed(event) if {
	age.earliest(event.at)
	event.at.tolerance_ms < age.hour_ms
}

within(at) if {
	time.weekday(at) in params.days
	[hour, _, _] := time.clock(at)
	hour >= params.from_hour
	hour < params.to_hour
}

ticket(event) := event.ticket if {
	is_string(event.ticket)
} else := ""

actor(event) := event.actor if {
	is_string(event.actor)
} else := "a person whom the log does not name"
