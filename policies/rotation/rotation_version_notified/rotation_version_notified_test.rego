package policies.rotation.rotation_version_notified_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.rotation_version_notified.verdict

rotated(id, at, fields) := object.union(
	{
		"step": "rotated",
		"rotation_id": id,
		"at": at,
		"status": "success",
		"version": "v13",
		"notified": ["IT-Security@northbridge.example", "payments"],
		"source": fixture.source(id),
	},
	fields,
)

first := rotated("r1", fixture.days_ago(100), {"version": "v12"})

second := rotated("r2", fixture.days_ago(10), {})

later(fields) := object.union(second, fields)

key(steps) := fixture.key_dossier({"key": {"last_rotated": fixture.days_ago(10)}, "rotations": fixture.list(steps)})

gap(from, to) := {{
	"message": sprintf(
		concat(" ", [
			"the rotation of 2026-09-20 left version %d, and the one before it, of 2026-06-22, version %d; the",
			"version is to rise by one",
		]),
		[to, from],
	),
	"facts": {
		"rotated": "2026-09-20",
		"version": to,
		"rotated_before": "2026-06-22",
		"version_before": from,
	},
	"records": [fixture.source("r1"), fixture.source("r2")],
}}

untold(named, told) := {{
	"message": sprintf(
		"by the log, the rotation of 2026-09-20 was made known to %s; a security contact is to be among them",
		[named],
	),
	"facts": {"rotated": "2026-09-20", "notified": told},
	"records": [fixture.source("r2")],
}}

test_pass_one_higher_and_security_told if verdict == fixture.nothing with input as key([first, second])

test_pass_first_rotation_of_the_log if verdict == fixture.nothing with input as key([second])

test_pass_numbers_in_paths_and_with_zeros if {
	path := "projects/bank/secrets/acquirer/versions/"
	steps := [object.union(first, {"version": concat("", [path, "9"])}), later({"version": concat("", [path, "010"])})]
	verdict == fixture.nothing with input as key(steps)
}

test_pass_without_rotation_ids if {
	steps := [object.union(one, {"rotation_id": null}) | some one in [first, second]]
	verdict == fixture.nothing with input as key(steps)
}

test_pass_a_store_states_an_id_beside_the_number if {
	seen := later({"version": "8f14e45f-ceea-467f-9f1b-52a10f4cb612"})
	verdict == fixture.nothing with input as key([first, second, seen])
}

test_pass_number_used_by_a_rotation_that_failed if {
	failed := [
		rotated("r9", fixture.days_ago(50), {"step": "generated", "version": "v13"}),
		rotated("r9", fixture.days_ago(50), {"step": "failed", "version": null}),
	]
	verdict == fixture.nothing with input as key(array.concat(failed, [first, later({"version": "v14"})]))
}

test_pass_told_at_another_step if {
	steps := [
		later({"step": "deployed", "notified": null}),
		later({"step": "verified", "notified": []}),
		later({"step": "logged", "notified": ["Soc-lead"], "version": null}),
	]
	verdict == fixture.nothing with input as key(array.concat(steps, [first]))
}

test_pass_contact_listed_whole if {
	verdict == fixture.nothing with input as key([first, later({"notified": ["mara.quill@northbridge.example"]})])
		with data.params["rotation-version-notified"].security_contacts as ["Mara.Quill@northbridge.example", "security"]
}

test_pass_gap_before_the_period if {
	old := rotated("r0", fixture.days_ago(300), {"version": "v1"})
	period := {"start_ms": fixture.days_ago(50).ms, "end_ms": fixture.as_of.ms}
	verdict == fixture.nothing with input as object.union(key([old, first, second]), {"period": period})
}

test_pass_on_one_day if {
	same := fixture.day_ago(10)
	verdict == fixture.nothing with input as key([object.union(first, {"at": same}), later({"at": same})])
}

test_fail_version_does_not_rise_by_one if {
	verdict == fixture.fails(gap(12, 12)) with input as key([first, later({"version": "v12"})])
	verdict == fixture.fails(gap(12, 14)) with input as key([first, later({"version": "v14"})])
	verdict == fixture.fails(gap(12, 11)) with input as key([first, later({"version": "v11"})])
}

test_fail_nobody_told if {
	verdict == fixture.fails(untold("nobody", [])) with input as key([first, later({"notified": []})])
	verdict == fixture.fails(untold("nobody", [])) with input as key([first, later({"notified": [" "]})])
}

test_fail_security_not_told if {
	told := ["associates", "payments", "social-media"]
	expected := untold("associates, payments, social-media", told)
	verdict == fixture.fails(expected) with input as key([first, later({"notified": told})])
}

test_a_contact_is_a_word_of_its_own if {
	every name in ["Security", "it-security", "SECURITY@northbridge.example", "on call (security)", "securityx security"] {
		verdict == fixture.nothing with input as key([first, later({"notified": [name]})])
			with data.params["rotation-version-notified"].security_contacts as ["security"]
	}
	every name in ["cybersecurity", "securityx", "security2", "securitysecurity"] {
		verdict == fixture.fails(untold(name, [name])) with input as key([first, later({"notified": [name]})])
			with data.params["rotation-version-notified"].security_contacts as ["security"]
	}
}

