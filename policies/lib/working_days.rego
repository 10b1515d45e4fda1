# METADATA
# title: Working days, and limits that end on none
# description: >-
#   A calendar is a country and whether the days on which its banks are usually closed count as holidays beside those of
#   the whole country (`wide`); `more` are days that the entity names. Weekdays and hours are those of the country.
package lib.working_days

import future.keywords.not

import data.lib.age
import data.lib.bank_holidays

# METADATA
# description: The states of the European Economic Area.
member_states := object.keys(bank_holidays.certain) - {"US"}

# METADATA
# description: Whether the holidays of the year of a moment are known.
known_year(ms) if {
	ms >= bank_holidays.known_from
	ms < bank_holidays.known_until
}

# METADATA
# description: >-
#   The days around a moment, by number since 1970, with year and month and day as the tables of holidays have them; the
#   other functions take them, because dates cost more than anything else here.
around(ms) := weekdays({day | some distance in numbers.range(-1, 14); day := age.days_of(ms) + distance})

# METADATA
# description: The day of a moment by the clocks of each calendar, as `around` has it, for `closed_at` alone.
on(calendars, ms) := weekdays({local_day(calendar, ms) | some calendar in calendars})

weekdays(days) := {day: parts |
	some day in days
	not ((day + 4) % 7) in {0, 6}
	date := age.date(day * age.day_ms)
	parts := {"date": date, "year": substring(date, 0, 4), "day": substring(date, 5, 5)}
}

# METADATA
# description: Whether a moment lies on a Saturday, a Sunday or a holiday of the calendar.
closed_at(calendar, days, ms) if closed(calendar, days, local_day(calendar, ms))

# METADATA
# description: Noon of the first working day after a moment, epoch ms.
next_noon(calendar, days, ms) := hour_of_nth(calendar, days, ms, 1, 12)

# METADATA
# description: An hour of the n-th working day after the day of a moment, epoch ms.
hour_of_nth(calendar, days, ms, number, hour) := at_hour(calendar, open[number - 1], hour) if {
	today := local_day(calendar, ms)
	open := sort([day | some day, _ in days; day > today; not closed(calendar, days, day)])
}

# METADATA
# description: The working days from the day of a moment on, by number since 1970.
open_from(calendar, days, ms) := sort([day | some day, _ in days; day >= today; not closed(calendar, days, day)]) if {
	today := local_day(calendar, ms)
}

# METADATA
# description: What the clocks of the calendar show at a moment, as epoch ms of the same time in UTC.
local(calendar, ms) := ms + ahead(calendar, ms)

closed(_, days, day) if not days[day]

closed(calendar, days, day) if {
	some table in tables(calendar)
	contains(table[calendar.country][days[day].year], days[day].day)
}

closed(calendar, days, day) if days[day].date in calendar.more

tables(calendar) := [bank_holidays.certain, bank_holidays.possible] if {
	calendar.wide
} else := [bank_holidays.certain]

local_day(calendar, ms) := age.days_of(local(calendar, ms))

# METADATA
# description: An hour of a day by the clocks of the calendar, epoch ms.
at_hour(calendar, day, hour) := local - ahead(calendar, local - ahead(calendar, local)) if {
	local := (day * age.day_ms) + (hour * age.hour_ms)
}

# Ms that the clocks of the country are ahead of UTC.
ahead(calendar, ms) := (bank_holidays.winter_hours[zone(calendar)] + 1) * age.hour_ms if {
	some [from, to] in object.get(bank_holidays.summer, split(zone(calendar), "/")[0], [])
	from <= ms
	ms < to
} else := bank_holidays.winter_hours[zone(calendar)] * age.hour_ms

zone(calendar) := "America/New_York" if {
	calendar.country == "US"
} else := object.get(bank_holidays.zones, calendar.country, "Europe/Brussels")
