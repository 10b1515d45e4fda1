package lib.overlap_test

import future.keywords.not

import data.lib.fixture_test as fixture
import data.lib.overlap

start_ms := fixture.days_ago(365).ms

# A grant given and taken away so many days before the as-of date.
grant(granted_at, removed_at) := {"granted_at": granted_at, "removed_at": removed_at}

held(days) := grant(fixture.days_ago(days), fixture.never)

together(one, two) if {
	overlap.together(one, two, start_ms) with input as fixture.dossier("key", {})
	overlap.together(two, one, start_ms) with input as fixture.dossier("key", {})
}

apart(one, two) if {
	overlap.apart(one, two) with input as fixture.dossier("key", {})
	overlap.apart(two, one) with input as fixture.dossier("key", {})
}

test_both_still_held_overlap if {
	together(held(100), held(50))
	together(held(100), grant(null, null))
	together(held(100), grant(null, fixture.days_ago(-1)))
}

test_one_ms_together_is_an_overlap if {
	together(
		held(50),
		grant(fixture.days_ago(100), {"state": "known", "ms": fixture.days_ago(50).ms + 1, "tolerance_ms": 0}),
	)
	not apart(
		held(50),
		grant(fixture.days_ago(100), {"state": "known", "ms": fixture.days_ago(50).ms + 1, "tolerance_ms": 0}),
	)
}

test_handover_is_no_overlap if {
	every removed_at in [fixture.days_ago(50), fixture.day_ago(50), fixture.days_ago(90)] {
		apart(held(50), grant(fixture.days_ago(100), removed_at))
		not together(held(50), grant(fixture.days_ago(100), removed_at))
	}
}

test_overlap_long_ago_does_not_matter if {
	not together(held(500), grant(fixture.days_ago(500), fixture.one_ms_older(fixture.days_ago(365))))
	together(held(500), grant(fixture.days_ago(500), fixture.days_ago(365)))
}

test_unknown_date_decides_nothing if {
	ended := grant(fixture.days_ago(100), fixture.days_ago(50))
	every other in [grant(null, fixture.never), grant(fixture.zone_unknown(50), fixture.never)] {
		not together(ended, other)
		not apart(ended, other)
	}
}

test_dates_that_decide_nothing if {
	overlap.undated(held(100)) == set()
	overlap.undated(grant(null, null)) == {"grants.records.granted_at"}
	overlap.undated(grant(fixture.zone_unknown(1), fixture.zone_unknown(1))) == {
		"grants.records.granted_at (time zone unknown)",
		"grants.records.removed_at (time zone unknown)",
	}
}

test_time_in_words if {
	words(held(100), held(50)) == "since 2026-08-11"
	words(held(100), grant(fixture.days_ago(100), fixture.days_ago(50))) == "from 2026-06-22 to 2026-08-11"
	words(grant(null, null), held(50)) == "at the as-of date"
	words(grant(null, fixture.days_ago(50)), held(90)) == "until 2026-08-11"
}

words(one, two) := text if {
	text := overlap.words(one, two) with input as fixture.dossier("key", {})
}
