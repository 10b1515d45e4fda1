package policies.emergency.emergency_rotate_departure_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.emergency_rotate_departure.verdict

left_on(at) := {"principal": {"principal_id": "owen", "departed_at": at, "source": fixture.source("row 9")}, "grant": {
	"action": "read",
	"removed_at": at,
	"source": fixture.source("row 7"),
}}

departed := left_on(fixture.days_ago(20))

key(fields, leavers) := fixture.key_dossier({
	"key": fields,
	"rotations": null,
	"leavers": leavers,
	"grants": fixture.list([]),
})

one(fields) := key(fields, fixture.list([departed]))

logged(dossier, dates) := object.union(
	dossier,
	{"rotations": fixture.list([{"step": "rotated", "at": at} | some at in dates])},
)

violation(message, extra, records) := {
	"message": message,
	"facts": object.union({"leaver": "owen", "departed": "2026-09-10", "action": "read", "limit_hours": 24}, extra),
	"records": [fixture.source(record) | some record in records],
}

test_pass_rotated_exactly_24_hours_later if {
	verdict == fixture.nothing with input as one({"last_rotated": fixture.days_ago(19)})
}

test_pass_day_after_a_departure_known_to_the_day if {
	dossier := key({"last_rotated": fixture.day_ago(19)}, fixture.list([left_on(fixture.day_ago(20))]))
	verdict == fixture.nothing with input as dossier
}

test_pass_revoked_in_time if {
	dossier := one({"status": "revoked", "last_rotated": fixture.days_ago(90), "revoked": fixture.days_ago(20)})
	verdict == fixture.nothing with input as dossier
}

test_pass_log_shows_a_rotation_in_time_and_later_ones if {
	dossier := logged(one({"last_rotated": fixture.days_ago(2)}), [fixture.days_ago(19), fixture.days_ago(2)])
	verdict == fixture.nothing with input as dossier
}

test_no_evidence_holder_no_record_describes if {
	held := {
		"grant_id": "g1", "principal_id": "greta", "action": "read", "principal": null,
		"source": fixture.source("row 3"),
	}
	silent := object.union(key({}, fixture.list([])), {"grants": fixture.list([held])})
	verdict == fixture.lacks({"grants.records.principal"}) with input as silent
	later := fixture.list([left_on(fixture.days_ago(-1))])
	verdict == fixture.lacks({"grants.records.principal"}) with input as object.union(silent, {"leavers": later})
	described := object.union(held, {"principal": {"principal_id": "greta", "kind": "human"}})
	verdict.not_applicable != set() with input as object.union(silent, {"grants": fixture.list([described])})
}

test_no_evidence_time_not_up_yet if {
	dossier := logged(key({"last_rotated": fixture.days_ago(90)}, fixture.list([left_on(fixture.days_ago(1))])), [])
	verdict == fixture.lacks({"key.last_rotated (the time allowed is not over)"}) with input as dossier
	fixture.lacking(said) == {"rotation"} with input as dossier
}

test_pass_late_but_long_ago if {
	dossier := logged(key({"last_rotated": fixture.days_ago(2)}, fixture.list([left_on(fixture.days_ago(366))])), [])
	verdict == fixture.nothing with input as dossier
}

test_fail_not_replaced_since if {
	expected := {violation(
		concat(" ", [
			"owen left on 2026-09-10, 20 days before the as-of date, and the key has not been replaced since; the",
			"limit is 24 hours",
		]),
		{},
		["row 9", "row 7", "row 2"],
	)}
	verdict == fixture.fails(expected) with input as one({"last_rotated": fixture.days_ago(21)})
	verdict == fixture.fails(expected) with input as one({"last_rotated": fixture.never})
	verdict == fixture.fails(expected)
		with input as logged(one({"last_rotated": fixture.days_ago(90)}), [fixture.days_ago(21)])
}

test_fail_not_replaced_however_long_ago if {
	dossier := key({"last_rotated": fixture.days_ago(900)}, fixture.list([left_on(fixture.days_ago(800))]))
	count(verdict.violations) == 1 with input as dossier
}

