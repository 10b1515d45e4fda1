# METADATA
# title: What held throughout the audit period
# description: >-
#   An audit with a period asks of some rules that they held on every day of it, and not at its end only. A stretch is a
#   pair of moments, epoch ms, the second one left out. Stretches are cut to the period, which ends with the as-of date
#   at the latest. A day (UTC) counts as out of tolerance if any stretch touches it. In an audit at a point in time
#   there are no stretches.
package lib.period

import future.keywords.not

import data.lib.age

# METADATA
# description: First moment of the period.
begin := input.period.start_ms

# METADATA
# description: First moment after the period, or after the as-of date if that is earlier.
end := min([input.period.end_ms, input.as_of.ms]) + 1

# METADATA
# description: >-
#   The stretches in which the newest of the moments was more than so many days old; nothing is claimed of the time
#   before the first, and of that after a moment, epoch ms, up to which the exports speak.
overdue(instants, days, until_ms) := cut([[(before[0] + (days * age.day_ms)) + 1, until] |
	ordered := sort([[age.latest(instant), age.earliest(instant)] | some instant in instants])
	some place, before in ordered
	until := min([first_after(ordered, place), until_ms + 1])
])

first_after(ordered, place) := ordered[place + 1][1] if {
	place + 1 < count(ordered)
} else := end

# METADATA
# description: The parts of the stretches that lie in the period, in order; empty ones are left out.
cut(stretches) := sort([[from, until] |
	some stretch in stretches
	from := max([stretch[0], begin])
	until := min([stretch[1], end])
	from < until
])

# METADATA
# description: How many days of the period the stretches touch.
days(stretches) := count({day |
	some stretch in stretches
	some day in numbers.range(age.days_of(stretch[0]), age.days_of(stretch[1] - 1))
})

# METADATA
# description: The stretches as first and last days.
intervals(stretches) := [concat(" to ", [age.date(stretch[0]), age.date(stretch[1] - 1)]) | some stretch in stretches]
