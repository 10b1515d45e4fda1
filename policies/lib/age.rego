# METADATA
# title: Day arithmetic on dates of limited precision
# description: >-
#   The true time of a date lies between its `ms` and `ms + tolerance_ms`. Older, later and future are claims that need
#   proof: they hold only if they hold for the whole span. An age of exactly the limit is within it. A date without a
#   time of day is judged in days, as a reader of the record would: it counts as its last moment. If the span is
#   longer than a day (time zone unknown) and the limit falls into it, the date is neither within nor over, and the
#   caller reports missing evidence.
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
latest(instant) := earliest(instant) if {
	instant.tolerance_ms == 0
} else := earliest(instant) + instant.tolerance_ms

# METADATA
# description: The date lies after the as-of date, whatever its precision.
after(instant, as_of_ms) if earliest(instant) > as_of_ms

# METADATA
# description: The date has come, as far as its precision tells.
past(instant, as_of_ms) if earliest(instant) <= as_of_ms

# METADATA
# description: The date lies more than so many days before the as-of date, whatever its precision.
over(instant, as_of_ms, days) if before(instant, cutoff(as_of_ms, days))

# METADATA
# description: The date lies at most so many days before the as-of date, and not after it.
within(instant, as_of_ms, days) if {
	past(instant, as_of_ms)
	since(instant, cutoff(as_of_ms, days))
}

# METADATA
# description: >-
#   The moment so many days before the as-of date, epoch ms. A rule that compares many dates with one limit makes it
#   once, and asks `before` and `since`: arithmetic costs more than anything else here.
cutoff(as_of_ms, days) := as_of_ms - (days * day_ms)

# METADATA
# description: The date lies before a moment, whatever its precision.
before(instant, cutoff_ms) if {
	earliest(instant) < cutoff_ms
	latest(instant) < cutoff_ms
}

# METADATA
# description: The date lies at a moment or later. A date known to the day counts as its last moment.
since(instant, cutoff_ms) if {
	earliest(instant) >= cutoff_ms
} else if {
	precise(instant)
	latest(instant) >= cutoff_ms
}

# METADATA
# description: The first date lies more than so many ms after the second, whatever their precision.
later_than(instant, other, ms) if {
	earliest(instant) > earliest(other)
	earliest(instant) > latest(other) + ms
}

# METADATA
# description: The first date lies at most so many ms after the second.
no_later_than(instant, other, ms) if {
	latest(instant) <= earliest(other) + ms
} else if {
	precise(instant)
	precise(other)
	earliest(instant) <= latest(other) + ms
}

# METADATA
# description: >-
#   All that is known of the date is until when at the latest it was, as of a private key whose certificate has a date:
#   its span is longer than an unknown time zone makes it.
open(instant) if {
	is_number(instant.ms)
	instant.tolerance_ms > zone_ms
}

zone_ms := 26 * hour_ms

# METADATA
# description: The last moment the date can mean, as a date, if only that is known; else the date.
at_the_latest(instant) := {"state": "known", "ms": latest(instant), "tolerance_ms": 0, "day": instant.day} if {
	open(instant)
} else := instant

# METADATA
# description: Known to the day or better.
precise(instant) if {
	is_number(instant.tolerance_ms)
	instant.tolerance_ms < day_ms
}

# METADATA
# description: Whole days from the date to the as-of date, at least.
days_before(instant, as_of_ms) := days_of(as_of_ms - latest(instant))

# METADATA
# description: The date and its age in words, for messages.
describe(instant, as_of_ms) := concat("", [
	day(instant),
	", ",
	days_text(instant, as_of_ms),
	" before the as-of date",
])

days_text(instant, as_of_ms) := days_word(days) if {
	days := days_before(instant, as_of_ms)
	latest(instant) + (days * day_ms) == as_of_ms
} else := concat(" ", ["more than", days_word(days_before(instant, as_of_ms))])

days_word(days) := "1 day" if {
	days == 1
} else := concat(" ", [format_int(days, 10), "days"])

# METADATA
# description: The dossier path of a date that is known and yet decides nothing, with the reason.
undecided(path, instant, as_of_ms) := concat("", [path, " (after the as-of date)"]) if {
	after(instant, as_of_ms)
} else := concat("", [path, " (", day(instant), " or earlier: a renewal may keep the private key)"]) if {
	open(instant)
} else := concat("", [path, " (time zone unknown)"]) if {
	instant.state == "known"
} else := path

# METADATA
# description: >-
#   ISO date of a date for messages: the day as its source writes it if it states no time zone, else the day in UTC.
day(instant) := instant.day if {
	is_string(instant.day)
} else := date(instant.ms)

# METADATA
# description: ISO date (UTC) of an epoch time in ms, without a clock or a time built-in.
date(ms) := concat("-", [year_text(year), two_digits(month), two_digits(day)]) if {
	# C. Neri and L. Schneider, Euclidean affine functions and their application to calendar algorithms: years begin in
	# March.
	# Remainders before divisions keep every number whole: a quotient of many digits is what costs most in a compiled
	# policy.
	quarter_days := (4 * days_of(ms)) + 2877875
	in_century := quarter_days % 146097
	quarter_days_left := (in_century - (in_century % 4)) + 3
	in_year := quarter_days_left % 1461
	fifth_days := (5 * ((in_year - (in_year % 4)) / 4)) + 2
	in_month := fifth_days % 153
	day := ((in_month - (in_month % 5)) / 5) + 1
	march_year := (100 * ((quarter_days - in_century) / 146097)) + ((quarter_days_left - in_year) / 1461)
	[year, month] := from_january(march_year, (fifth_days - in_month) / 153)
}

