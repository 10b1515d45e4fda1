package lib.coverage_test

import data.lib.coverage

dossier := {
	"events": {"total": 0},
	"grants": {"total": 2},
	"not_covered": {"events": ["no log", "one was cut"], "leaks": ["no scan"]},
}

test_of_the_members_named_those_not_covered if {
	coverage.those({"events", "grants"}) == {"events"} with input as dossier
}

test_all_members_not_covered if {
	coverage.all == {"events", "leaks"} with input as dossier
}

test_nothing_is_doubted_where_a_dossier_says_nothing if {
	coverage.those({"events"}) == set() with input as {"events": null}
	coverage.all == set() with input as {"events": null}
}

test_the_dossier_without_members if {
	coverage.without({"events"}) == object.union(dossier, {"events": null}) with input as dossier
}

test_reasons if {
	coverage.reasons({"events"}) == {"events (no log)", "events (one was cut)"} with input as dossier
}

test_reasons_stand_for_the_member_that_is_missing if {
	missing := {"events", "key.status"}
	coverage.explained(missing, {"events", "leaks"}) == {
		"events (no log)",
		"events (one was cut)",
		"key.status",
	} with input as dossier
}

test_reasons_stand_for_what_some_elements_miss if {
	missing := {{"path": "events.total", "elements": ["a"]}}
	coverage.explained(missing, {"events"}) == {
		"events (no log)",
		"events (one was cut)",
		{"path": "events.total", "elements": ["a"]},
	} with input as dossier
}

test_a_result_that_is_doubted if {
	result := {"outcome": "fail", "missing": {"key.status"}}
	coverage.doubting(result, {"leaks"}) == {
		"outcome": "fail",
		"missing": {"key.status", "leaks (no scan)"},
	} with input as dossier
}
