package policies.roles.rbac_ops_no_raw_read_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.rbac_ops_no_raw_read.verdict

key(fields) := fixture.key_dossier(object.union(
	{"key": {"audit_logging": true}, "grants": fixture.list([held({})]), "events": {"human_reads": []}},
	fields,
))

person(roles) := {"principal_id": "ines", "kind": "human", "roles": roles, "source": fixture.source("row 12")}

# A right to read of a person of the security team.
held(fields) := object.union(
	{"principal_id": "ines", "principal": person(["security"]), "action": "read", "source": fixture.source("row 7")},
	fields,
)

one(fields) := key({"grants": fixture.list([held(fields)])})

may(action, how, roles, through) := {
	"message": sprintf(`ines may "%s" the key %s`, [action, how]),
	"facts": {"person": "ines", "action": action, "roles": roles, "granted_through": through},
	"records": [fixture.source("row 7"), fixture.source("row 12")],
}

read(fields) := object.union({"actor": "tomas", "at": fixture.days_ago(3), "source": fixture.source("line 5")}, fields)

reads(events) := key({"events": {"human_reads": events}})

seen(times, readers, date, number) := {
	"message": sprintf(
		"people read the secret %s without a mark of break-glass (%s), last on %s",
		[times, concat(", ", readers), date],
	),
	"facts": {"reads": times, "by": readers},
	"records": [fixture.source("line 5") | some _ in numbers.range(1, number)],
}

test_pass_security_may_read if verdict == fixture.nothing with input as key({})

test_pass_operating_people_who_cannot_read if {
	every fields in [
		{"action": "deploy"},
		{"action": "rotate"},
		{"break_glass": true},
		{"removed_at": fixture.days_ago(1)},
		{"effect": "deny"},
	] {
		verdict == fixture.nothing with input as one(object.union({"principal": person(["sre"])}, fields))
	}
}

test_pass_programs_may_read if {
	program := {"principal_id": "wl-1", "kind": "workload", "roles": null}
	verdict == fixture.nothing with input as one({"principal": program})
	verdict == fixture.nothing with input as one({"principal": program, "action": null, "role": "devops"})
}

test_pass_reads_outside_the_period if {
	dossier := reads([read({"at": fixture.days_ago(40)}), read({"at": fixture.days_ago(-1)})])
	period := {"start_ms": fixture.days_ago(30).ms, "end_ms": fixture.as_of.ms}
	verdict == fixture.nothing with input as object.union(dossier, {"period": period})
}

test_fail_each_operating_role_and_action if {
	every role in ["devops", "sre", "operator"] {
		every action in ["read", "admin"] {
			expected := {may(action, concat(" ", ["and has the role", role]), ["developer", role], null)}
			verdict == fixture.fails(expected) with input as one({"principal": person(["developer", role]), "action": action})
		}
	}
}

test_fail_through_an_operating_role if {
	expected := {may("read", "through the role devops", ["security"], "devops")}
	verdict == fixture.fails(expected) with input as one({"role": "devops", "break_glass": false})
}

test_fail_a_person_read_the_secret if {
	verdict == fixture.fails({seen("once", ["tomas"], "2026-09-27", 1)}) with input as reads([read({})])
	twice := [read({"at": fixture.day_ago(0)}), read({"actor": null})]
	expected := {seen("2 times", ["somebody the log does not name", "tomas"], "2026-09-30", 2)}
	verdict == fixture.fails(expected) with input as reads(twice)
}

test_fail_as_many_reads_as_a_dossier_holds if {
	dossier := reads([read({}) | some _ in numbers.range(1, 50)])
	verdict == fixture.fails({seen("50 times or more", ["tomas"], "2026-09-27", 50)}) with input as dossier
}

test_fail_read_on_the_first_day_of_the_period if {
	dossier := object.union(reads([read({"at": fixture.day_ago(30)})]), {"period": {"start_ms": fixture.days_ago(30).ms}})
	verdict == fixture.fails({seen("once", ["tomas"], "2026-08-31", 1)}) with input as dossier
}

test_no_evidence_store_does_not_record_reads if {
	expected := fixture.lacks({"key.audit_logging (its store does not record every access)"})
	verdict == expected with input as key({"key": {"audit_logging": false}})
}

test_no_evidence_reads_unknown if {
	verdict == fixture.lacks({"events.human_reads"}) with input as reads(null)
	verdict == fixture.nothing with input as key({"events": null})
}

test_no_evidence_time_of_a_read_unknown if {
	verdict == fixture.lacks({"events.human_reads.at"}) with input as reads([read({"at": null})])
}

test_no_evidence_holder if {
	verdict == fixture.lacks({"grants.records.principal.kind"}) with input as one({"principal": null})
	verdict == fixture.lacks({"grants.records.principal.kind"})
		with input as one({"principal": {"kind": null}, "role": "sre"})
	verdict == fixture.lacks({"grants.records.principal.roles"}) with input as one({"principal": person(null)})
}

test_no_evidence_action_unknown if {
	verdict == fixture.lacks({"grants.records.action"}) with input as one({"action": null, "role": "sre"})
	verdict == fixture.lacks({"grants.records.action"}) with input as one({"action": null, "principal": null})
	verdict == fixture.nothing with input as one({"action": null})
}

test_no_evidence_no_grant if {
	verdict == fixture.lacks({"grants.records (no grant on this key)"}) with input as key({"grants": fixture.list([])})
}

test_no_evidence_list_cut if {
	verdict == fixture.lacks({"grants.records (the list is cut)"}) with input as key({"grants": fixture.cut([held({})])})
}

test_environment_unknown_is_no_violation if {
	dossier := object.union(one({"principal": person(["sre"])}), {"key": {"environment": null}})
	verdict == fixture.nothing with input as dossier
	verdict == fixture.nothing with input as object.union(reads([read({})]), {"key": {"environment": null}})
}

test_not_applicable if {
	dossier := key({"key": {"status": "inactive"}})
	verdict == fixture.exempt({"the key is inactive"}) with input as dossier
	sandbox := one({"principal": person(["sre"])})
	verdict == fixture.exempt({"the key belongs to the sandbox"})
		with input as object.union(sandbox, {"key": {"environment": "sandbox"}})
}

test_no_evidence_unknown_readers if {
	expected := fixture.lacks({"events.unknown_reads (not stated whether a person read)"})
	verdict == expected with input as key({"events": {"human_reads": [], "unknown_reads": 1}})
	verdict == fixture.nothing with input as key({"events": {"human_reads": [], "unknown_reads": 0}})
}

test_each_violation_is_of_its_element if {
	fixture.failed(said) == {"rights"} with input as one({"role": "devops", "break_glass": false})
	fixture.failed(said) == {"reads"} with input as reads([read({})])
}

test_no_evidence_who_is_in_a_group if {
	every action in ["read", "admin", null] {
		dossier := one({"principal": fixture.group, "action": action})
		fixture.members_unknown in verdict.missing with input as dossier
		fixture.lacking(said) == {"rights"} with input as dossier
	}
	verdict == fixture.nothing with input as one({"principal": fixture.group, "action": "deploy"})
}
