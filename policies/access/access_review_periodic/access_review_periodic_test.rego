package policies.access.access_review_periodic_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.access_review_periodic.verdict

document(fields) := fixture.document("access-review-periodic", object.union(
	{"document_title": "Access review", "approved_on": fixture.days_ago(2)},
	fields,
))

key(grants) := fixture.key_dossier({"grants": grants, "attestations": fixture.list([document({})])})

acknowledged_by(documents) := object.union(one({}), {"attestations": fixture.list(documents)})

held(fields) := object.union(
	{
		"principal_id": "ines",
		"principal": {"aliases": []},
		"action": "use",
		"removed_at": fixture.never,
		"granted_at": fixture.days_ago(500),
		"reviewed_at": fixture.days_ago(5),
		"reviewer": "tomas",
		"reviewer_kind": "human",
		"decision": "keep",
		"source": fixture.source("row 7"),
	},
	fields,
)

one(fields) := key(fixture.list([held(fields)]))

violation(message, extra) := {
	"message": message,
	"facts": object.union({"principal": "ines", "action": "use", "reviewer": "tomas"}, extra),
	"records": [fixture.source("row 7")],
}

test_attested_exactly_the_limit if verdict == fixture.nothing with input as one({"reviewed_at": fixture.days_ago(92)})

test_attested_new_and_not_reviewed_yet if {
	verdict == fixture.nothing
		with input as one({"reviewed_at": fixture.never, "decision": null, "granted_at": fixture.days_ago(92)})
}

test_no_evidence_time_for_the_removal_not_up if {
	verdict == fixture.lacks({"grants.records.removed_at (the time allowed is not over)"})
		with input as one({"decision": "revoke", "reviewed_at": fixture.days_ago(30)})
}

test_attested_removal_in_time if {
	verdict == fixture.nothing with input as one({
		"decision": "revoke",
		"reviewed_at": fixture.days_ago(40),
		"removed_at": fixture.days_ago(10),
	})
}

test_attested_grants_no_longer_in_force_need_no_review if {
	verdict == fixture.nothing
		with input as one({"reviewed_at": fixture.days_ago(400), "removed_at": fixture.days_ago(200)})
	verdict == fixture.nothing with input as one({"reviewed_at": null, "decision": null, "effect": "deny"})
}

test_attested_acknowledged_with_the_review if {
	verdict == fixture.nothing with input as acknowledged_by([document({"approved_on": fixture.days_ago(5)})])
	verdict == fixture.nothing with input as acknowledged_by([document({"approved_on": fixture.day_ago(5)})])
	old := object.union(
		one({"reviewed_at": fixture.days_ago(92)}),
		{"attestations": fixture.list([document({"approved_on": fixture.days_ago(92)})])},
	)
	verdict == fixture.nothing with input as old
}

test_attested_one_acknowledgement_of_several if {
	verdict == fixture.nothing
		with input as acknowledged_by([document({"approved_on": fixture.days_ago(80)}), document({})])
}

test_fail_acknowledgement_that_does_not_count if {
	stale := `the document "Access review" does not count: approved on 2026-06-30, more than 92 days before the as-of date`
	dossier := acknowledged_by([document({"approved_on": fixture.one_ms_older(fixture.days_ago(92))})])
	{violation.message | some violation in verdict.violations} == {stale} with input as dossier
	own := `the document "Access review" does not count: approved by its owner`
	{violation.message | some violation in verdict.violations} == {own}
		with input as acknowledged_by([document({"owner": "CISO"})])
}

test_fail_one_ms_over_the_limit if {
	expected := {violation(
		concat(" ", [
			`the right "use" of ines was last reviewed on 2026-06-30, more than 92 days before the as-of date;`,
			`the limit is 92 days`,
		]),
		{"reviewed": "2026-06-30"},
	)}
	verdict == fixture.fails(expected) with input as one({"reviewed_at": fixture.one_ms_older(fixture.days_ago(92))})
}

test_fail_reviewed_by_no_other_person if {
	every by in [
		["the holder", {"reviewer": " INES "}],
		["the holder", {"reviewer": "ines@bank.example", "principal": {"aliases": ["ines@bank.example"]}}],
		["the holder", {"reviewer": "Ines Okafor", "principal": {"name": "Ines Okafor"}, "reviewer_kind": null}],
		["nobody", {"reviewer": " ", "reviewer_kind": null}],
		["AAD Access Reviews, which is no person", {"reviewer": "AAD Access Reviews", "reviewer_kind": null}],
		["review-bot, which is no person", {"reviewer": "review-bot", "reviewer_kind": "service"}],
	] {
		expected := {object.union(
			violation(
				sprintf(`the right "use" of ines was reviewed by %s on 2026-09-25, which is no review by another person`, [by[0]]),
				{"reviewed": "2026-09-25"},
			),
			{"facts": {"principal": "ines", "action": "use", "reviewer": by[1].reviewer, "reviewed": "2026-09-25"}},
		)}
		verdict == fixture.fails(expected) with input as one(by[1])
	}
}

