package policies.inventory.inv_not_shared_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.inv_not_shared.verdict

key(fields, workloads) := fixture.key_dossier({
	"key": object.union({"fingerprint": "5b1d7c0e9a42f386", "workloads": null, "sharing_exception": ""}, fields),
	"events": {"recent_workloads": workloads, "recent_unnamed": 0},
	"twins": [],
})

with_twin(fields) := object.union(key({}, ["checkout"]), {"twins": [object.union(
	{"key_id": "k2", "status": "active", "environment": "staging", "source": fixture.source("row 3")},
	fields,
)]})

several(message, workloads, named_by) := {{
	"message": message,
	"facts": {"workloads": workloads, "limit": 1, "named_by": named_by},
	"records": [fixture.source("row 2")],
}}

test_pass_one_consumer if {
	verdict == fixture.nothing with input as key({}, ["checkout"])
	verdict == fixture.nothing with input as key({"workloads": ["checkout", "checkout"]}, ["checkout-7f9c"])
}

test_pass_inventory_where_no_log_names_a_workload if {
	verdict == fixture.nothing with input as key({"workloads": ["checkout"]}, [])
	verdict == fixture.nothing with input as key({"workloads": []}, [])
}

test_pass_exception_on_record if {
	exception := {"sharing_exception": "EXC-31", "workloads": ["a", "b", "c"]}
	verdict == fixture.nothing with input as key(exception, ["a", "b"])
}

test_pass_twin_is_gone if {
	every status in ["revoked", "destroyed"] {
		verdict == fixture.nothing with input as with_twin({"status": status})
	}
}

test_fail_two_workloads_in_the_period if {
	audited := {"period": {"start_ms": fixture.days_ago(92).ms, "end_ms": fixture.as_of.ms}}
	messages := {violation.message | some violation in verdict.violations}
		with input as object.union(key({}, ["a", "b"]), audited)
	messages == {"used by 2 workloads in the period; the limit is 1, and no exception is on record"}
}

test_fail_two_workloads_in_the_logs if {
	expected := several(
		"used by 2 workloads in the 30 days before the as-of date; the limit is 1, and no exception is on record",
		["billing", "checkout"],
		"logs",
	)
	verdict == fixture.fails(expected) with input as key({"sharing_exception": " "}, ["billing", "checkout"])
}

test_fail_fifty_or_more_workloads if {
	workloads := [sprintf("w%02d", [number]) | some number in numbers.range(1, 50)]
	expected := several(
		"used by 50 workloads or more in the 30 days before the as-of date; the limit is 1, and no exception is on record",
		workloads,
		"logs",
	)
	verdict == fixture.fails(expected) with input as key({}, workloads)
}

test_fail_two_workloads_in_the_inventory if {
	expected := several(
		"the inventory lists 2 workloads that use the key; the limit is 1, and no exception is on record",
		["billing", "checkout"],
		"inventory",
	)
	verdict == fixture.fails(expected) with input as key({"workloads": ["checkout", "billing"]}, ["checkout"])
}

test_fail_same_secret_under_two_names if {
	every status in ["active", "inactive", "expired", "pending-deletion"] {
		expected := {{
			"message": sprintf(`the key "k2" (%s) has the same secret, by its fingerprint`, [status]),
			"facts": {"twin": "k2", "twin_status": status, "twin_environment": "staging"},
			"records": [fixture.source("row 2"), fixture.source("row 3")],
		}}
		verdict == fixture.fails(expected) with input as with_twin({"status": status})
	}
}

test_fail_no_exception_covers_a_twin if {
	dossier := object.union(with_twin({}), {"key": {"sharing_exception": "EXC-31"}})
	count(verdict.violations) == 1 with input as dossier
}

test_no_evidence_exception_unknown if {
	expected := fixture.lacks({"key.sharing_exception"})
	verdict == expected with input as key({"sharing_exception": null}, ["a", "b"])
	verdict == expected with input as key({"sharing_exception": null, "workloads": ["a", "b"]}, ["a"])
}

test_no_evidence_nobody_names_a_consumer if {
	verdict == fixture.lacks({"key.workloads (no log names a workload)"}) with input as key({}, [])
}

unnamed(fields, workloads) := object.union(key(fields, workloads), {"events": {"recent_unnamed": 1}})

test_no_evidence_a_call_without_a_workload if {
	expected := fixture.lacks({"events.recent_workloads (not every call names its workload)"})
	verdict == expected with input as unnamed({}, ["checkout"])
	verdict == expected with input as unnamed({"workloads": ["checkout"]}, [])
	verdict == fixture.nothing with input as unnamed({"sharing_exception": "EXC-31"}, ["checkout"])
	fixture.failed(said) == {"consumers"} with input as unnamed({}, ["a", "b"])
}

test_no_evidence_status_of_a_twin_unknown if {
	verdict == fixture.lacks({"twins.status"}) with input as with_twin({"status": null})
}

test_not_applicable_revoked if {
	outcome := verdict with input as key({"status": "revoked"}, ["a", "b"])
	outcome.not_applicable == {"the key is revoked"}
}

test_elements if {
	fixture.failed(said) == {"consumers"} with input as key({}, ["a", "b"])
	fixture.failed(said) == {"consumers"} with input as key({"workloads": ["a", "b"]}, [])
	fixture.failed(said) == {"secret"} with input as with_twin({})
	fixture.lacking(said) == {"consumers"} with input as key({"sharing_exception": null}, ["a", "b"])
	fixture.lacking(said) == {"secret"} with input as with_twin({"status": null})
}
