package policies.governance.gov_reg_watch_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.gov_reg_watch.verdict)

document(fields) := fixture.document("gov-reg-watch", object.union(
	{
		"document_title": "Change log",
		"held_on": fixture.days_ago(92),
		"findings": ["No change of PCI DSS since v4.0.1"],
		"actions": [],
	},
	fields,
))

reviewed(fields) := fixture.dossier("organisation", {"attestations": fixture.list([document(fields)])})

falls_short(faults) := fixture.fails({{
	"message": sprintf(`the document "Change log" falls short: %s`, [concat("; ", faults)]),
	"facts": {"document": "Change log", "faults": faults},
	"records": [fixture.source("doc 2")],
}})

test_attested_exactly_at_the_limit if {
	verdict == fixture.nothing with input as reviewed({})
	verdict == fixture.nothing
		with input as reviewed({"findings": null, "actions": ["Read the new guideline, Compliance, 2026-10-15"]})
}

test_fail_one_ms_too_early if {
	expected := falls_short(["took place on 2026-06-30, more than 92 days before the as-of date (limit 92 days)"])
	verdict == expected with input as reviewed({"held_on": fixture.one_ms_older(fixture.days_ago(92))})
}

test_fail_never_reviewed_or_no_entry if {
	verdict == falls_short(["never took place", "no entry"])
		with input as reviewed({"held_on": fixture.never, "findings": [" "]})
	verdict == falls_short(["no entry"]) with input as reviewed({"findings": []})
}

test_fail_document_does_not_count if {
	outcome := verdict with input as reviewed({"owner": ""})
	{one.message | some one in outcome.violations} == {`the document "Change log" does not count: no owner`}
}

test_no_evidence_not_stated if {
	verdict == fixture.lacks({"attestations.records.held_on"}) with input as reviewed({"held_on": null})
	verdict == fixture.lacks({"attestations.records.findings"}) with input as reviewed({"findings": null})
	verdict == fixture.lacks({"attestations (none for this rule)"}) with input as reviewed({"rule": "ir-tabletop"})
}

test_not_applicable_by_document if {
	outcome := verdict with input as reviewed({"not_applicable_reason": "the group watches for its banks"})
	outcome.not_applicable == {"the group watches for its banks (Change log, approved by CISO)"}
}
