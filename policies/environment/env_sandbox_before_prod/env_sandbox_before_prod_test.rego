package policies.environment.env_sandbox_before_prod_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.env_sandbox_before_prod.verdict

document(fields) := fixture.document(
	"env-sandbox-before-prod",
	object.union({"document_title": "Integration standard"}, fields),
)

key(fields) := fixture.key_dossier(object.union(
	{
		"key": {"integration": "card-acquirer", "created": fixture.days_ago(100)},
		"signoffs": fixture.list([signoff({})]),
		"attestations": fixture.list([document({})]),
	},
	fields,
))

signoff(fields) := object.union(
	{
		"change_id": "SBX-7",
		"status": "closed",
		"approved_at": fixture.days_ago(100),
		"document_ref": "TR-12",
		"source": fixture.source("row 4"),
	},
	fields,
)

signoffs(records) := key({"signoffs": fixture.list(records)})

one(fields) := signoffs([signoff(fields)])

refused(defects) := {
	"message": sprintf("the sign-off SBX-7 of the sandbox of card-acquirer does not count: %s", [concat("; ", defects)]),
	"facts": {"sign_off": "SBX-7", "integration": "card-acquirer", "defects": defects},
	"records": [fixture.source("row 4"), fixture.source("row 2")],
}

created(instant) := key({"key": {"integration": "card-acquirer", "created": instant}})

test_attested_at_the_moment_of_the_creation if verdict == fixture.nothing with input as key({})

test_attested_on_the_day_of_the_creation if {
	verdict == fixture.nothing with input as one({"approved_at": fixture.day_ago(100)})
	verdict == fixture.nothing with input as created(fixture.day_ago(100))
}

test_attested_each_approved_state if {
	every state in ["approved", "implemented", "closed"] {
		verdict == fixture.nothing with input as one({"status": state})
	}
}

test_attested_one_that_counts_is_enough if {
	others := [signoff({"status": "rejected"}), signoff({"approved_at": null}), signoff({})]
	verdict == fixture.nothing with input as signoffs(others)
	verdict == fixture.nothing with input as key({"signoffs": fixture.cut(others)})
}

test_attested_order_shows_in_spite_of_an_unknown_zone if {
	verdict == fixture.nothing with input as created(fixture.zone_unknown(50))
}

test_fail_after_the_creation if {
	exact := refused(["approved on 2026-06-22, after the key was created on 2026-06-22"])
	verdict == fixture.fails({exact}) with input as created(fixture.one_ms_older(fixture.days_ago(100)))
	day := refused(["approved on 2026-06-23, after the key was created on 2026-06-22"])
	verdict == fixture.fails({day}) with input as one({"approved_at": fixture.day_ago(99)})
	future := refused(["approved on 2026-10-01, after the key was created on 2026-06-22"])
	verdict == fixture.fails({future}) with input as one({"approved_at": fixture.days_ago(-1)})
}

test_fail_not_approved if {
	verdict == fixture.fails({refused(["it is rejected"])}) with input as one({"status": "rejected"})
	verdict == fixture.fails({refused(["it is open"])}) with input as one({"status": "open"})
	verdict == fixture.fails({refused(["never approved"])}) with input as one({"approved_at": fixture.never})
}

test_fail_without_a_document if {
	verdict == fixture.fails({refused(["no document"])}) with input as one({"document_ref": " "})
	verdict == fixture.fails({refused(["it is open", "no document"])})
		with input as one({"document_ref": "", "status": "open"})
}

test_fail_each_sign_off_where_none_counts if {
	verdict == fixture.fails({refused(["it is rejected"]), refused(["no document"])}) with input as signoffs([
		signoff({"status": "rejected"}),
		signoff({"document_ref": ""}),
	])
}

test_fail_document_that_does_not_count if {
	messages := {violation.message | some violation in verdict.violations}
		with input as key({"attestations": fixture.list([document({"attestor": ""})])})
	messages == {`the document "Integration standard" does not count: no attestor`}
}

test_no_evidence_no_sign_off if {
	verdict == fixture.lacks({"signoffs.records (none for this integration)"}) with input as signoffs([])
}

test_no_evidence_list_cut if {
	dossier := key({"signoffs": fixture.cut([signoff({"status": "rejected"})])})
	verdict == fixture.lacks({"signoffs.records (the list is cut)"}) with input as dossier
}

test_no_evidence_field_unknown if {
	every field in ["status", "document_ref", "approved_at"] {
		expected := fixture.lacks({concat("", ["signoffs.records.", field])})
		verdict == expected with input as one({field: null})
		verdict == expected with input as signoffs([object.remove(signoff({}), [field])])
		verdict == expected with input as signoffs([signoff({"status": "rejected"}), signoff({field: null})])
	}
}

test_no_evidence_order_undecided if {
	every instant in [null, fixture.not_tracked, fixture.never] {
		verdict == fixture.lacks({"key.created"}) with input as created(instant)
	}
	verdict == fixture.lacks({"key.created (after the as-of date)"}) with input as created(fixture.days_ago(-1))
	verdict == fixture.lacks({"key.created (time zone unknown)"}) with input as created(fixture.zone_unknown(100))
	vague := {"approved_at": fixture.zone_unknown(100)}
	verdict == fixture.lacks({"signoffs.records.approved_at (time zone unknown)"}) with input as one(vague)
}

test_no_evidence_no_document if {
	dossier := key({"attestations": fixture.list([])})
	verdict == fixture.lacks({"attestations (none for this rule)"}) with input as dossier
}

test_environment_unknown_is_no_violation if {
	dossier := object.union(one({"status": "rejected"}), {"key": {"environment": null}})
	verdict == fixture.nothing with input as dossier
}

test_not_applicable if {
	verdict == fixture.exempt({"the key is revoked"}) with input as object.union(key({}), {"key": {"status": "revoked"}})
	verdict == fixture.exempt({"the key belongs to test"})
		with input as object.union(key({}), {"key": {"environment": "test"}})
	verdict == fixture.exempt({"the key serves no integration"})
		with input as object.union(key({}), {"key": {"integration": ""}})
}

test_not_applicable_by_document if {
	excuse := document({"not_applicable_reason": "the integration has no sandbox"})
	dossier := key({"attestations": fixture.list([excuse])})
	verdict.not_applicable == {"the integration has no sandbox (Integration standard, approved by CISO)"}
		with input as dossier
}

test_elements if {
	fixture.failed(said) == {"sign-off"} with input as one({"status": "rejected"})
	fixture.lacking(said) == {"sign-off"} with input as signoffs([])
	refused := key({"attestations": fixture.list([document({"owner": ""})])})
	fixture.failed(said) == {"document"} with input as refused
}
