# METADATA
# title: Day arithmetic on dates of limited precision
# description: >-
#   The true time of a date lies between its `ms` and `ms + tolerance_ms`. Older, later and future are claims that need proof:
#   they hold only where they hold for the whole span. An age of exactly the limit is within it. A date without a time of day is
#   judged in days, as a reader of the record would: it counts as its last moment. Where the span is longer than a day (time zone
#   unknown) and the limit falls into it, the date is neither within nor over, and the caller reports missing evidence.
package lib.age

import future.keywords.not

day_ms := 86400000

hour_ms := 3600000

# METADATA
# description: First moment the date can mean, epoch ms; undefined unless the date is known.
earliest(instant) := instant.ms if {
	instant.state == "known"
	is_number(instant.ms)
}

# METADATA
# description: Last moment the date can mean, epoch ms; undefined unless the date is known.
latest(instant) := earliest(instant) + instant.tolerance_ms

# METADATA
# description: The date lies after the as-of date, whatever its precision.
after(instant, as_of_ms) if earliest(instant) > as_of_ms

# METADATA
# description: The date has come, as far as its precision tells.
past(instant, as_of_ms) if earliest(instant) <= as_of_ms

# METADATA
# description: The date lies more than so many days before the as-of date, whatever its precision.
over(instant, as_of_ms, days) if latest(instant) < as_of_ms - (days * day_ms)

# METADATA
# description: The date lies at most so many days before the as-of date, and not after it.
within(instant, as_of_ms, days) if {
	past(instant, as_of_ms)
	judged_at(instant) >= as_of_ms - (days * day_ms)
}

# METADATA
# description: The first date lies more than so many ms after the second, whatever their precision.
later_than(instant, other, ms) if earliest(instant) > latest(other) + ms

# METADATA
# description: The first date lies at most so many ms after the second.
no_later_than(instant, other, ms) if latest(instant) <= earliest(other) + ms

no_later_than(instant, other, ms) if {
	precise(instant)
	precise(other)
	earliest(instant) <= latest(other) + ms
}

# METADATA
# description: Known to the day or better.
precise(instant) if {
	is_number(instant.tolerance_ms)
	instant.tolerance_ms < day_ms
}

judged_at(instant) := latest(instant) if precise(instant)

judged_at(instant) := earliest(instant) if not precise(instant)

# METADATA
# description: Whole days from the date to the as-of date, at least.
days_before(instant, as_of_ms) := floor((as_of_ms - latest(instant)) / day_ms)

# METADATA
# description: The date and its age in words, for messages.
describe(instant, as_of_ms) := sprintf("%s, %s before the as-of date", [
	date(earliest(instant)),
	days_text(instant, as_of_ms),
])

days_text(instant, as_of_ms) := days_word(days) if {
	days := days_before(instant, as_of_ms)
	latest(instant) + (days * day_ms) == as_of_ms
} else := concat(" ", ["more than", days_word(days_before(instant, as_of_ms))])

days_word(days) := "1 day" if {
	days == 1
} else := sprintf("%d days", [days])

# METADATA
# description: The dossier path of a date that is known and yet decides nothing, with the reason.
undecided(path, instant, as_of_ms) := concat("", [path, " (after the as-of date)"]) if {
	after(instant, as_of_ms)
} else := concat("", [path, " (time zone unknown)"]) if {
	instant.state == "known"
} else := path

# METADATA
# description: ISO date (UTC) of an epoch time in ms, without a clock or a time built-in.
date(ms) := sprintf("%04d-%02d-%02d", [year, month, day]) if {
	# Howard Hinnant, chrono-compatible low-level date algorithms, civil_from_days: years begin in March.
	days := floor(ms / day_ms) + 719468
	era := floor(days / 146097)
	day_of_era := days - (era * 146097)
	year_of_era := floor((((day_of_era - floor(day_of_era / 1460)) + floor(day_of_era / 36524)) - floor(day_of_era / 146096)) / 365)
	day_of_year := day_of_era - (((365 * year_of_era) + floor(year_of_era / 4)) - floor(year_of_era / 100))
	from_march := floor(((5 * day_of_year) + 2) / 153)
	day := (day_of_year - floor(((153 * from_march) + 2) / 5)) + 1
	month := ((from_march + 2) % 12) + 1
	year := (year_of_era + (era * 400)) + floor((13 - month) / 11)
}
