package lib.duration_test

import data.lib.age
import data.lib.duration

test_hours if {
	duration.hours(26 * age.hour_ms) == "26 hours"
	duration.hours((26 * age.hour_ms) + 1) == "more than 26 hours"
	duration.hours((2 * age.hour_ms) - 1) == "more than 1 hour"
	duration.hours(1) == "more than 0 hours"
}

test_words if {
	duration.words(1) == "1 hour"
	duration.words(47) == "47 hours"
	duration.words(48) == "2 days"
	duration.words(49) == "2 days and 1 hour"
	duration.words(73) == "3 days and 1 hour"
	duration.words(2160) == "90 days"
	duration.words(0.5) == "0.5 hours"
	duration.words(72.5) == "72.5 hours"
	duration.in_words_of_hours(120) == "120 hours"
	duration.in_words_of_hours(1) == "1 hour"
	duration.hours((48 * age.hour_ms) + 1) == "more than 2 days"
}
