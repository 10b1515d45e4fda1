package lib.period_test

import future.keywords.not

import data.lib.age
import data.lib.fixture_test as fixture
import data.lib.period

# July to September 2026.
quarter := fixture.in_period("key", {})

start_ms := quarter.period.start_ms

midday(days) := {"state": "known", "ms": (start_ms + (days * age.day_ms)) + (12 * age.hour_ms), "tolerance_ms": 0}

test_overdue_between_two_moments_and_at_the_end if {
	stretches := period.overdue([midday(80), midday(-20), midday(30)], 30, 9007199254740991) with input as quarter
	stretches == [[midday(10).ms + 1, midday(30).ms], [midday(60).ms + 1, midday(80).ms]]
}

test_overdue_to_the_end_of_the_period if {
	stretches := period.overdue([midday(50)], 30, 9007199254740991) with input as quarter
	stretches == [[midday(80).ms + 1, quarter.as_of.ms + 1]]
}

test_overdue_exactly_the_limit_is_nothing if {
	period.overdue([midday(-20), midday(10), midday(40), midday(70)], 30, 9007199254740991) == [] with input as quarter
}

test_overdue_uses_the_last_moment_a_date_can_mean_and_the_first_of_the_next if {
	day := {"state": "known", "ms": start_ms, "tolerance_ms": age.day_ms - 1}
	next := {"state": "known", "ms": start_ms + (40 * age.day_ms), "tolerance_ms": age.day_ms - 1}
	stretches := period.overdue([day, next], 30, 9007199254740991) with input as quarter
	stretches[0] == [start_ms + (31 * age.day_ms), next.ms]
}

test_cut_to_the_period if {
	stretches := period.cut([[0, start_ms], [0, start_ms + 1], [start_ms + 5, 9999999999999]]) with input as quarter
	stretches == [[start_ms, start_ms + 1], [start_ms + 5, quarter.as_of.ms + 1]]
}

test_as_of_date_ends_the_period if {
	early := object.union(quarter, {"as_of": {"ms": midday(10).ms}})
	period.end == midday(10).ms + 1 with input as early
}

test_days_are_counted_once if {
	period.days([[midday(1).ms, midday(3).ms], [midday(3).ms, midday(4).ms]]) == 4
	period.days([[start_ms, start_ms + age.day_ms]]) == 1
	period.days([]) == 0
}

test_intervals_name_first_and_last_day if {
	period.intervals([[start_ms, start_ms + age.day_ms], [midday(1).ms, midday(3).ms]]) == [
		"2026-07-01 to 2026-07-01",
		"2026-07-02 to 2026-07-04",
	]
}

test_nothing_without_a_period if {
	period.overdue([midday(1), midday(40)], 30, 9007199254740991) == [] with input as fixture.key_dossier({})
	not period.begin with input as fixture.key_dossier({})
}