test_fail_one_ms_late if {
	expected := {violation(
		"owen left on 2026-09-10 and the key was first replaced on 2026-09-12; the limit is 24 hours",
		{"replaced": "2026-09-12"},
		["row 9", "row 7", "row 2"],
	)}
	late := object.union(fixture.days_ago(19), {"ms": fixture.days_ago(19).ms + 1})
	verdict == fixture.fails(expected) with input as logged(one({"last_rotated": late}), [late])
}

test_fail_late_in_the_period_only if {
	dossier := logged(one({"last_rotated": fixture.days_ago(2)}), [fixture.days_ago(2)])
	period := {"start_ms": fixture.days_ago(20).ms, "end_ms": fixture.as_of.ms}
	count(verdict.violations) == 1 with input as object.union(dossier, {"period": period})
	later := {"start_ms": fixture.days_ago(19).ms, "end_ms": fixture.as_of.ms}
	verdict == fixture.nothing with input as object.union(dossier, {"period": later})
}

test_fail_grant_still_in_force if {
	expected := {
		violation(
			"owen left on 2026-09-10, 20 days before the as-of date, and still holds a grant on the key",
			{},
			["row 9", "row 7"],
		),
	}
	every removed_at in [fixture.never, null, fixture.days_ago(-1)] {
		leaver := object.union(departed, {"grant": {"removed_at": removed_at}})
		dossier := key({"last_rotated": fixture.days_ago(19)}, fixture.list([leaver]))
		verdict == fixture.fails(expected) with input as dossier
	}
}

test_fail_grant_removed_late if {
	expected := {violation(
		"owen left on 2026-09-10 and held a grant on the key until 2026-09-15",
		{"removed": "2026-09-15"},
		["row 9", "row 7"],
	)}
	leaver := object.union(departed, {"grant": {"removed_at": fixture.days_ago(15)}})
	dossier := key({"last_rotated": fixture.days_ago(19)}, fixture.list([leaver]))
	verdict == fixture.fails(expected) with input as dossier
}

test_no_evidence_rotated_later_without_log if {
	verdict == fixture.lacks({"rotations"}) with input as one({"last_rotated": fixture.days_ago(2)})
}

test_no_evidence_rotation_unknown_or_future if {
	verdict == fixture.lacks({"rotations", "key.last_rotated"}) with input as one({})
	expected := {"rotations", "key.last_rotated (after the as-of date)"}
	verdict == fixture.lacks(expected) with input as one({"last_rotated": fixture.days_ago(-1)})
}

test_no_evidence_zone_unknown if {
	expected := fixture.lacks({"key.last_rotated (time zone unknown)"})
	verdict == expected with input as logged(one({"last_rotated": fixture.zone_unknown(20)}), [])
}

test_no_evidence_revocation_not_dated if {
	dossier := logged(one({"status": "revoked", "last_rotated": fixture.days_ago(90)}), [])
	verdict == fixture.lacks({"key.revoked"}) with input as dossier
}

test_no_evidence_departure_not_dated if {
	expected := fixture.lacks({"leavers.records.principal.departed_at"})
	verdict == expected with input as key({}, fixture.list([left_on(null)]))
}

test_fail_access_of_somebody_who_left_on_an_unknown_date if {
	leaver := {
		"principal": {"principal_id": "owen", "status": "left", "departed_at": null, "source": fixture.source("row 9")},
		"grant": {"action": "read", "removed_at": null, "source": fixture.source("row 7")},
	}
	dossier := key({"last_rotated": fixture.days_ago(19)}, fixture.list([leaver]))
	said.violations == {{
		"element": "access",
		"message": "owen has left, on a date that is not stated, and still holds a grant on the key",
		"facts": {"leaver": "owen", "departed": "not stated", "action": "read"},
		"records": [fixture.source("row 9"), fixture.source("row 7")],
	}} with input as dossier
	"leavers.records.principal.departed_at" in said.missing with input as dossier
	gone := object.union(leaver, {"grant": {"removed_at": fixture.days_ago(30)}})
	fixture.failed(said) == set() with input as key({}, fixture.list([gone]))
}