test_missing_reviewer_not_known_to_be_another_person if {
	every path, fields in {
		"grants.records.reviewer": {"reviewer": null},
		"grants.records.reviewer_kind": {"reviewer_kind": null},
		"grants.records.reviewer (may be the holder under another name)": {"reviewer": "ines@bank.example"},
	} {
		verdict == fixture.lacks({path}) with input as one(fields)
	}
	program := {"reviewer": "ines@bank.example", "principal": {"kind": "service"}}
	verdict == fixture.nothing with input as one(program)
}

test_attested_reviewed_by_somebody_with_an_address_of_their_own if {
	holder := {"principal": {"aliases": ["ines@bank.example"]}, "reviewer": "ines.b@bank.example"}
	verdict == fixture.nothing with input as one(holder)
}

test_fail_never_reviewed if {
	unreviewed := {"reviewed_at": fixture.never, "decision": null, "granted_at": fixture.days_ago(100)}
	expected := {violation(`the right "use" of ines has never been reviewed`, {"reviewed": "never"})}
	verdict == fixture.fails(expected) with input as one(unreviewed)
}

test_fail_left_blank if {
	expected := {violation("the review left the grant of ines without a decision", {"decision": "none", "action": null})}
	verdict == fixture.fails(expected) with input as one({"decision": "none", "action": null})
}

test_fail_removal_not_carried_out if {
	expected := {violation(
		concat(" ", [
			`the review of 2026-08-30, 31 days before the as-of date asked to remove the right "use" of ines,`,
			`which is still in force; the limit is 30 days`,
		]),
		{"decision": "revoke", "reviewed": "2026-08-30", "removed": null},
	)}
	verdict == fixture.fails(expected) with input as one({"decision": "revoke", "reviewed_at": fixture.day_ago(31)})
}

test_fail_removal_carried_out_late if {
	expected := {violation(
		concat(" ", [
			`the review of 2026-07-22 asked to remove the right "use" of ines, which was removed on 2026-08-31;`,
			`the limit is 30 days`,
		]),
		{"decision": "revoke", "reviewed": "2026-07-22", "removed": "2026-08-31"},
	)}
	verdict == fixture.fails(expected) with input as one({
		"decision": "revoke",
		"reviewed_at": fixture.day_ago(70),
		"removed_at": fixture.day_ago(30),
	})
}

test_no_evidence_not_acknowledged if {
	verdict == fixture.lacks({"attestations (none for this rule)"}) with input as acknowledged_by([])
}

test_no_evidence_acknowledged_before_the_review if {
	expected := fixture.lacks({"attestations.records.approved_on (not after the last review)"})
	verdict == expected
		with input as acknowledged_by([document({"approved_on": fixture.one_ms_older(fixture.days_ago(5))})])
	verdict == expected with input as acknowledged_by([document({"approved_on": fixture.day_ago(6)})])
}

test_no_evidence_no_grant_on_the_key if {
	verdict == fixture.lacks({"grants.records (no grant on this key)"}) with input as key(fixture.list([]))
}

test_no_evidence_list_cut if {
	verdict == fixture.lacks({"grants.records (the list is cut)"}) with input as key(fixture.cut([held({})]))
}

test_no_evidence_review_decides_nothing if {
	every reviewed_at in [null, fixture.not_tracked, fixture.days_ago(-1), fixture.zone_unknown(92)] {
		verdict == fixture.lacks({"grants.records.reviewed_at"}) with input as one({"reviewed_at": reviewed_at})
	}
	never := {"reviewed_at": fixture.never, "granted_at": null, "decision": null}
	verdict == fixture.lacks({"grants.records.reviewed_at"}) with input as one(never)
}

test_no_evidence_decision_unknown if {
	verdict == fixture.lacks({"grants.records.decision"}) with input as one({"decision": null})
}

test_not_applicable_revoked if {
	verdict == fixture.exempt({"the key is revoked"}) with input as object.union(one({}), {"key": {"status": "revoked"}})
}

