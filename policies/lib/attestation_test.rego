package lib.attestation_test

import future.keywords.not

import data.lib.attestation
import data.lib.fixture_test as fixture

document(fields) := fixture.document("some-rule", fields)

holding(documents) := fixture.dossier("organisation", {"attestations": fixture.list(documents)})

defects(fields) := found if {
	found := attestation.defects(document(fields), 365) with input as holding([])
}

test_document_that_counts if {
	defects({}) == set()
	defects({"approved_on": fixture.days_ago(365), "next_review": fixture.day_ago(0)}) == set()
}

test_document_that_does_not_count if {
	defects({"owner": null, "attestor": " "}) == {"no owner, attestor"}
	defects({"document_sha256": "0a0a"}) == {"no SHA-256 of the document"}
	defects({"approver": "head of CRYPTOGRAPHY "}) == {"approved by its owner"}
	defects({"approved_on": fixture.day_ago(366)}) == {"approved on 2025-09-29, 366 days before the as-of date"}
	defects({"approved_on": fixture.days_ago(-1)}) == {"no approval date by the as-of date"}
	defects({"next_review": fixture.day_ago(1)}) == {"its review was due on 2026-09-29"}
	defects({"next_review": null}) == {"no date of the next review"}
	defects({"effective_from": fixture.days_ago(-1)}) == {"in force only from 2026-10-01"}
}

test_sound_documents_of_the_rule if {
	dossier := holding([document({}), document({"owner": ""}), document({"rule": "another-rule"})])
	attestation.sound("some-rule", 365) == [document({})] with input as dossier
	attestation.refused("some-rule", 365) == set() with input as dossier
	attestation.unrecorded("some-rule", 365) == set() with input as dossier
	attestation.unrecorded("third-rule", 365) == {"attestations (none for this rule)"} with input as dossier
}

test_approver_who_may_be_the_owner_under_another_name if {
	in_doubt := {"attestations.records.approver (may be the owner under another name)"}
	own := document({"owner": "iris.vogel", "approver": "iris.vogel@bank.example"})
	alone := holding([own, document({"owner": ""})])
	attestation.sound("some-rule", 365) == [] with input as alone
	attestation.refused("some-rule", 365) == set() with input as alone
	attestation.unrecorded("some-rule", 365) == in_doubt with input as alone
	attestation.on_file("some-rule") == [] with input as alone
	attestation.unrecorded("some-rule", 365) == set() with input as holding([own, document({})])
	excuse := object.union(own, {"not_applicable_reason": "the bank has no sandbox"})
	attestation.excused("some-rule", 365) == set() with input as holding([excuse])
}

test_violation_where_none_counts if {
	found := attestation.refused("some-rule", 365) with input as holding([document({"owner": "", "document_title": null})])
	found == {{
		"message": `the document "untitled" does not count: no owner`,
		"facts": {"document": "untitled", "defects": ["no owner"]},
		"records": [fixture.source("doc 2")],
	}}
}

test_documents_of_another_rule_may_be_cut if {
	many := {"records": [document({"owner": ""})], "total": 400, "cut_rules": ["another-rule"]}
	dossier := fixture.dossier("organisation", {"attestations": many})
	count(attestation.refused("some-rule", 365)) == 1 with input as dossier
	attestation.unrecorded("some-rule", 365) == set() with input as dossier
	own := object.union(dossier, {"attestations": {"cut_rules": ["some-rule"]}})
	attestation.unrecorded("some-rule", 365) == {"attestations.records (the list is cut)"} with input as own
}

test_cut_list_decides_nothing if {
	dossier := fixture.dossier("organisation", {"attestations": fixture.cut([document({"owner": ""})])})
	attestation.refused("some-rule", 365) == set() with input as dossier
	attestation.unrecorded("some-rule", 365) == {"attestations.records (the list is cut)"} with input as dossier
}

test_no_documents_supplied if {
	attestation.unrecorded("some-rule", 365) == {"attestations"}
		with input as fixture.dossier("organisation", {"attestations": null})
}

test_reason_of_a_document_that_counts if {
	reason := {"not_applicable_reason": "the bank has no sandbox"}
	dossier := holding([document(reason)])
	expected := {"the bank has no sandbox (Key management policy, approved by CISO)"}
	attestation.excused("some-rule", 365) == expected with input as dossier
	attestation.documents("some-rule") == [] with input as dossier
	attestation.excused("some-rule", 365) == set() with input as holding([document(object.union(reason, {"owner": ""}))])
	attestation.excused("some-rule", 365) == set() with input as holding([document({"not_applicable_reason": ""})])
}

test_rejected_document_beside_one_that_counts if {
	found := attestation.rejected("some-rule", 365) with input as holding([document({}), document({"owner": ""})])
	found == {{
		"message": `the document "Key management policy" does not count: no owner`,
		"facts": {"document": "Key management policy", "defects": ["no owner"]},
		"records": [fixture.source("doc 2")],
	}}
}

test_words_named_by_documents_that_count if {
	first := document({"topics": [" Detect", "contain"]})
	second := document({"topics": ["review"], "owner": ""})
	dossier := holding([first, second])
	attestation.unnamed("some-rule", 365, "topics", ["detect", "review", "report"]) == ["review", "report"]
		with input as dossier
	attestation.unread("some-rule", 365, "topics") == set() with input as dossier
}

test_list_not_stated_concludes_nothing if {
	unread := attestation.unread("some-rule", 365, "topics")
		with input as holding([document({}), document({"topics": []})])
	unread == {"attestations.records.topics"}
	attestation.unread("some-rule", 365, "topics") == set() with input as holding([document({"owner": ""})])
	cut := fixture.dossier("organisation", {"attestations": fixture.cut([document({"topics": []})])})
	attestation.unread("some-rule", 365, "topics") == {"attestations.records (the list is cut)"} with input as cut
	attestation.unread("some-rule", 365, "topics") == {"attestations"}
		with input as fixture.dossier("organisation", {"attestations": null})
}

test_superseded_document_stays_on_file if {
	old := document({"approved_on": fixture.days_ago(900), "next_review": fixture.days_ago(500)})
	dossier := holding([
		old,
		document({"attestor": null}),
		document({"document_sha256": null}),
		document({"approver": "Head of Cryptography"}),
	])
	attestation.on_file("some-rule") == [old] with input as dossier
}
