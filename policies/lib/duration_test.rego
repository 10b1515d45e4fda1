package lib.duration_test

import data.lib.age
import data.lib.duration

test_hours if {
	duration.hours(26 * age.hour_ms) == "26 hours"
	duration.hours((26 * age.hour_ms) + 1) == "more than 26 hours"
	duration.hours((2 * age.hour_ms) - 1) == "more than 1 hour"
	duration.hours(1) == "more than 0 hours"
}
