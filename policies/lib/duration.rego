# METADATA
# title: Stretches of time in words
package lib.duration

import data.lib.age

# METADATA
# description: A stretch of time in whole hours, in words.
hours(ms) := words(ms / age.hour_ms) if {
	ms % age.hour_ms == 0
} else := concat(" ", ["more than", words((ms - (ms % age.hour_ms)) / age.hour_ms)])

# METADATA
# description: A number of hours, in words.
words(number) := "1 hour" if {
	number == 1
} else := concat(" ", [format_int(number, 10), "hours"])
