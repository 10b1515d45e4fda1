package policies.access.access_key_reviewed_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.access_key_reviewed.verdict

key(fields) := fixture.key_dossier({"key": object.union(
	{
		"status": "active",
		"created": fixture.days_ago(400),
		"need_reviewed_at": fixture.days_ago(92),
		"need_reviewer": "ines",
		"source": fixture.source("row 2"),
	},
	fields,
)})

test_pass_at_the_limit if verdict == fixture.nothing with input as key({})

test_fail_over_the_limit if {
	late := key({"need_reviewed_at": fixture.one_ms_older(fixture.days_ago(92))})
	expected := {{
		"message": "last reviewed on 2026-06-30, more than 92 days before the as-of date; the limit is 92 days",
		"facts": {"reviewed": "2026-06-30", "days": 92, "limit_days": 92},
		"records": [fixture.source("row 2")],
	}}
	verdict == fixture.fails(expected) with input as late
	fixture.failed(said) == {"review"} with input as late
}

test_fail_never if {
	fixture.failed(said) == {"review"} with input as key({"need_reviewed_at": fixture.never})
	verdict == fixture.lacks({"key.created"})
		with input as key({"need_reviewed_at": fixture.never, "created": null})
}

test_fail_reviewed_by_nobody if fixture.failed(said) == {"reviewer"} with input as key({"need_reviewer": " "})

test_no_evidence if {
	verdict == fixture.lacks({"key.need_reviewed_at"}) with input as key({"need_reviewed_at": null})
	verdict == fixture.lacks({"key.need_reviewed_at (time zone unknown)"})
		with input as key({"need_reviewed_at": fixture.zone_unknown(92)})
	verdict == fixture.lacks({"key.need_reviewer"}) with input as key({"need_reviewer": null})
}

test_not_applicable_new if {
	young := {"created": fixture.days_ago(92), "need_reviewed_at": fixture.never}
	verdict.not_applicable == {"the key is younger than the time within which it must be reviewed"}
		with input as key(young)
}

test_no_evidence_review_since_the_export_unknown if {
	old := fixture.stated_until(key({"need_reviewed_at": fixture.days_ago(100)}), ["need_reviewed_at"], 50)
	verdict == fixture.lacks({fixture.export_of("key.need_reviewed_at", 50)}) with input as old
	late := fixture.stated_until(key({"need_reviewed_at": fixture.days_ago(143)}), ["need_reviewed_at"], 50)
	fixture.failed(said) == {"review"} with input as late
}

# Who reviewed what is not known to be reviewed is not known either.
test_no_evidence_nobody_named_of_an_unknown_review if {
	unknown := key({"need_reviewed_at": null, "need_reviewer": ""})
	fixture.lacking(said) == {"review", "reviewer"} with input as unknown
}
