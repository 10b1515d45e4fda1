package policies.rotation.rotation_automated_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.rotation_automated.verdict

by_hand := {
	"key_id": "k-7",
	"step": "rotated",
	"at": fixture.day_ago(10),
	"actor": "owen",
	"actor_type": "human",
	"ticket": null,
	"source": fixture.source("line 5"),
}

organisation(fields) := fixture.dossier("organisation", {"attestations": null, "rotation_actors": object.union(
	{
		"total": 40,
		"automated": 38,
		"manual": 2,
		"unknown": 0,
		"by_hand": {"records": [by_hand], "total": 2},
		"without_ticket": fixture.list([]),
	},
	fields,
)})

without_ticket(fields) := organisation({"without_ticket": fixture.list([object.union(by_hand, fields)])})

test_pass_exactly_the_minimum if verdict == fixture.nothing with input as organisation({})

test_fail_one_more_by_hand if {
	expected := {{
		"message": concat("", [
			"of 40 completed rotations of production keys, 3 were by hand, 37 by a pipeline or service, ",
			"and of 0 it is not stated; at least 95 % are to be automated; the first of them is cited, 2 more are not",
		]),
		"facts": {"rotations": 40, "manual": 3, "automated": 37, "unknown": 0, "min_percent": 95},
		"records": [fixture.source("line 5")],
	}}
	verdict == fixture.fails(expected) with input as organisation({"automated": 37, "manual": 3})
}

test_fail_too_many_by_hand_whoever_did_the_rest if {
	outcome := verdict with input as organisation({"automated": 0, "manual": 3, "unknown": 37})
	count(outcome.violations) == 1
	outcome.missing == set()
}

test_fail_by_hand_without_a_ticket if {
	expected := {{
		"message": "owen rotated k-7 by hand on 2026-09-20, and the log names no ticket",
		"facts": {"key": "k-7", "actor": "owen", "step": "rotated"},
		"records": [fixture.source("line 5")],
	}}
	verdict == fixture.fails(expected) with input as without_ticket({})
	verdict == fixture.fails(expected) with input as without_ticket({"ticket": ""})
}

test_fail_by_somebody_at_an_unknown_time if {
	messages := {violation.message | some violation in verdict.violations}
		with input as without_ticket({"actor": null, "at": null})
	messages == {"somebody rotated k-7 by hand, and the log names no ticket"}
}

test_fail_more_without_a_ticket_than_listed if {
	expected := {{
		"message": "12 rotations of production keys by hand name no ticket; 0 of them are listed",
		"facts": {"without_ticket": 12},
		"records": [],
	}}
	verdict == fixture.fails(expected) with input as organisation({"without_ticket": {"records": [], "total": 12}})
}

test_no_evidence_not_stated_who if {
	expected := fixture.lacks({"rotation_actors.unknown (not stated who rotated)"})
	verdict == expected with input as organisation({"automated": 37, "manual": 2, "unknown": 1})
}

test_no_evidence_no_rotation if {
	expected := fixture.lacks({"rotation_actors.total (no rotation of a production key on record)"})
	verdict == expected with input as organisation({"total": 0, "automated": 0, "manual": 0})
}

test_not_applicable_stated_by_a_document if {
	excuse := fixture.document("rotation-automated", {"not_applicable_reason": "the bank holds no production keys"})
	dossier := fixture.dossier("organisation", {"rotation_actors": null, "attestations": fixture.list([excuse])})
	outcome := verdict with input as dossier
	outcome.not_applicable == {"the bank holds no production keys (Key management policy, approved by CISO)"}
	outcome.violations == set()
}

test_elements if {
	fixture.failed(said) == {"share"} with input as organisation({"automated": 37, "manual": 3})
	fixture.failed(said) == {"tickets"} with input as without_ticket({})
	fixture.lacking(said) == {"share"} with input as organisation({"automated": 37, "manual": 2, "unknown": 1})
}
