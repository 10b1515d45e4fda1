package policies.incident.ir_backup_credential_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.ir_backup_credential.verdict

spare := {"key_id": "spare", "status": "inactive", "storage": "secrets-manager", "source": fixture.source("row 3")}

dossier(key, standby) := fixture.key_dossier({
	"key": object.union(
		{"risk_tier": "critical", "standby_key": "spare", "standby_tested_at": fixture.days_ago(20)},
		key,
	),
	"standby": standby,
	"attestations": fixture.list([fixture.document("ir-backup-credential", {})]),
})

key(fields) := dossier(fields, {"found": true, "key": spare})

standby(fields) := dossier({}, {"found": true, "key": object.union(spare, fields)})

violation(message, facts, records) := {
	"message": message,
	"facts": facts,
	"records": [fixture.source(record) | some record in records],
}

test_attested_standby_tested_at_the_limit if {
	verdict == fixture.nothing with input as key({"standby_tested_at": fixture.days_ago(180)})
	verdict == fixture.nothing with input as standby({"storage": "hsm"})
}

test_fail_tested_one_ms_too_long_ago if {
	expected := {violation(
		"the standby was last tested on 2026-04-03, more than 180 days before the as-of date; the limit is 180 days",
		{"standby_key": "spare", "tested": "2026-04-03", "limit_days": 180},
		["row 2"],
	)}
	verdict == fixture.fails(expected)
		with input as key({"standby_tested_at": fixture.one_ms_older(fixture.days_ago(180))})
}

test_fail_never_tested if {
	expected := {violation(
		"the standby was never tested",
		{"standby_key": "spare", "tested": "never", "limit_days": 180},
		["row 2"],
	)}
	verdict == fixture.fails(expected) with input as key({"standby_tested_at": fixture.never})
}

test_fail_no_standby if {
	expected := {violation("the record states that the critical key has no standby", {"standby_key": ""}, ["row 2"])}
	verdict == fixture.fails(expected) with input as dossier({"standby_key": " ", "standby_tested_at": null}, null)
}

test_fail_standby_is_not_in_the_inventory if {
	expected := {violation("the standby spare is not in the inventory", {"standby_key": "spare"}, ["row 2"])}
	verdict == fixture.fails(expected) with input as dossier({}, {"found": false, "key": null})
}

test_fail_standby_cannot_take_over if {
	expected := {violation(
		"the standby cannot take over: the key is revoked",
		{"standby_key": "spare", "status": "revoked"},
		["row 2", "row 3"],
	)}
	verdict == fixture.fails(expected) with input as standby({"status": "revoked"})
}

test_violations_name_their_element if {
	fixture.failed(said) == {"standby"} with input as dossier({"standby_key": "", "standby_tested_at": null}, null)
	fixture.failed(said) == {"standby"} with input as dossier({}, {"found": false, "key": null})
	fixture.failed(said) == {"standby"} with input as standby({"status": "expired"})
	fixture.failed(said) == {"held-back"} with input as standby({"storage": "file"})
	fixture.failed(said) == {"powerless"} with input as standby({"status": "active", "scopes": ["payments:write"]})
	fixture.failed(said) == {"tested"} with input as key({"standby_tested_at": fixture.never})
	fixture.failed(said) == {"test"} with input as key({"standby_tested_at": fixture.days_ago(181)})
}

test_without_a_standby_nothing_is_held_back_or_tested if {
	none := {one.reason: one.elements | some one in said.not_applicable}
		with input as dossier({"standby_key": "", "standby_tested_at": null}, null)
	none == {"the key has no standby": ["held-back", "powerless", "tested", "test"]}
	unlisted := {one.reason: one.elements | some one in said.not_applicable}
		with input as dossier({}, {"found": false, "key": null})
	unlisted == {"the inventory lacks the standby": ["held-back", "powerless"]}
}

test_fail_standby_in_a_file if {
	expected := {violation(
		"the standby is kept in file; approved are secrets-manager, hsm",
		{"standby_key": "spare", "storage": "file", "approved": ["secrets-manager", "hsm"]},
		["row 2", "row 3"],
	)}
	verdict == fixture.fails(expected) with input as standby({"storage": "file"})
}

test_fail_report_that_does_not_count if {
	defective := fixture.list([fixture.document("ir-backup-credential", {"approver": ""})])
	violations := verdict.violations with input as object.union(key({}), {"attestations": defective})
	{violation.facts.defects | some violation in violations} == {["no approver"]}
}

test_no_evidence_no_report if {
	verdict == fixture.lacks({"attestations (none for this rule)"})
		with input as object.union(key({}), {"attestations": fixture.list([])})
}

test_no_evidence_standby_not_looked_up if verdict == fixture.lacks({"standby"}) with input as dossier({}, null)

test_no_evidence_state_of_the_standby if {
	verdict == fixture.lacks({"standby.key.status"}) with input as standby({"status": null})
	active := "standby.key.scopes (the standby is active)"
	verdict == fixture.lacks({active}) with input as standby({"status": "active"})
	verdict == fixture.nothing with input as standby({"status": "active", "scopes": []})
	in_use := {violation.message | some violation in verdict.violations}
		with input as standby({"status": "active", "scopes": ["payments:write"]})
	in_use == {"the standby is active with scopes of its own: payments:write"}
}

test_no_evidence_place_of_the_standby if {
	verdict == fixture.lacks({"standby.key.storage"}) with input as standby({"storage": null})
	verdict == fixture.lacks({"standby.key.storage"}) with input as standby({"storage": "unknown"})
}

test_no_evidence_test_undated if {
	verdict == fixture.lacks({"key.standby_tested_at"}) with input as key({"standby_tested_at": null})
	future := "key.standby_tested_at (after the as-of date)"
	verdict == fixture.lacks({future}) with input as key({"standby_tested_at": fixture.days_ago(-1)})
	zone := "key.standby_tested_at (time zone unknown)"
	verdict == fixture.lacks({zone}) with input as key({"standby_tested_at": fixture.zone_unknown(180)})
}

test_not_applicable if {
	verdict == fixture.exempt({"the key is of the high tier"}) with input as key({"risk_tier": "high"})
	verdict == fixture.exempt({"the key is revoked"}) with input as key({"status": "revoked"})
	reason := {"not_applicable_reason": "the partner issues one key only"}
	excused := {"attestations": fixture.list([fixture.document("ir-backup-credential", reason)])}
	outcome := verdict with input as object.union(key({}), excused)
	outcome.not_applicable == {"the partner issues one key only (Key management policy, approved by CISO)"}
}

test_unknown_tier_is_no_violation if {
	verdict.violations == set() with input as key({"risk_tier": null, "standby_key": ""})
}
