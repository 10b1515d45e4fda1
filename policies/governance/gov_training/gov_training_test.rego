package policies.governance.gov_training_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.gov_training.verdict

document(fields) := fixture.document("gov-training", fields)

person(id, instant) := {"principal_id": id, "name": null, "trained_at": instant, "source": fixture.source(id)}

dossier(training, documents) := fixture.dossier("organisation", {
	"training": training,
	"attestations": fixture.list(documents),
})

trained(people, by_age, longest_ago) := dossier(
	{
		"people": people,
		"by_age": [{"days": days, "people": number} | some days, number in by_age],
		"longest_ago": longest_ago,
		"unknown_holders": 0,
		"unlisted_groups": 0,
	},
	[document({})],
)

violation(people, untrained, listed) := {
	"message": sprintf(
		concat(" ", [
			"at least %d of %d people known to hold a right on a key were last trained more than 365 days before the",
			"as-of date, or never; 95 percent must be trained",
		]),
		[untrained, people],
	),
	"facts": {
		"people": people,
		"untrained": untrained,
		"untrained_listed": listed,
		"limit_days": 365,
		"limit_percent": 95,
	},
	"records": [fixture.source(id) | some id in listed],
}

test_attested_exactly_at_the_limits if {
	dossier_of_100 := trained(100, {365: 95}, fixture.list([person("p1", fixture.never)]))
	verdict == fixture.nothing with input as dossier_of_100
	verdict == fixture.nothing with input as trained(20, {0: 10, 365: 9, 366: 1}, fixture.list([]))
}

test_fail_one_person_more if {
	people := fixture.list([
		person("p1", fixture.never),
		person("p2", fixture.day_ago(366)),
		person("p3", fixture.day_ago(300)),
	])
	expected := {violation(20, 2, ["p1", "p2"])}
	verdict == fixture.fails(expected) with input as trained(20, {300: 18, 366: 1}, people)
}

test_fail_though_the_list_is_cut if {
	expected := {violation(20, 3, [])}
	verdict == fixture.fails(expected) with input as trained(20, {300: 17, 400: 3}, fixture.cut([person("p1", null)]))
}

test_fail_document_does_not_count if {
	outcome := verdict
		with input as dossier(
			all_trained,
			[document({"owner": ""})],
		)
	{one.message | some one in outcome.violations} == {`the document "Key management policy" does not count: no owner`}
}

test_no_evidence_date_unknown if {
	people := fixture.list([person("p1", null), person("p2", null)])
	verdict == fixture.lacks({"training.longest_ago.records.trained_at"}) with input as trained(20, {300: 18}, people)
}

test_no_evidence_trained_after_the_as_of_date if {
	verdict == fixture.lacks({"training.longest_ago.records.trained_at"})
		with input as trained(10, {-3: 10}, fixture.list([]))
}

test_no_evidence_list_cut if {
	people := fixture.cut([person("p1", fixture.never)])
	verdict == fixture.lacks({"training.longest_ago.records (the list is cut)"})
		with input as trained(100, {300: 90}, people)
}

test_no_evidence_nobody_or_no_plan if {
	verdict == fixture.lacks({"training.people (nobody holds a right on a key)"})
		with input as trained(0, {}, fixture.list([]))
	verdict == fixture.lacks({"attestations (none for this rule)"}) with input as dossier(all_trained, [])
}

test_not_applicable_by_document if {
	outcome := verdict with input as dossier(null, [document({"not_applicable_reason": "the group trains its people"})])
	outcome.not_applicable == {"the group trains its people (Key management policy, approved by CISO)"}
}

test_elements if {
	fixture.failed(said) == {"trained"} with input as trained(20, {300: 10, 366: 10}, fixture.list([]))
	fixture.lacking(said) == {"trained"} with input as trained(20, {300: 10}, fixture.list([]))
	fixture.lacking(said) == {"plan"}
		with input as dossier(all_trained, [])
}

all_trained := {
	"people": 1,
	"by_age": [{"days": 3, "people": 1}],
	"longest_ago": fixture.list([]),
	"unknown_holders": 0,
	"unlisted_groups": 0,
}

with_holders(dossier, holders) := object.union(dossier, {"training": holders})

test_no_evidence_who_else_holds_a_right if {
	trained_all := trained(20, {30: 20}, fixture.list([]))
	groups := {"training.unlisted_groups (a group whose members no directory lists)"}
	verdict == fixture.lacks(groups) with input as with_holders(trained_all, {"unlisted_groups": 1})
	holders := {"training.unknown_holders (not stated whether they are people)"}
	verdict == fixture.lacks(holders) with input as with_holders(trained_all, {"unknown_holders": 2})
	verdict == fixture.nothing with input as with_holders(trained_all, {"unknown_holders": 1, "unlisted_groups": 0})
}

test_fail_whoever_else_holds_a_right if {
	people := fixture.list([person("p1", fixture.never), person("p2", fixture.never)])
	too_few := trained(20, {300: 18}, people)
	verdict == fixture.fails({violation(20, 2, ["p1", "p2"])}) with input as with_holders(too_few, {"unknown_holders": 19})
	holders := {"training.unknown_holders (not stated whether they are people)"}
	verdict == fixture.lacks(holders) with input as with_holders(too_few, {"unknown_holders": 20})
	groups := {"training.unlisted_groups (a group whose members no directory lists)"}
	verdict == fixture.lacks(groups) with input as with_holders(too_few, {"unlisted_groups": 1})
}

exported(days) := {"stated_until_ms": fixture.days_ago(days).ms}

test_no_evidence_trained_too_long_ago_since_the_export_only if {
	people := fixture.list([object.union(person("p1", fixture.day_ago(400)), exported(60))])
	path := "training.longest_ago.records.trained_at (by an export of 2026-08-01; nothing supplied covers the time since)"
	since := object.union(trained(1, {}, people), {"training": {"by_age": [{
		"days": 400,
		"stated_days": 340,
		"people": 1,
	}]}})
	verdict == fixture.lacks({path}) with input as since
	never := fixture.list([object.union(person("p1", fixture.never), exported(60))])
	verdict == fixture.lacks({path}) with input as trained(1, {}, never)
}

test_fail_trained_too_long_ago_when_the_export_was_taken if {
	people := fixture.list([object.union(person("p1", fixture.day_ago(430)), exported(60))])
	before := object.union(trained(1, {}, people), {"training": {"by_age": [{
		"days": 430,
		"stated_days": 370,
		"people": 1,
	}]}})
	verdict == fixture.fails({violation(1, 1, ["p1"])}) with input as before
}
