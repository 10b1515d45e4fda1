package policies.vendor.vendor_regulatory_scope_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.vendor_regulatory_scope.verdict

document(fields) := fixture.document("vendor-regulatory-scope", fields)

dossier(fields, documents) := fixture.dossier("vendor", {
	"vendor": object.union(
		{
			"status": "active",
			"jurisdiction": "Austria",
			"transfer_mechanism": "none needed",
			"consent_basis": "contract",
			"aml_relevant": false,
			"source": fixture.source("row 8"),
		},
		fields,
	),
	"attestations": fixture.list(documents),
})

vendor(fields) := dossier(fields, [document({})])

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("row 8")]}

test_attested_all_answered if verdict == fixture.nothing with input as vendor({})

test_fail_empty_answers if {
	expected := {
		violation("the record states no jurisdiction", {"field": "jurisdiction", "stated": ""}),
		violation("the record states no transfer mechanism", {"field": "transfer_mechanism", "stated": " "}),
	}
	verdict == fixture.fails(expected) with input as vendor({"jurisdiction": "", "transfer_mechanism": " "})
}

test_fail_still_to_be_decided if {
	message := `the record states no consent basis, only "TBD "`
	expected := {violation(message, {"field": "consent_basis", "stated": "TBD "})}
	verdict == fixture.fails(expected) with input as vendor({"consent_basis": "TBD "})
}

test_fail_document_does_not_count if {
	outcome := verdict with input as dossier({}, [document({"attestor": ""})])
	{one.message | some one in outcome.violations} == {`the document "Key management policy" does not count: no attestor`}
}

test_unknown_answers_are_no_violation if verdict == fixture.nothing with input as vendor({"jurisdiction": null})

test_no_evidence_no_document if {
	verdict == fixture.lacks({"attestations (none for this rule)"}) with input as dossier({}, [])
}

test_not_applicable if {
	outcome := verdict with input as vendor({"status": "terminated", "terminated_at": fixture.days_ago(1)})
	outcome.not_applicable == {"the relationship has ended"}
	excused := verdict with input as dossier({}, [document({"not_applicable_reason": "no data flows"})])
	excused.not_applicable == {"no data flows (Key management policy, approved by CISO)"}
}

test_elements if {
	fixture.failed(said) == {"jurisdiction"} with input as vendor({"jurisdiction": ""})
	fixture.failed(said) == {"transfer"} with input as vendor({"transfer_mechanism": ""})
	fixture.failed(said) == {"consent"} with input as vendor({"consent_basis": "TBD"})
	fixture.failed(said) == {"document"} with input as dossier({}, [document({"attestor": ""})])
}
