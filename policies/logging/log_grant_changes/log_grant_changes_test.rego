package policies.logging.log_grant_changes_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.log_grant_changes.verdict)

right(fields) := object.union(
	{
		"key_id": "subject-1",
		"principal_id": "per",
		"action": "read",
		"granted_at": fixture.days_ago(92),
		"removed_at": null,
		"source": fixture.source("row 7"),
	},
	fields,
)

change(word) := {"change": word, "source": fixture.source("row 7")}

key(rights, unlogged) := fixture.key_dossier({
	"grants": fixture.list(rights),
	"unlogged_grants": fixture.list(unlogged),
	"events": {"first_ms": fixture.days_ago(92).ms, "last_ms": fixture.as_of.ms},
})

violation(at, word) := {
	"message": sprintf(
		`the audit logs hold no event within an hour of %s 23:59:59 UTC, when the right of per to "read" was %s`,
		[at, word],
	),
	"facts": {
		"principal": "per",
		"action": "read",
		"at": sprintf("%s 23:59:59 UTC", [at]),
		"change": word,
	},
	"records": [fixture.source("row 7")],
}

test_pass if verdict == fixture.nothing with input as key([right({})], [])

test_fail_given if {
	verdict == fixture.fails({violation("2026-06-30", "given")}) with input as key([right({})], [change("given")])
}

test_fail_taken_away if {
	both := [right({"removed_at": fixture.days_ago(3)})]
	expected := fixture.fails({violation("2026-09-27", "taken away")})
	verdict == expected with input as key(both, [change("taken away")])
}

test_no_evidence if {
	verdict == fixture.lacks({"grants.records.granted_at"}) with input as key([right({"granted_at": null})], [])
	verdict == fixture.lacks({"grants.records.granted_at (known to the day)"})
		with input as key([right({"granted_at": fixture.day_ago(92)})], [])
	late := object.union(key([right({})], []), {"events": {"first_ms": fixture.days_ago(91).ms}})
	verdict == fixture.lacks({"events (the logs do not cover every change)"}) with input as late
	cut := object.union(key([], []), {"grants": fixture.cut([]), "unlogged_grants": fixture.cut([])})
	verdict == fixture.lacks({"grants.records (the list is cut)", "unlogged_grants.records (the list is cut)"})
		with input as cut
}

test_not_applicable if {
	exempt := fixture.exempt({"no right on it was given or taken away in the time judged"})
	verdict == exempt with input as key([], [])
	verdict == exempt with input as key([right({"granted_at": fixture.one_ms_older(fixture.days_ago(92))})], [])
	verdict == exempt with input as key([right({"key_id": "*"})], [])
	verdict == exempt with input as key([right({"granted_at": fixture.never})], [])
	period := {"period": {"start_ms": fixture.days_ago(91).ms, "end_ms": fixture.as_of.ms}}
	verdict == exempt with input as object.union(key([right({})], []), period)
}