test_not_applicable_by_document if {
	excuse := document({"not_applicable_reason": "the key is rotated on every use"})
	expected := {"the key is rotated on every use (Access review, approved by CISO)"}
	verdict.not_applicable == expected with input as acknowledged_by([excuse])
}

quarter(fields) := object.union(one(fields), {"period": fixture.in_period("key", {}).period})

test_attested_reviewed_throughout_the_period if {
	verdict == fixture.nothing with input as quarter({"previous_review_at": fixture.days_ago(97)})
	verdict == fixture.nothing with input as quarter({"previous_review_at": null, "granted_at": fixture.days_ago(97)})
	verdict == fixture.nothing
		with input as quarter({"previous_review_at": fixture.never, "granted_at": fixture.days_ago(97)})
	young := {"reviewed_at": fixture.never, "decision": null, "granted_at": fixture.days_ago(40)}
	verdict == fixture.nothing with input as quarter(young)
}

test_fail_days_out_of_tolerance_in_the_period if {
	expected := {violation(
		concat(" ", [
			`the right "use" of ines went without a review for more than 92 days on 8 days of the period:`,
			`2026-09-18 to 2026-09-25`,
		]),
		{"days_out_of_tolerance": 8, "intervals": ["2026-09-18 to 2026-09-25"]},
	)}
	verdict == fixture.fails(expected)
		with input as quarter({"previous_review_at": fixture.day_ago(105), "reviewed_at": fixture.day_ago(4)})
	first := {"previous_review_at": fixture.never, "granted_at": fixture.day_ago(105), "reviewed_at": fixture.day_ago(4)}
	verdict == fixture.fails(expected) with input as quarter(first)
}

test_no_evidence_no_review_known_from_before_the_period if {
	expected := fixture.lacks({"grants.records.previous_review_at (no review known from before the period)"})
	verdict == expected with input as quarter({})
	verdict == expected with input as quarter({"previous_review_at": fixture.days_ago(60)})
	verdict == fixture.nothing with input as one({})
}

test_violations_name_their_element if {
	fixture.failed(said) == {"review"} with input as one({"reviewed_at": fixture.days_ago(93)})
	fixture.failed(said) == {"decision"} with input as one({"decision": "none"})
	fixture.failed(said) == {"removal"} with input as one({"decision": "revoke", "reviewed_at": fixture.day_ago(31)})
	refused := acknowledged_by([document({"owner": "CISO"})])
	fixture.failed(said) == {"acknowledgement"} with input as refused
}

test_missing_paths_name_their_element if {
	early := acknowledged_by([document({"approved_on": fixture.day_ago(6)})])
	fixture.lacking(said) == {"acknowledgement"} with input as early
	fixture.lacking(said) == {"decision", "removal"} with input as one({"decision": null})
	long_ago := {"decision": null, "reviewed_at": fixture.day_ago(60)}
	fixture.lacking(said) == {"decision", "removal"} with input as one(long_ago)
}

# A law that asks for one review in six months is not met by one that the holder made 100 days ago.
test_reviewer_of_an_old_review if {
	own := one({"reviewed_at": fixture.days_ago(100), "reviewer": "ines"})
	fixture.failed(said) == {"review", "reviewer"} with input as own
	unknown := one({"reviewed_at": fixture.days_ago(100), "reviewer_kind": null})
	fixture.lacking(said) == {"reviewer"} with input as unknown
}

test_no_reviewer_without_a_review if {
	"reviewer" in fixture.lacking(said) with input as one({"reviewed_at": null, "reviewer": "ines"})
	"reviewer" in fixture.lacking(said) with input as one({"reviewed_at": fixture.days_ago(-1)})
}

# A list of rights without reviews, beside exports of reviews.
listed := {"reviewed_at": null, "reviewer": null, "reviewer_kind": null, "decision": null}

review(fields) := held(object.union(
	{"known_by_review": true, "removed_at": null, "granted_at": null, "source": fixture.source("review row 3")},
	fields,
))

beside(fields, reviews) := key(fixture.list(array.concat([held(object.union(listed, fields))], reviews)))

test_attested_right_of_a_list_with_a_review_of_its_own if {
	verdict == fixture.nothing with input as beside({}, [review({})])
	verdict == fixture.nothing with input as beside({}, [review({"action": null})])
	verdict == fixture.nothing with input as beside({"environment": "production"}, [review({"environment": null})])
	verdict == fixture.nothing
		with input as beside({"removed_at": fixture.days_ago(3)}, [review({"decision": "revoke"})])
	verdict == fixture.nothing
		with input as beside({}, [review({}), review({"reviewed_at": fixture.days_ago(100), "decision": "revoke"})])
}