# METADATA
# description: Whole days since 1970, rounded down.
days_of(ms) := (ms - past_midnight) / day_ms if {
	past_midnight := ms % day_ms
	past_midnight >= 0
} else := ((ms - (ms % day_ms)) / day_ms) - 1

from_january(march_year, months) := [march_year, months + 3] if {
	months < 10
} else := [march_year + 1, months - 9]

year_text(year) := format_int(year, 10) if {
	year >= 1000
} else := sprintf("%04d", [year])

two_digits(number) := format_int(number, 10) if {
	number >= 10
} else := concat("", ["0", format_int(number, 10)])

# METADATA
# description: >-
#   If the date of a record, at a path of the dossier, stands against a limit of so many days before the as-of date:
#   `is` says "over", "within", "never" or "unknown". Only an unknown one has `missing`, and every unknown one has it,
#   so that what a rule calls a violation and what it calls missing leave no gap.
judge(path, record, days) := {"is": "over"} if {
	over(dated(path, record), stated_until(path), days)
} else := {"is": "within"} if {
	within(dated(path, record), input.as_of.ms, days)
} else := {"is": "unknown", "missing": not_stated_since(path)} if {
	over(dated(path, record), input.as_of.ms, days)
} else := judge_known(path, record)

# METADATA
# description: >-
#   Whether the date of a record, at a path of the dossier, has come by the as-of date: `is` says "ended", "running",
#   "never" or "unknown", and `missing` is as `judge` has it.
judge_end(path, record) := {"is": "ended"} if {
	before(dated(path, record), stated_until(path))
} else := {"is": "running"} if {
	since(dated(path, record), input.as_of.ms)
} else := {"is": "unknown", "missing": not_stated_since(path)} if {
	before(dated(path, record), input.as_of.ms)
} else := judge_known(path, record)

# METADATA
# description: >-
#   The last moment that the exports speak for in a field of the subject's own record, named by its path, epoch ms.
#   That is the day on which they were taken if it lies before the as-of date and no log covers the time since; else,
#   and for any other path, the as-of date. What time makes worse is proved up to this moment only.
stated_until(path) := until if {
	[member, field] := split(path, ".")
	member == input.subject.kind
	until := object.get(input.stated_until, field, null)
	is_number(until)
} else := input.as_of.ms

# METADATA
# description: The path of a field whose export is too old to decide, with the reason, for `missing`.
not_stated_since(path) := not_known_since(path, stated_until(path))

# METADATA
# description: The same, of an export that speaks for the time up to a moment, epoch ms.
not_known_since(path, until) := concat("", [
	path,
	" (by an export of ",
	date(until),
	"; nothing supplied covers the time since)",
])

# METADATA
# description: >-
#   The date at a path and its age in words, for messages: as `describe`, or if its export is older, before the day
#   of the export.
describe_stated(path, instant) := describe_until(instant, stated_until(path))

# METADATA
# description: >-
#   As `undecided`, for a date that must be at most so many days old: it may be too old by the as-of date, and was not
#   when its export was taken.
undecided_within(path, instant, days) := not_stated_since(path) if {
	over(instant, input.as_of.ms, days)
	not over(instant, stated_until(path), days)
} else := undecided(path, instant, input.as_of.ms)

# METADATA
# description: >-
#   The last moment that a record beside the subject's own speaks for, epoch ms: the day on which its file was taken, or
#   the as-of date.
until_of(record) := until if {
	until := object.get(record, "stated_until_ms", null)
	is_number(until)
} else := input.as_of.ms

# METADATA
# description: >-
#   A date of such a record is too old by the as-of date only: it was not when its file was taken, and what came since
#   no file says.
only_since(record, instant, days) if {
	until := object.get(record, "stated_until_ms", null)
	is_number(until)
	over(instant, input.as_of.ms, days)
	not over(instant, until, days)
}

# METADATA
# description: As `undecided`, for a date of such a record that must be at most so many days old.
undecided_by(path, record, instant, days) := not_known_since(path, until_of(record)) if {
	only_since(record, instant, days)
} else := undecided(path, instant, input.as_of.ms)

# METADATA
# description: As `describe`, of a date of such a record.
describe_by(record, instant) := describe_until(instant, until_of(record))

describe_until(instant, until) := describe(instant, until) if {
	until == input.as_of.ms
} else := concat("", [
	day(instant),
	", ",
	days_text(instant, until),
	" before the export of ",
	date(until),
])

judge_known(path, record) := {"is": "never"} if {
	dated(path, record).state == "never"
} else := {"is": "unknown", "missing": undecided(path, dated(path, record), input.as_of.ms)} if {
	is_object(record)
} else := {"is": "unknown", "missing": path}

dated(path, record) := object.get(record, names[count(names) - 1], null) if names := split(path, ".")
