package policies.governance.gov_policy_current_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.gov_policy_current.verdict

key_topics := ["key-management", "rotation", "revocation", "token-lifetime"]

access_topics := ["access-control", "auth-flows", "scopes"]

integration_topics := [
	"endpoint-criteria",
	"scope-reasons",
	"private-connections",
	"test-data-likeness",
	"countries-of-use",
	"availability-measured",
]

document(fields) := fixture.document("gov-policy-current", object.union(
	{"topics": array.concat(rest(["Access Control", "auth-flows", "Scopes"]), key_topics)},
	fields,
))

rest(topics) := array.concat(topics, integration_topics)

organisation(documents) := fixture.dossier("organisation", {"attestations": fixture.list(documents)})

uncovered(topics, records) := {
	"message": sprintf("no current approved document covers %s", [concat(", ", topics)]),
	"severity": severity(topics),
	"facts": {"uncovered": topics, "documents": count(records)},
	"records": [fixture.source(record) | some record in records],
}

severity(topics) := "low" if topics[0] in integration_topics

severity(topics) := "high" if not topics[0] in integration_topics

defective(defect, fields) if {
	expected := {uncovered(words, ["doc 2"]) | some words in [key_topics, access_topics, integration_topics]} | {
		{
			"message": sprintf(`the document "Key management policy" does not count: %s`, [defect]),
			"facts": {"document": "Key management policy", "defects": [defect]},
			"records": [fixture.source("doc 2")],
		},
	}
	none := {"missing": {"attestations (no document of this rule counts)"}}
	verdict == object.union(fixture.fails(expected), none) with input as organisation([document(fields)])
}

test_attested_one_document_for_all_topics if verdict == fixture.nothing with input as organisation([document({})])

test_attested_exactly_at_the_limits if {
	dossier := organisation([document({"approved_on": fixture.days_ago(365), "next_review": fixture.day_ago(0)})])
	verdict == fixture.nothing with input as dossier
}

test_attested_topics_of_several_documents if {
	first := document({"topics": rest(access_topics)})
	second := document({"topics": key_topics})
	verdict == fixture.nothing with input as organisation([first, second])
}

test_attested_superseded_document_does_no_harm if {
	old := document({"approved_on": fixture.days_ago(900), "next_review": fixture.days_ago(500)})
	verdict == fixture.nothing with input as organisation([document({}), old])
}

test_fail_each_defect if {
	defective(
		"approved on 2025-09-30, more than 365 days before the as-of date",
		{"approved_on": fixture.one_ms_older(fixture.days_ago(365))},
	)
	defective("no approval date by the as-of date", {"approved_on": null})
	defective("no approval date by the as-of date", {"approved_on": fixture.days_ago(-1)})
	defective("its review was due on 2026-09-29", {"next_review": fixture.day_ago(1)})
	defective("no date of the next review", {"next_review": null})
	defective("no SHA-256 of the document", {"document_sha256": null})
	defective("no SHA-256 of the document", {"document_sha256": "0A"})
	defective("approved by its owner", {"approver": " head of cryptography"})
	defective("no attestor", {"attestor": null})
	defective("no owner, approver", {"owner": "", "approver": null})
	defective("in force only from 2026-10-02", {"effective_from": fixture.days_ago(-2)})
}

test_fail_topic_not_covered if {
	without_rotation := ["key-management", "token-lifetime", "revocation"]
	dossier := organisation([document({"topics": array.concat(rest(access_topics), without_rotation)})])
	verdict == fixture.fails({uncovered(["rotation"], ["doc 2"])}) with input as dossier
	fixture.failed(said) == {"keys"} with input as dossier
	fixture.failed(said) == {"access"} with input as organisation([document({"topics": rest(key_topics)})])
}

test_fail_each_topic_of_integrations if {
	every topic in integration_topics {
		others := [other | some other in integration_topics; other != topic]
		record := document({"topics": array.flatten([key_topics, access_topics, others])})
		verdict == fixture.fails({uncovered([topic], ["doc 2"])}) with input as organisation([record])
		fixture.failed(said) == {"integrations"} with input as organisation([record])
	}
}

test_fail_untitled_document if {
	messages := {violation.message | some violation in verdict.violations}
		with input as organisation([document({"document_title": null, "attestor": ""})])
	`the document "untitled" does not count: no attestor` in messages
}

test_fail_defective_document_beside_one_that_covers_too_little if {
	first := document({"topics": array.concat(rest(access_topics), ["key-management", "token-lifetime", "rotation"])})
	second := document({"topics": ["revocation"], "owner": ""})
	expected := {
		uncovered(["revocation"], ["doc 2", "doc 2"]),
		{
			"message": `the document "Key management policy" does not count: no owner`,
			"facts": {"document": "Key management policy", "defects": ["no owner"]},
			"records": [fixture.source("doc 2")],
		},
	}
	verdict == fixture.fails(expected) with input as organisation([first, second])
}

test_no_evidence_topics_unknown if {
	first := document({"topics": ["scopes"]})
	second := document({"topics": null})
	verdict == fixture.lacks({"attestations.records.topics"}) with input as organisation([first, second])
}

test_no_evidence_none_for_this_rule if {
	expected := fixture.lacks({"attestations (none for this rule)"})
	verdict == expected with input as organisation([document({"rule": "ir-tabletop"})])
}

test_no_evidence_list_cut if {
	dossier := fixture.dossier("organisation", {"attestations": fixture.cut([document({"topics": []})])})
	verdict == fixture.lacks({"attestations.records (the list is cut)"}) with input as dossier
}

test_no_evidence_list_cut_and_none_counts if {
	dossier := fixture.dossier("organisation", {"attestations": fixture.cut([document({"owner": ""})])})
	verdict == fixture.lacks({"attestations.records (the list is cut)"}) with input as dossier
}

test_not_applicable_by_document if {
	excuse := document({"topics": null, "not_applicable_reason": "keys are run by the parent company"})
	expected := {"keys are run by the parent company (Key management policy, approved by CISO)"}
	found := verdict with input as organisation([excuse])
	found.not_applicable == expected
}