test_fail_right_that_a_review_asked_to_remove_is_still_listed if {
	dossier := beside({}, [review({"decision": "revoke", "reviewed_at": fixture.day_ago(31)})])
	fixture.failed(said) == {"removal"} with input as dossier
	some violation in said.violations with input as dossier
	violation.records == [fixture.source("row 7"), fixture.source("review row 3")]
}

test_no_evidence_removal_of_a_right_that_only_a_review_names if {
	gone := key(fixture.list([review({"decision": "revoke", "reviewed_at": fixture.day_ago(31)})]))
	verdict == fixture.lacks({"grants.records.removed_at (nothing shows the right after its review)"}) with input as gone
	fixture.lacking(said) == {"removal"} with input as gone
}

test_no_evidence_review_of_another_right if {
	every other in [
		{"action": "admin"},
		{"principal_id": "tomas"},
		{"action": null, "role": "deployers"},
		{"environment": "test"},
		{"reviewed_at": fixture.days_ago(-1)},
	] {
		dossier := beside({"environment": "production"}, [review(other)])
		"grants.records.reviewed_at" in verdict.missing with input as dossier
	}
}

test_attested_reviews_of_two_quarters if {
	two := [review({}), review({"reviewed_at": fixture.days_ago(97)})]
	in_quarter := object.union(beside({}, two), {"period": fixture.in_period("key", {}).period})
	verdict == fixture.nothing with input as in_quarter
	late := [review({"reviewed_at": fixture.day_ago(4)}), review({"reviewed_at": fixture.day_ago(105)})]
	fixture.failed(said) == {"review"} with input as object.union(in_quarter, {"grants": beside({}, late).grants})
}

test_missing_record_of_the_holder if {
	count(verdict.missing) == 1 with input as one({"principal": null})
}

supporting_function(value, days) := object.union(
	one({"reviewed_at": fixture.days_ago(days)}),
	{"key": object.union(key(fixture.list([])).key, {"critical_or_important_function": value})},
)

test_elements_of_what_laws_ask_for if {
	fixture.failed(said) == {"review"} with input as supporting_function(true, 184)
	fixture.failed(said) == {"review", "half-yearly", "by-function"} with input as supporting_function(true, 185)
	fixture.failed(said) == {"review", "half-yearly"} with input as supporting_function(false, 366)
	fixture.failed(said) == {"review", "half-yearly", "yearly", "by-function"}
		with input as supporting_function(false, 367)
	fixture.failed(said) == {"review", "half-yearly", "yearly", "by-function"} with input as supporting_function(null, 367)
	fixture.lacking(said) == {"by-function"} with input as supporting_function(null, 366)
	fixture.lacking(said) == set() with input as supporting_function(null, 184)
}

test_elements_of_a_grant_that_was_never_reviewed if {
	young := {"reviewed_at": fixture.never, "previous_review_at": fixture.never, "granted_at": fixture.days_ago(200)}
	fixture.failed(said) == {"review", "half-yearly"} with input as one(young)
}

by_export(days, fields) := one(object.union(fields, {"stated_until_ms": fixture.days_ago(days).ms}))

since_export(path) := concat(" ", [path, "(by an export of 2026-08-01; nothing supplied covers the time since)"])

test_no_evidence_review_too_old_since_the_export_only if {
	paths := {since_export("grants.records.reviewed_at")}
	verdict == fixture.lacks(paths) with input as by_export(60, {"reviewed_at": fixture.days_ago(150)})
	unreviewed := {"reviewed_at": fixture.never, "decision": null, "granted_at": fixture.days_ago(150)}
	verdict == fixture.lacks(paths) with input as by_export(60, unreviewed)
	fixture.failed(said) == {"review"} with input as by_export(60, {"reviewed_at": fixture.days_ago(153)})
	fixture.lacking(said) == {"half-yearly", "by-function"}
		with input as by_export(60, {"reviewed_at": fixture.days_ago(190)})
}

test_no_evidence_removal_due_since_the_export_only if {
	asked := {"decision": "revoke", "reviewed_at": fixture.days_ago(80)}
	verdict == fixture.lacks({since_export("grants.records.removed_at")}) with input as by_export(60, asked)
	fixture.failed(said) == {"removal"}
		with input as by_export(60, object.union(asked, {"reviewed_at": fixture.days_ago(91)}))
}
