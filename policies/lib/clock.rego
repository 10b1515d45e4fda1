# METADATA
# title: Limits in hours, and the calendar
# description: >-
#   A limit in hours is kept by a time of day: a date counts as in time only if the last moment it can mean is. A
#   limit that counts calendar days or months ends with the last moment, in UTC, of its last day.
package lib.clock

import future.keywords.not

import data.lib.age

# METADATA
# description: The first date lies at most so many ms after the second, whatever moment either of them means.
in_time(instant, start, ms) if age.latest(instant) <= age.earliest(start) + ms

# METADATA
# description: The first date lies at the second or later, whatever moment either of them means.
not_before(instant, start) if age.earliest(instant) >= age.latest(start)

# METADATA
# description: The date in words, for messages, with its time of day if that is known.
moment(instant) := concat("", [age.day(instant), " ", time_of_day(instant.ms), " UTC"]) if {
	instant.tolerance_ms == 0
} else := age.day(instant)

time_of_day(ms) := concat(":", [age.two_digits(hours), age.two_digits(minutes), age.two_digits(seconds)]) if {
	in_day := ms - (age.days_of(ms) * age.day_ms)
	in_hour := in_day % age.hour_ms
	in_minute := in_hour % 60000
	hours := (in_day - in_hour) / age.hour_ms
	minutes := (in_hour - in_minute) / 60000
	seconds := (in_minute - (in_minute % 1000)) / 1000
}

# METADATA
# description: Last moment of the day (UTC) of an epoch time in ms.
day_end(ms) := ((age.days_of(ms) + 1) * age.day_ms) - 1

# METADATA
# description: >-
#   Last moment of the day (UTC) with the same number in the next month, or of the last day of that month if it is
#   shorter: a period of one month as Regulation (EEC, Euratom) No 1182/71, Art. 3(2)(c) counts it.
month_later(ms) := day_end(ms) + (days * age.day_ms) if {
	[year, month, day] := [to_number(trim_left(part, "0")) | some part in split(age.date(ms), "-")]
	length := month_length(year, month)
	days := (length - day) + min([day, month_length(year, (month % 12) + 1)])
}

month_length(year, month) := 29 if {
	month == 2
	leap(year)
} else := [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]

leap(year) if {
	year % 4 == 0
	not year % 100 == 0
}

leap(year) if year % 400 == 0
