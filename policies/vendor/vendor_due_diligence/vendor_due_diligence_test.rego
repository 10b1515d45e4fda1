package policies.vendor.vendor_due_diligence_test

import data.lib.fixture_test as fixture
import data.policies.vendor.vendor_due_diligence as rule

verdict := fixture.whole(said)

said := data.keyproof.policy.vendor_due_diligence.verdict

document(fields) := fixture.document("vendor-due-diligence", object.union({"held_on": fixture.days_ago(150)}, fields))

first_created := fixture.days_ago(300)

dossier(fields) := fixture.dossier("vendor", object.union(
	{
		"vendor": record({}),
		"keys": fixture.list([{"key_id": "k1", "created": first_created, "source": fixture.source("row 2")}]),
		"routes": fixture.list([]),
		"first_key_created": first_created,
		"attestations": fixture.list([document({})]),
	},
	fields,
))

record(fields) := object.union(
	{
		"status": "active",
		"assessed_at": fixture.days_ago(300),
		"questionnaire_at": fixture.days_ago(310),
		"pentest_at": fixture.days_ago(365),
		"incident_readiness_at": fixture.days_ago(310),
		"data_handling_reviewed_at": fixture.days_ago(310),
		"certification_expires": fixture.day_ago(0),
		"aoc_expires": fixture.does_not_apply,
		"carries_pan": false,
		"pci_scope": "connected",
		"source": fixture.source("row 8"),
	},
	fields,
)

vendor(fields) := dossier({"vendor": record(fields)})

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("row 8")]}

test_attested_exactly_at_the_limits if {
	verdict == fixture.nothing with input as dossier({})
	verdict == fixture.nothing with input as vendor({"carries_pan": true, "aoc_expires": fixture.days_ago(0)})
}

test_attested_no_key_yet if {
	verdict == fixture.nothing with input as dossier({"keys": fixture.list([]), "first_key_created": null})
}

test_attested_assessed_again_later if {
	superseded := document({
		"held_on": fixture.days_ago(300),
		"approved_on": fixture.days_ago(700),
		"next_review": fixture.days_ago(300),
	})
	again := dossier({
		"vendor": record({"assessed_at": fixture.days_ago(100)}),
		"attestations": fixture.list([document({}), superseded]),
	})
	verdict == fixture.nothing with input as again
}

test_fail_assessed_one_ms_after_the_first_key if {
	earlier := fixture.one_ms_older(first_created)
	expected := {{
		"message": concat(" ", [
			"assessed on 2025-12-04, after its first key was created on 2025-12-04, and no earlier assessment is",
			"on record",
		]),
		"facts": {"assessed": "2025-12-04", "first_key_created": "2025-12-04"},
		"records": [fixture.source("row 8"), fixture.source("doc 2")],
	}}
	verdict == fixture.fails(expected) with input as dossier({"first_key_created": earlier})
}

test_fail_names_the_key if {
	found := verdict.violations with input as vendor({"assessed_at": fixture.days_ago(10)})
	[one.records | some one in found] == [[fixture.source("row 8"), fixture.source("row 2"), fixture.source("doc 2")]]
}

test_fail_never if {
	expected := {violation(sentence, {"field": field, "at": "never"}) | some field, sentence in rule.never}
	fields := {field: fixture.never | some field, _ in rule.never}
	verdict == fixture.fails(expected) with input as vendor(fields)
}

test_fail_penetration_test_one_ms_too_old if {
	expected := {violation(
		"last penetration test on 2025-09-30, more than 365 days before the as-of date; the limit is 365 days",
		{"pentest": "2025-09-30", "days": 365, "limit_days": 365},
	)}
	verdict == fixture.fails(expected) with input as vendor({"pentest_at": fixture.one_ms_older(fixture.days_ago(365))})
}

test_fail_certification_ended if {
	expected := {violation(
		"the security certification ended on 2026-09-29, 1 day before the as-of date",
		{"field": "certification_expires", "ended": "2026-09-29"},
	)}
	verdict == fixture.fails(expected) with input as vendor({"certification_expires": fixture.day_ago(1)})
}

test_fail_no_attestation_of_compliance if {
	ended := {violation(
		"the attestation of compliance for card data ended on 2026-09-20, 10 days before the as-of date",
		{"field": "aoc_expires", "ended": "2026-09-20"},
	)}
	verdict == fixture.fails(ended) with input as vendor({"carries_pan": true, "aoc_expires": fixture.days_ago(10)})
	none := {violation(
		"the record states no end of the attestation of compliance for card data, so that it counts as none",
		{"field": "aoc_expires", "ended": "never"},
	)}
	verdict == fixture.fails(none) with input as vendor({"pci_scope": "cde", "aoc_expires": fixture.never})
}

