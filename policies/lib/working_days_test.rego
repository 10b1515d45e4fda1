package lib.working_days_test

import future.keywords.not

import data.lib.age
import data.lib.bank_holidays
import data.lib.working_days

# 2 April 2026 is the Thursday before Easter.
thursday := 1775124000000

calendar(country, wide) := {"country": country, "wide": wide, "more": []}

after(place, ms) := working_days.next_noon(place, working_days.around(ms), ms)

test_easter_ends_with_its_monday if {
	after(calendar("DE", false), thursday) == 1775556000000
	after(calendar("FR", false), thursday) == 1775210400000
	after(calendar("FR", true), thursday) == 1775556000000
}

test_noon_is_that_of_the_country_and_the_season if {
	after(calendar("IE", true), thursday) - after(calendar("NL", true), thursday) == age.hour_ms
	after(calendar("NL", false), 1767355200000) % age.day_ms == 11 * age.hour_ms
	after(calendar("NL", false), thursday) % age.day_ms == 10 * age.hour_ms
}

test_days_of_ones_own_are_closed if {
	own := {"country": "DE", "wide": false, "more": ["2026-04-02"]}
	working_days.closed_at(own, working_days.around(thursday), thursday)
	not working_days.closed_at(calendar("DE", false), working_days.around(thursday), thursday)
}

# TARGET is closed on these days, so banks may be in every state.
test_every_state_has_the_closing_days_of_target if {
	every country, years in bank_holidays.possible {
		days := concat(" ", [years["2026"], bank_holidays.certain[country]["2026"]])
		every closing in ["01-01", "04-03", "04-06", "05-01", "12-25"] { contains(days, closing) }
	}
}

test_years_with_a_calendar if {
	working_days.known_year(thursday)
	not working_days.known_year(1735689599999)
	not working_days.known_year(1924992000000)
}