test_no_evidence_version_unknown_or_no_number if {
	verdict == fixture.lacks({"rotations.records.version"}) with input as key([first, later({"version": null})])
	expected := fixture.lacks({"rotations.records.version (not a running number)"})
	every version in ["2026-09-20", "20260920", "8f14e45f-ceea-467f-9f1b-52a10f4cb612", "AWSCURRENT"] {
		verdict == expected with input as key([first, later({"version": version})])
	}
}

test_no_evidence_gap_that_a_rotation_without_number_may_fill if {
	between := rotated("r5", fixture.days_ago(50), {"version": null})
	expected := fixture.lacks({"rotations.records.version"})
	verdict == expected with input as key([first, between, later({"version": "v14"})])
}

test_no_evidence_gap_that_a_failed_rotation_may_have_used if {
	expected := fixture.lacks({"rotations.records.version"})
	every id in ["r9", null] {
		failed := rotated(id, fixture.days_ago(50), {"step": "failed", "version": null})
		verdict == expected with input as key([first, failed, later({"version": "v14"})])
	}
}

test_fail_gap_beside_a_failed_rotation_of_another_time if {
	failed := rotated("r9", fixture.days_ago(200), {"step": "failed", "version": null})
	verdict == fixture.fails(gap(12, 14)) with input as key([failed, first, later({"version": "v14"})])
	after := rotated("r9", fixture.days_ago(2), {"step": "failed", "version": null})
	verdict == fixture.fails(gap(12, 14)) with input as key([after, first, later({"version": "v14"})])
}

test_no_evidence_nobody_says_who_was_told if {
	verdict == fixture.lacks({"rotations.records.notified"}) with input as key([first, later({"notified": null})])
}

test_no_evidence_steps_not_grouped if {
	expected := fixture.lacks({"rotations.records.rotation_id"})
	verdict == expected with input as key([first, second, later({"step": "deployed", "rotation_id": null})])
}

test_no_evidence_order_in_an_unknown_zone if {
	steps := [object.union(first, {"at": fixture.zone_unknown(10)}), second]
	verdict == fixture.lacks({"rotations.records.at (time zone unknown)"}) with input as key(steps)
}

test_no_evidence_list_cut_or_step_without_a_date if {
	gapped := [first, later({"version": "v14", "notified": ["payments"]})]
	dossier := object.union(key([]), {"rotations": fixture.cut(gapped)})
	verdict == fixture.lacks({"rotations.records (the list is cut)"}) with input as dossier
	undated := rotated("r5", null, {})
	verdict == fixture.lacks({"rotations.records.at"}) with input as key([first, later({"version": "v14"}), undated])
}

test_no_evidence_a_completed_rotation_may_be_missing if {
	failed := rotated("r9", fixture.days_ago(3), {"step": "failed"})
	cut := object.union(key([]), {"rotations": fixture.cut([failed])})
	verdict == fixture.lacks({"rotations.records (the list is cut)"}) with input as cut
	undated := rotated("r8", null, {"step": "failed"})
	verdict == fixture.lacks({"rotations.records.at"}) with input as key([failed, undated])
	loose := rotated(null, fixture.days_ago(3), {"step": "deployed"})
	verdict == fixture.lacks({"rotations.records.rotation_id"}) with input as key([failed, loose])
}

test_no_evidence_gap_beside_steps_that_are_not_grouped if {
	loose := later({"step": "deployed", "rotation_id": null, "at": fixture.days_ago(2)})
	expected := fixture.lacks({"rotations.records.rotation_id"})
	verdict == expected with input as key([first, later({"version": "v14"}), loose])
}

test_period_begins_with_its_first_moment if {
	period := {"start_ms": second.at.ms, "end_ms": fixture.as_of.ms}
	count(verdict.violations) == 1 with input as object.union(key([first, later({"version": "v14"})]), {"period": period})
	verdict == fixture.nothing with input as object.union(key([first, second]), {"period": period})
}

test_pass_rotation_after_the_as_of_date_is_not_counted if {
	future := rotated("r5", fixture.days_ago(-1), {"version": "v99", "notified": []})
	verdict == fixture.nothing with input as key([first, second, future])
}

test_pass_version_zero if {
	verdict == fixture.nothing with input as key([object.union(first, {"version": "0"}), later({"version": "1"})])
}

test_no_evidence_log_is_silent if {
	verdict == fixture.lacks({"rotations.records (no rotation of this key)"}) with input as key([])
}

test_not_applicable_none_completed if {
	outcome := verdict with input as key([rotated("r9", fixture.days_ago(3), {"step": "failed"})])
	outcome.not_applicable == {"every rotation in the log failed, was rolled back or is not in place yet"}
	outcome.violations == set()
}

test_not_applicable_no_rotation if {
	outcome := verdict with input as object.union(key([]), {"key": {"last_rotated": fixture.never}})
	outcome.not_applicable == {"no rotation took place in the last 365 days"}
}

test_not_applicable_revoked if {
	outcome := verdict with input as object.union(key([second]), {"key": {"status": "revoked"}})
	outcome.not_applicable == {"the key is revoked"}
}

test_elements if {
	fixture.failed(said) == {"version"} with input as key([first, later({"version": "v14"})])
	fixture.failed(said) == {"notice"} with input as key([first, later({"notified": ["payments"]})])
	fixture.lacking(said) == {"notice"} with input as key([first, later({"notified": null})])
	fixture.lacking(said) == {"version"} with input as key([first, later({"version": "2026-09-20"})])
}