test_no_evidence_removal_not_tracked if {
	leaver := object.union(departed, {"grant": {"removed_at": fixture.not_tracked}})
	dossier := key({"last_rotated": fixture.days_ago(19)}, fixture.list([leaver]))
	verdict == fixture.lacks({"leavers.records.grant.removed_at"}) with input as dossier
}

test_no_evidence_list_cut if {
	dossier := key({"last_rotated": fixture.days_ago(19)}, fixture.cut([departed]))
	verdict == fixture.lacks({"leavers.records (the list is cut)"}) with input as dossier
}

test_not_applicable_no_leaver if {
	verdict == fixture.exempt({"nobody who left could read or use the key"}) with input as key({}, fixture.list([]))
}

test_not_applicable_leaves_later if {
	expected := fixture.exempt({"nobody who left could read or use the key by the as-of date"})
	verdict == expected with input as key({}, fixture.list([left_on(fixture.days_ago(-3))]))
}

test_elements if {
	fixture.failed(said) == {"rotation"} with input as one({"last_rotated": fixture.days_ago(90)})
	still := object.union(departed, {"grant": {"removed_at": fixture.never}})
	fixture.failed(said) == {"access"} with input as key({"last_rotated": fixture.days_ago(19)}, fixture.list([still]))
	fixture.lacking(said) == {"rotation"} with input as one({"last_rotated": null})
	untracked := object.union(departed, {"grant": {"removed_at": fixture.not_tracked}})
	fixture.lacking(said) == {"access"}
		with input as key({"last_rotated": fixture.days_ago(19)}, fixture.list([untracked]))
}

# That a grant is left says nothing about the secret.
test_access_of_a_leaver_does_not_decide_the_rotation if {
	still := object.union(departed, {"grant": {"removed_at": fixture.never}})
	fixture.lacking(said) == {"rotation"} with input as key({"last_rotated": null}, fixture.list([still]))
}

of_group(fields) := object.union(
	key({"last_rotated": fixture.days_ago(300)}, fixture.list([])),
	{"grants": fixture.list([object.union({"principal": fixture.group, "action": "read"}, fields)])},
)

# Somebody who left may have been a member.
test_no_evidence_who_was_in_a_group if {
	every fields in [{}, {"action": null}, {"removed_at": fixture.days_ago(30)}] {
		verdict == fixture.lacks({fixture.members_unknown}) with input as of_group(fields)
	}
	every fields in [{"action": "rotate"}, {"effect": "deny"}, {"removed_at": fixture.days_ago(400)}] {
		verdict.not_applicable == {"nobody who left could read or use the key"} with input as of_group(fields)
	}
	audited := object.union(
		of_group({"removed_at": fixture.days_ago(40)}),
		{"period": {"start_ms": fixture.days_ago(30).ms, "end_ms": fixture.as_of.ms}},
	)
	verdict.not_applicable == {"nobody who left could read or use the key"} with input as audited
}

test_no_evidence_replaced_since_the_export_unknown if {
	old := fixture.stated_until(one({"last_rotated": fixture.days_ago(300)}), ["last_rotated"], 50)
	fixture.lacking(said) == {"rotation"} with input as old
	fixture.export_of("key.last_rotated", 50) in verdict.missing with input as old
	fresh := fixture.stated_until(one({"last_rotated": fixture.days_ago(300)}), ["last_rotated"], 18)
	fixture.failed(said) == {"rotation"} with input as fresh
}

test_no_evidence_right_listed_before_the_departure if {
	held := {
		"principal": departed.principal,
		"grant": {"action": "read", "source": fixture.source("row 7")},
		"grant_stated_until_ms": fixture.days_ago(50).ms,
	}
	old := key({"last_rotated": fixture.days_ago(19)}, fixture.list([held]))
	verdict == fixture.lacks({fixture.export_of("leavers.records.grant", 50)}) with input as old
	later := object.union(held, {"grant_stated_until_ms": fixture.days_ago(5).ms})
	fixture.failed(said) == {"access"} with input as key({"last_rotated": fixture.days_ago(19)}, fixture.list([later]))
}
