package policies.vendor.vendor_contract_terms_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.vendor_contract_terms.verdict

document(fields) := fixture.document("vendor-contract-terms", fields)

every_one := ["security", "sla", "breach-notice", "audit", "termination", "key-return"]

dossier(fields, documents) := fixture.dossier("vendor", {
	"vendor": object.union(
		{
			"status": "active",
			"contract_clauses": every_one,
			"breach_notice_hours": 72,
			"contract_signed_at": fixture.days_ago(0),
			"contract_expires": fixture.day_ago(0),
			"source": fixture.source("row 8"),
		},
		fields,
	),
	"keys": fixture.list([]),
	"routes": fixture.list([]),
	"attestations": fixture.list(documents),
})

vendor(fields) := dossier(fields, [document({})])

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("row 8")]}

test_attested_exactly_at_the_limits if verdict == fixture.nothing with input as vendor({})

test_attested_contract_without_an_end if {
	fields := {"contract_expires": fixture.never, "contract_clauses": array.concat(["SLA ", "other"], every_one)}
	verdict == fixture.nothing with input as vendor(fields)
}

test_fail_clauses_lacking if {
	clauses := ["security", "Breach-Notice", "audit", "termination"]
	expected := {
		violation(
			"the record of the contract lacks clauses: sla, key-return",
			{"lacking": ["sla", "key-return"], "clauses": clauses},
		),
		violation(
			"of clauses on security, sla, termination, the record of the contract lacks sla",
			{"lacking": ["sla"], "clauses": clauses},
		),
		violation(
			"of clauses on security, sla, termination, audit, the record of the contract lacks sla",
			{"lacking": ["sla"], "clauses": clauses},
		),
	}
	verdict == fixture.fails(expected) with input as vendor({"contract_clauses": clauses})
}

test_fail_of_laws_only_for_what_they_ask if {
	no_law := without({"key-return", "breach-notice"})
	fixture.failed(said) == {"clauses"} with input as vendor({"contract_clauses": no_law})
	fixture.failed(said) == {"clauses", "audit"} with input as vendor({"contract_clauses": without({"audit"})})
	lacking_sla := {"clauses", "minimum", "audit"}
	fixture.failed(said) == lacking_sla with input as vendor({"contract_clauses": without({"sla"})})
}

without(left_out) := [clause | some clause in every_one; not clause in left_out]

test_fail_notice_one_hour_late if {
	expected := {violation(
		"the contract allows 73 hours for the notice of a breach; the limit is 72 hours",
		{"breach_notice_hours": 73, "limit_hours": 72},
	)}
	verdict == fixture.fails(expected) with input as vendor({"breach_notice_hours": 73})
}

test_fail_never_signed if {
	expected := {violation("the contract was never signed", {"signed": "never"})}
	verdict == fixture.fails(expected) with input as vendor({"contract_signed_at": fixture.never})
}

test_fail_contract_ended if {
	one_ms := {violation(
		"the contract ended on 2026-09-30, more than 0 days before the as-of date",
		{"ended": "2026-09-30"},
	)}
	verdict == fixture.fails(one_ms) with input as vendor({"contract_expires": fixture.one_ms_older(fixture.days_ago(0))})
	yesterday := {violation("the contract ended on 2026-09-29, 1 day before the as-of date", {"ended": "2026-09-29"})}
	verdict == fixture.fails(yesterday) with input as vendor({"contract_expires": fixture.day_ago(1)})
}

test_fail_document_does_not_count if {
	outcome := verdict with input as dossier({}, [document({"document_sha256": null})])
	{one.message | some one in outcome.violations} == {
		`the document "Key management policy" does not count: no SHA-256 of the document`,
	}
}

test_no_evidence_dates_decide_nothing if {
	verdict == fixture.lacks({"vendor.contract_signed_at"}) with input as vendor({"contract_signed_at": null})
	verdict == fixture.lacks({"vendor.contract_signed_at (after the as-of date)"})
		with input as vendor({"contract_signed_at": fixture.days_ago(-1)})
	verdict == fixture.lacks({"vendor.contract_expires"}) with input as vendor({"contract_expires": null})
	verdict == fixture.lacks({"vendor.contract_expires (time zone unknown)"})
		with input as vendor({"contract_expires": fixture.zone_unknown(0)})
}

test_unknown_terms_are_no_violation if {
	verdict == fixture.nothing with input as vendor({"contract_clauses": null, "breach_notice_hours": null})
}

test_no_evidence_no_document if {
	verdict == fixture.lacks({"attestations (none for this rule)"}) with input as dossier({}, [])
}

test_not_applicable if {
	outcome := verdict with input as vendor({"status": "onboarding"})
	outcome.not_applicable == {"the vendor is being taken on and has no key and no route yet"}
	excused := verdict with input as dossier({}, [document({"not_applicable_reason": "a public body"})])
	excused.not_applicable == {"a public body (Key management policy, approved by CISO)"}
}

test_elements if {
	fixture.failed(said) == {"clauses", "minimum", "audit"} with input as vendor({"contract_clauses": []})
	fixture.failed(said) == {"breach-notice"} with input as vendor({"breach_notice_hours": 73})
	fixture.failed(said) == {"in-force"} with input as vendor({"contract_signed_at": fixture.never})
	fixture.failed(said) == {"in-force"} with input as vendor({"contract_expires": fixture.days_ago(2)})
	fixture.lacking(said) == {"in-force"} with input as vendor({"contract_signed_at": null})
	fixture.failed(said) == {"document"} with input as dossier({}, [document({"owner": ""})])
}
