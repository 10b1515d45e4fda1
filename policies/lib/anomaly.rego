# METADATA
# title: Whether an anomaly in the log of a key was taken up in time
# description: >-
#   An incident that names the key, detected from the anomaly on, must be judged within a number of hours: one for what
#   is critical (the incident or the key), another for the rest. `limits` has both, as `critical` and `other`. A fault
#   is proved, or the answer is, or `question` has the path that neither is.
package lib.anomaly

import future.keywords.not

import data.lib.age
import data.lib.duration

# METADATA
# description: The time allowed, in hours, if nothing is known that shortens it.
longest(anomaly, limits) := limits.critical if {
	critical(anomaly)
} else := limits.other

# METADATA
# description: What records prove against the answer to an anomaly, in words; undefined if they prove nothing.
fault(anomaly, limits) := "no incident on record names the key from then on" if {
	anomaly.answered == false
	ended(anomaly, longest(anomaly, limits))
} else := sprintf("the incident %s was never judged", [anomaly.incident.incident_id]) if {
	anomaly.incident.triaged_at.state == "never"
	ended(anomaly, longest(anomaly, limits))
} else := sprintf("the incident %s was first judged %s later", [
	anomaly.incident.incident_id,
	duration.hours(delay),
]) if {
	age.later_than(anomaly.incident.triaged_at, anomaly.at, longest(anomaly, limits) * age.hour_ms)
	delay := age.earliest(anomaly.incident.triaged_at) - age.latest(anomaly.at)
}

# METADATA
# description: The path that leaves an anomaly open, which has neither a fault nor an answer in time.
question(anomaly, limits) := open_at(anomaly, limits) if {
	not answered(anomaly, limits)
	not fault(anomaly, limits)
}

answered(anomaly, limits) if {
	judged_after(anomaly)
	age.no_later_than(anomaly.incident.triaged_at, anomaly.at, shortest(anomaly, limits) * age.hour_ms)
}

# The time allowed if nothing is known that lengthens it.
shortest(anomaly, limits) := limits.other if {
	not critical(anomaly)
	is_string(input.key.risk_tier)
	is_string(anomaly.incident.severity)
} else := limits.critical

critical(_) if input.key.risk_tier == "critical"

critical(anomaly) if anomaly.incident.severity == "critical"

judged_after(anomaly) if {
	age.past(anomaly.incident.triaged_at, input.as_of.ms)
	age.no_later_than(anomaly.at, anomaly.incident.triaged_at, 0)
}

ended(anomaly, hours) if age.before(anomaly.at, input.as_of.ms - (hours * age.hour_ms))

open_at(anomaly, limits) := "anomalies.records.incident (the time allowed is not over)" if {
	anomaly.answered == false
} else := "anomalies.records.incident" if {
	not is_object(anomaly.incident)
} else := "anomalies.records.incident.triaged_at (the time allowed is not over)" if {
	anomaly.incident.triaged_at.state == "never"
} else := "anomalies.records.incident.triaged_at (before the anomaly)" if {
	age.later_than(anomaly.at, anomaly.incident.triaged_at, 0)
} else := "anomalies.records.incident.severity" if {
	in_between(anomaly, limits)
	not is_string(anomaly.incident.severity)
} else := "key.risk_tier" if {
	in_between(anomaly, limits)
	not is_string(input.key.risk_tier)
} else := age.undecided(
	"anomalies.records.incident.triaged_at",
	object.get(anomaly.incident, "triaged_at", null),
	input.as_of.ms,
)

# Judged within the longest time allowed, so that it depends on what is critical.
in_between(anomaly, limits) if {
	judged_after(anomaly)
	age.no_later_than(anomaly.incident.triaged_at, anomaly.at, longest(anomaly, limits) * age.hour_ms)
}
