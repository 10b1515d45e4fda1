# METADATA
# title: People read and change production keys in business hours, or with a ticket
# description: >-
#   Whoever steals an account uses it when nobody looks. A production key fails for each read of its secret and each
#   change to it by a person outside business hours, in the period (in what was supplied, if there is none), that
#   names no ticket and is no break-glass access. Business hours are the entity's: keyproof.yaml states the time zone
#   (an IANA name, such as Europe/Vienna), the hours and the days of the week. No time zone is taken for granted:
#   without one only what lies outside the hours in every time zone fails, such as noon of a Sunday, and the rest has
#   no evidence. Hours and days are keyproof's default, Monday to Friday from 7 to 19 h, if they are not stated.
#   Public holidays count as the days of the week they fall on. What programs do at night is not judged; an event of
#   which the log does not say whether a person acted leaves it open, if it lies outside the hours.
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
#     time_zone: ""
#     from_hour: 7
#     to_hour: 19
#     days: [Monday, Tuesday, Wednesday, Thursday, Friday]
#   action: Ask what the access out of hours was for, and record a ticket
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
		zone,
	]),
	"facts": {
		"action": object.get(event, "action", null),
		"actor": actor(event),
		"at": clock.moment(event.at),
		"time_zone": zone,
	},
	"records": [event.source],
} if {
	some event in outside
	event.actor_type == "human"
}

missing contains "params.time_zone (no time zone of that name)" if {
	not unstated
	not is_zone
}

missing contains "params.time_zone (state the time zone of business hours in keyproof.yaml)" if {
	unstated
	some event in unmarked
	timed(event)
	not event in outside
	object.get(event, "actor_type", null) in {"human", null}
}

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

unstated if params.time_zone == ""

is_zone if {
	not unstated
	is_string(time.weekday([0, params.time_zone]))
}

zone := "in any time zone" if {
	unstated
} else := params.time_zone

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
	beyond(event.at.ms)
]

beyond(ms) if {
	is_zone
	not within([ms * 1000000, params.time_zone])
}

# If clocks may stand while no time zone is stated: from 12 hours behind UTC to 14 before it.
beyond(ms) if {
	unstated
	every hours in numbers.range(-12, 14) { not within([(ms + (hours * age.hour_ms)) * 1000000, "UTC"]) }
}

timed(event) if {
	age.earliest(event.at)
	event.at.tolerance_ms < age.hour_ms
}

within(at) if {
	[hour, _, _] := time.clock(at)
	hour >= params.from_hour
	hour < params.to_hour
	time.weekday(at) in params.days
}

ticket(event) := event.ticket if {
	is_string(event.ticket)
} else := ""

actor(event) := event.actor if {
	is_string(event.actor)
} else := "a person whom the log does not name"