test_fail_document_does_not_count if {
	outcome := verdict with input as dossier({"attestations": fixture.list([document({"next_review": null})])})
	{one.message | some one in outcome.violations} == {
		`the document "Key management policy" does not count: no date of the next review`,
	}
}

test_no_evidence_dates_decide_nothing if {
	verdict == fixture.lacks({"vendor.questionnaire_at"}) with input as vendor({"questionnaire_at": null})
	verdict == fixture.lacks({"vendor.incident_readiness_at (after the as-of date)"})
		with input as vendor({"incident_readiness_at": fixture.days_ago(-1)})
	verdict == fixture.lacks({"vendor.pentest_at"}) with input as vendor({"pentest_at": null})
	verdict == fixture.lacks({"vendor.pentest_at (time zone unknown)"})
		with input as vendor({"pentest_at": fixture.zone_unknown(365)})
	verdict == fixture.lacks({"vendor.certification_expires"}) with input as vendor({"certification_expires": null})
	verdict == fixture.lacks({"vendor.certification_expires (time zone unknown)"})
		with input as vendor({"certification_expires": fixture.zone_unknown(0)})
	verdict == fixture.lacks({"vendor.assessed_at"}) with input as vendor({"assessed_at": null})
}

test_no_evidence_order_undecided if {
	verdict == fixture.lacks({"first_key_created"}) with input as dossier({"first_key_created": null})
	verdict == fixture.lacks({"vendor.assessed_at (time zone unknown)"})
		with input as vendor({"assessed_at": fixture.zone_unknown(300)})
	undated := fixture.list([document({"held_on": null})])
	later := {"vendor": record({"assessed_at": fixture.days_ago(10)}), "attestations": undated}
	verdict == fixture.lacks({"attestations.records.held_on"}) with input as dossier(later)
	cut := {"vendor": record({"assessed_at": fixture.days_ago(10)}), "attestations": fixture.cut([document({})])}
	verdict == fixture.lacks({"attestations.records (the list is cut)"}) with input as dossier(cut)
}

test_no_evidence_card_data_undecided if {
	verdict == fixture.lacks({"vendor.carries_pan"}) with input as vendor({"carries_pan": null})
	verdict == fixture.lacks({"vendor.pci_scope"}) with input as vendor({"pci_scope": null})
	verdict == fixture.nothing with input as vendor({"pci_scope": null, "aoc_expires": fixture.days_ago(-9)})
	verdict == fixture.lacks({"vendor.aoc_expires"}) with input as vendor({"pci_scope": "cde", "aoc_expires": null})
}

test_no_evidence_no_document if {
	verdict == fixture.lacks({"attestations (none for this rule)"})
		with input as dossier({"attestations": fixture.list([])})
}

test_not_applicable if {
	outcome := verdict with input as vendor({"status": "terminated", "terminated_at": fixture.days_ago(9)})
	outcome.not_applicable == {"the relationship has ended"}
	excuse := document({"not_applicable_reason": "a public body"})
	excused := verdict with input as dossier({"attestations": fixture.list([excuse])})
	excused.not_applicable == {"a public body (Key management policy, approved by CISO)"}
}

test_elements if {
	fixture.failed(said) == {"questionnaire"} with input as vendor({"questionnaire_at": fixture.never})
	fixture.failed(said) == {"incident-readiness"} with input as vendor({"incident_readiness_at": fixture.never})
	fixture.failed(said) == {"data-handling"} with input as vendor({"data_handling_reviewed_at": fixture.never})
	fixture.lacking(said) == {"data-handling"} with input as vendor({"data_handling_reviewed_at": fixture.days_ago(-1)})
	fixture.failed(said) == {"penetration-test"} with input as vendor({"pentest_at": fixture.days_ago(366)})
	fixture.failed(said) == {"assessment"} with input as vendor({"assessed_at": fixture.never})
	fixture.failed(said) == {"certification"} with input as vendor({"certification_expires": fixture.days_ago(2)})
	fixture.failed(said) == {"card-attestation"}
		with input as vendor({"carries_pan": true, "aoc_expires": fixture.never})
	fixture.lacking(said) == {"card-attestation"} with input as vendor({"carries_pan": null})
	fixture.lacking(said) == {"penetration-test"} with input as vendor({"pentest_at": null})
}

test_attestation_of_compliance_concerns_card_data_only if {
	outcome := said with input as dossier({})
	{reason.elements | some reason in outcome.not_applicable} == {["card-attestation"]}
}
