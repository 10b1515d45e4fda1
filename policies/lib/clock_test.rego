package lib.clock_test

import future.keywords.not

import data.lib.clock
import data.lib.fixture_test as fixture

hour := 3600000

later(instant, ms) := object.union(instant, {"ms": instant.ms + ms})

test_in_time_exactly_at_the_limit if {
	start := fixture.days_ago(10)
	clock.in_time(later(start, hour), start, hour)
	not clock.in_time(later(start, hour + 1), start, hour)
}

test_day_is_in_time_where_its_last_moment_is if {
	clock.in_time(fixture.day_ago(10), fixture.days_ago(10), 0)
	not clock.in_time(fixture.day_ago(9), fixture.days_ago(10), 23 * hour)
	clock.in_time(fixture.day_ago(9), fixture.days_ago(10), 24 * hour)
}

test_unknown_zone_is_in_time_where_its_last_moment_is if {
	not clock.in_time(fixture.zone_unknown(9), fixture.days_ago(10), 24 * hour)
	clock.in_time(fixture.zone_unknown(9), fixture.days_ago(10), 37 * hour)
}

test_not_before if {
	clock.not_before(fixture.days_ago(9), fixture.days_ago(9))
	not clock.not_before(fixture.one_ms_older(fixture.days_ago(9)), fixture.days_ago(9))
	not clock.not_before(fixture.day_ago(9), fixture.day_ago(9))
}

test_dates_that_are_not_known_hold_nothing if {
	every instant in [fixture.never, fixture.not_tracked, null] {
		not clock.in_time(instant, fixture.days_ago(1), hour)
		not clock.in_time(fixture.days_ago(1), instant, hour)
		not clock.not_before(instant, fixture.days_ago(1))
	}
}

test_moment_in_words if {
	clock.moment({"ms": 1790812799999, "tolerance_ms": 0}) == "2026-09-30 23:59:59 UTC"
	clock.moment({"ms": -1, "tolerance_ms": 0}) == "1969-12-31 23:59:59 UTC"
	clock.moment({"ms": 1788228303000, "tolerance_ms": 0}) == "2026-09-01 02:05:03 UTC"
	clock.moment(fixture.day_ago(0)) == "2026-09-30"
}

test_day_end if {
	clock.day_end(0) == 86399999
	clock.day_end(86399999) == 86399999
	clock.day_end(86400000) == 172799999
}

# 2026-01-15 12:00, 2026-01-31, 2024-01-31 (leap year), 2100-01-31 (none), 2000-01-31, 2026-03-31, 2026-12-31,
# 2026-08-31.
test_month_later_is_the_same_day_or_the_last if {
	clock.month_later(1768478400000) == 1771199999999
	clock.month_later(1769817600000) == 1772323199999
	clock.month_later(1706659200000) == 1709251199999
	clock.month_later(4105036800000) == 4107542399999
	clock.month_later(949276800000) == 951868799999
	clock.month_later(1774915200000) == 1777593599999
	clock.month_later(1798675200000) == 1801439999999
	clock.month_later(1788134400000) == 1790812799999
}
