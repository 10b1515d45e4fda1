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
	coverage.every_member == {"events", "leaks"} with input as dossier
}

test_nothing_is_doubted_where_a_dossier_says_nothing if {
	coverage.those({"events"}) == set() with input as {"events": null}
	coverage.every_member == set() with input as {"events": null}
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

test_a_gap_without_the_members_is_one_of_its_elements if {
	judged := {"outcome": "pass", "reasons": set()}
	without := {"outcome": "no-evidence", "missing": {{"path": "leaks", "elements": ["a"]}, "key.status"}}
	coverage.weighed(judged, without, {"leaks"}, set()) == {
		"outcome": "no-evidence",
		"missing": {{"path": "leaks (no scan)", "elements": ["a"]}, "key.status"},
		"reasons": set(),
	} with input as dossier
}

test_a_violation_stands_beside_a_gap_of_another_element if {
	judged := {"outcome": "fail", "violations": {{"element": "a"}}, "missing": set(), "reasons": {"new"}}
	without := {"outcome": "fail", "violations": {{"element": "a"}}, "missing": {"leaks.total"}, "reasons": set()}
	coverage.weighed(judged, without, {"leaks"}, set()) == {
		"outcome": "fail",
		"violations": {{"element": "a"}},
		"missing": {"leaks (no scan)"},
		"reasons": set(),
	} with input as dossier
}

test_a_violation_that_comes_with_the_absence_proves_nothing if {
	judged := {"outcome": "pass", "reasons": set()}
	without := {"outcome": "fail", "violations": {{"element": "b"}}, "missing": set(), "reasons": set()}
	coverage.weighed(judged, without, {"leaks"}, set()) == {
		"outcome": "no-evidence",
		"missing": {{"path": "leaks (no scan)", "elements": ["b"]}},
		"reasons": set(),
	} with input as dossier
}

test_what_holds_without_the_members_holds if {
	judged := {"outcome": "not-applicable", "reasons": {"the key is revoked", "nothing was logged"}}
	without := {"outcome": "not-applicable", "reasons": {"the key is revoked"}}
	coverage.weighed(judged, without, {"leaks"}, set()) == without with input as dossier
}

test_a_reason_for_some_elements_stays_where_one_for_all_falls if {
	judged := {"outcome": "not-applicable", "reasons": {"nothing was logged"}}
	without := {"outcome": "no-evidence", "missing": {{"path": "leaks", "elements": ["a"]}}, "reasons": set()}
	excuse := {"reason": "the key is active", "elements": ["b"]}
	coverage.weighed(judged, without, {"leaks"}, {excuse}) == {
		"outcome": "no-evidence",
		"missing": {{"path": "leaks (no scan)", "elements": ["a"]}},
		"reasons": {excuse},
	} with input as dossier
}

test_whole if {
	coverage.whole with input as {"not_covered": {}}
	not coverage.whole with input as {"not_covered": {"events": ["no file covers it"]}}
}
