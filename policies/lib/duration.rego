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
# description: A number of hours, in words; whole hours from 48 on in days.
words(number) := counted(number, "hour") if {
	in_hours(number)
} else := counted(number / 24, "day") if {
	number % 24 == 0
} else := concat(" and ", [counted((number - (number % 24)) / 24, "day"), counted(number % 24, "hour")])

# METADATA
# description: A number of hours, in words, never in days; for what laws and contracts count in hours.
in_words_of_hours(number) := counted(number, "hour")

in_hours(number) if number < 48

in_hours(number) if number != floor(number)

counted(number, unit) := concat(" ", ["1", unit]) if {
	number == 1
} else := sprintf("%v %ss", [number, unit])
