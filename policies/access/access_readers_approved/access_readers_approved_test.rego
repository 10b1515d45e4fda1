package policies.access.access_readers_approved_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.access_readers_approved.verdict)

reader(fields) := object.union(
	{
		"actor": "batch",
		"workload": "reports",
		"actor_type": "service",
		"on_record": true,
		"count": 3,
		"last": fixture.days_ago(5),
		"source": fixture.source("line 3"),
	},
	fields,
)

right(fields) := object.union(
	{"principal_id": "wl-1", "action": "use", "effect": "allow", "principal": {"aliases": ["Ledger"]}},
	fields,
)

key(readers, rights, workloads) := fixture.key_dossier({
	"key": {"status": "active", "environment": "production", "workloads": workloads},
	"grants": fixture.list(rights),
	"secret_readers": fixture.list(readers),
})

test_pass if {
	verdict == fixture.nothing with input as key([], [], [])
	verdict == fixture.nothing with input as key([reader({"actor": "WL-1"})], [right({})], [])
	verdict == fixture.nothing with input as key([reader({"workload": "ledger"})], [right({})], [])
	verdict == fixture.nothing with input as key([reader({})], [right({"principal": null})], ["batch"])
	gone := right({"removed_at": fixture.days_ago(4)})
	verdict == fixture.nothing with input as key([reader({"actor": "wl-1"})], [gone], [])
}

test_fail_no_right if {
	expected := {{
		"message": concat(" ", [
			"batch in reports read the secret 3 times, last on 2026-09-25;",
			"no right and no workload on record names it",
		]),
		"facts": {"actor": "batch", "workload": "reports", "reads": 3},
		"records": [fixture.source("line 3")],
	}}
	verdict == fixture.fails(expected) with input as key([reader({})], [right({})], ["other"])
}

test_fail_right_that_is_none if {
	every fields in [{"effect": "deny"}, {"action": "rotate"}, {"removed_at": fixture.days_ago(6)}] {
		count(verdict.violations) == 1 with input as key([reader({"actor": "wl-1"})], [right(fields)], [])
	}
}

test_denied_right_approves_nothing if {
	denial := right({"effect": "deny"})
	verdict == fixture.lacks({"secret_readers.records.actor (may be one that is approved)"})
		with input as key([reader({"actor": "wl-1"})], [right({}), denial], [])
}

test_no_evidence if {
	verdict == fixture.lacks({"secret_readers.records.actor_type"})
		with input as key([reader({"actor_type": null})], [right({})], [])
	part := fixture.lacks({"secret_readers.records.actor (may be one that is approved)"})
	verdict == part with input as key([reader({"actor": "role/wl-1/session"})], [right({})], [])
	verdict == part with input as key([reader({"actor": "wl-1"})], [right({"principal_id": "role/wl-1"})], [])
	verdict == part with input as key([reader({"actor": null, "workload": null})], [right({})], [])
	verdict == fixture.lacks({"secret_readers.records.last"}) with input as key([reader({"last": null})], [right({})], [])
	verdict == part with input as key([reader({"actor": "wl-1"})], [right({"action": null})], [])
}

test_no_evidence_on_no_record if {
	verdict == fixture.lacks({"secret_readers.records.actor (no record of principals has it)"})
		with input as key([reader({"on_record": false})], [right({})], ["other"])
}

test_no_evidence_workloads_unknown if {
	verdict == fixture.lacks({"key.workloads"}) with input as key([reader({})], [right({})], null)
	verdict == fixture.nothing with input as key([reader({"actor": "wl-1"})], [right({})], null)
}

test_no_evidence_cut if {
	dossier := object.union(key([], [], []), {"grants": fixture.cut([]), "secret_readers": fixture.cut([])})
	verdict == fixture.lacks({"grants.records (the list is cut)", "secret_readers.records (the list is cut)"})
		with input as dossier
}

# A program may be a member of a group that may read.
test_no_evidence_who_is_in_a_group if {
	part := fixture.lacks({"secret_readers.records.actor (may be one that is approved)"})
	verdict == part with input as key([reader({})], [right({"principal": fixture.group})], [])
	count(verdict.violations) == 1
		with input as key([reader({})], [right({"principal": fixture.group, "action": "deploy"})], [])
}
