package lib.alike_test

import data.lib.alike

source := {"file": "keys.csv", "record": "line 2"}

unknown := {"key": {"risk_tier": null, "status": "active"}, "owner": null}

tiers := ["high", "low"]

one := {"elements": ["old"], "severity": "high", "clean": "pass"}

two := {"elements": ["age", "life"], "severity": "medium", "clean": "attested"}

lacks(paths) := {"outcome": "no-evidence", "missing": paths}

fails(found) := {"outcome": "fail", "violations": found, "missing": set()}

clean := {"outcome": "pass"}

excused(reasons) := {"outcome": "not-applicable", "reasons": reasons}

violation(message, more) := object.union(
	{"message": message, "facts": {"risk_tier": "low", "days": 9}, "records": [source]},
	more,
)

by(high, low) := {
	{"supposed": {"key.risk_tier": "high"}, "answer": high},
	{"supposed": {"key.risk_tier": "low"}, "answer": low},
}

test_choices if {
	alike.choices(["key", "risk_tier"], tiers) == [
		{"key": {"risk_tier": "high"}, "supposed": {"key.risk_tier": "high"}},
		{"key": {"risk_tier": "low"}, "supposed": {"key.risk_tier": "low"}},
	] with input as unknown
	alike.choices(["key", "status"], ["active"]) == [{}] with input as unknown
	alike.choices(["owner", "found"], [true, false]) == [{}] with input as unknown
}

test_asks_only_for_what_is_missing_and_not_known if {
	paths := [["key", "risk_tier"]]
	alike.asks(lacks({"key.risk_tier", "events"}), paths) with input as unknown
	alike.asks(lacks({{"path": "key.risk_tier (no limit)", "elements": ["age"]}}), paths) with input as unknown
	not alike.asks(lacks({"events"}), paths) with input as unknown
	not alike.asks(clean, paths) with input as unknown
	not alike.asks(lacks({"key.risk_tier"}), paths) with input as {"key": {"risk_tier": "low"}}
}

test_by_the_other_values_it_does_not_apply if {
	answer := alike.beyond(["key", "risk_tier"]) with input as unknown
	answer == {"supposed": {"key.risk_tier": null}, "answer": excused({"beyond"})}
	not alike.beyond(["key", "status"]) with input as unknown
}

test_fails_by_every_value_most_mildly if {
	mild := violation("9 days", {"severity": "low"})
	answer := alike.settled(lacks({"key.risk_tier"}), by(fails({violation("9", {})}), fails({mild})), one)
	answer.outcome == "fail"
	answer.missing == set()
	answer.violations == {{
		"message": "9 days; the risk tier is not stated",
		"severity": "low",
		"facts": {"risk_tier": "not stated", "days": 9},
		"records": [source],
	}}
}

test_no_evidence_where_values_differ if {
	every answers in [by(clean, fails({violation("9", {})})), by(clean, excused({"it is low"})), by(clean, lacks({"x"}))] {
		answer := alike.settled(lacks({"key.risk_tier"}), answers, one)
		answer.outcome == "no-evidence"
		answer.missing == {"key.risk_tier"}
	}
}

test_passes_by_every_value if {
	alike.settled(lacks({"key.risk_tier"}), by(clean, clean), one).outcome == "pass"
}

test_does_not_apply_by_any_value if {
	shared := alike.settled(lacks({"key.risk_tier"}), by(excused({"a", "b"}), excused({"b"})), one)
	shared == {"outcome": "not-applicable", "reasons": {"b"}}
	apart := alike.settled(lacks({"key.risk_tier"}), by(excused({"a"}), excused({"b"})), one)
	apart.reasons == {"it does not apply by any value of what is not known: the risk tier is not stated"}
}

test_a_violation_stands_where_it_is_one_by_every_value if {
	found := fails({violation("9", {})})
	stated := object.union(found, {"missing": {"key.risk_tier"}})
	alike.settled(stated, by(found, found), one).violations == found.violations
	doubted := alike.settled(stated, by(found, excused({"it is low"})), one)
	doubted.outcome == "no-evidence"
	doubted.missing == {"key.risk_tier"}
}

test_elements_are_decided_apart if {
	old := violation("9", {"element": "age"})
	stated := {"outcome": "no-evidence", "missing": {"key.risk_tier"}, "reasons": set()}
	high := {"outcome": "fail", "violations": {old}, "missing": set(), "reasons": set()}
	low := object.union(high, {"missing": {{"path": "key.expires", "elements": ["life"]}}})
	answer := alike.settled(stated, by(high, low), two)
	{found.element | some found in answer.violations} == {"age"}
	answer.missing == {{"path": "key.risk_tier", "elements": ["life"]}}
}

test_an_element_may_not_apply if {
	stated := lacks({{"path": "key.risk_tier", "elements": ["life"]}})
	no_life := {"outcome": "attested", "reasons": {{"reason": "it never ends", "elements": ["life"]}}}
	answer := alike.settled(stated, by(no_life, no_life), two)
	answer == {"outcome": "attested", "reasons": {{"reason": "it never ends", "elements": ["life"]}}}
}

test_an_element_without_the_values_is_doubted if {
	stated := object.union(lacks({{"path": "key.risk_tier", "elements": ["life"]}}), {"reasons": set()})
	old := {"outcome": "fail", "violations": {violation("9", {"element": "age"})}, "missing": set(), "reasons": set()}
	answer := alike.settled(stated, by(old, {"outcome": "attested"}), two)
	answer.missing == {{"path": "key.risk_tier", "elements": ["age"]}}
}
