package policies.inventory.inv_complete_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.inv_complete.verdict

organisation(unknown_keys, fields) := fixture.dossier("organisation", object.union(
	{
		"unknown_keys": unknown_keys,
		"undecided_keys": fixture.list([]),
		"supplied": {"events": 900},
		"attestations": null,
	},
	fields,
))

shared(records) := organisation(fixture.list([]), {"undecided_keys": records})

entry(key_id, seen_in, records) := {
	"key_id": key_id,
	"seen_in": seen_in,
	"count": records,
	"source": fixture.source(seen_in),
}

excuse(fields) := {"attestations": fixture.list([fixture.document("inv-complete", object.union(
	{"not_applicable_reason": "the bank has no keys of its own"},
	fields,
))])}

violation(key_id, named_in, records, severity) := {
	"message": sprintf(`no inventory record has the key "%s", which is named in %s`, [key_id, concat(", ", named_in)]),
	"facts": {"key": key_id, "named_in": named_in},
	"records": [fixture.source(record) | some record in records],
	"severity": severity,
}

test_pass_every_key_is_known if verdict == fixture.nothing with input as organisation(fixture.list([]), {})

test_fail_critical_where_an_audit_log_names_it if {
	expected := {violation("k1", ["rotation logs (3)", "audit logs (12)"], ["rotations", "events"], "critical")}
	found := fixture.list([entry("k1", "rotations", 3), entry("k1", "events", 12)])
	verdict == fixture.fails(expected) with input as organisation(found, {})
}

test_fail_a_name_that_several_keys_share_is_joined_to_none if {
	sepa := object.union(entry("sepa", "events", 12), {"candidates": ["k2", "k1"]})
	expected := {{
		"message": concat(" ", [
			`"sepa", which is named in audit logs (12), may be k1 or k2;`,
			"nothing on record decides, so it was joined to none",
		]),
		"facts": {"key": "sepa", "named_in": ["audit logs (12)"], "may_be": ["k1", "k2"]},
		"records": [fixture.source("events")],
		"severity": "medium",
	}}
	verdict == fixture.fails(expected) with input as shared(fixture.list([sepa]))
}

test_fail_each_key_where_other_records_name_it if {
	expected := {
		violation("k1", ["access grants (1)"], ["grants"], "high"),
		violation("k2", ["secret findings (2)"], ["secret_findings"], "high"),
	}
	found := fixture.list([entry("k1", "grants", 1), entry("k2", "secret_findings", 2)])
	verdict == fixture.fails(expected) with input as organisation(found, {})
}

test_fail_names_the_total_of_a_list_that_is_cut if {
	expected := {
		violation("k1", ["access grants (1)"], ["grants"], "high"),
		{
			"message": "1 of 2 entries of keys without an inventory record are listed, one for each key and kind of record",
			"facts": {"listed": 1, "entries": 2},
			"records": [fixture.source("grants")],
		},
	}
	verdict == fixture.fails(expected) with input as organisation(fixture.cut([entry("k1", "grants", 1)]), {})
}

test_names_are_not_all_known_where_their_list_is_cut if {
	cut := shared(fixture.cut([object.union(entry("sepa", "events", 12), {"candidates": ["k1", "k2"]})]))
	verdict.missing == {"undecided_keys.records (the list is cut)"} with input as cut
	fixture.lacking(said) == {"named"} with input as cut
}

test_fail_an_undecided_record_of_the_inventory_needs_no_log if {
	row := object.union(entry("projects/4711/secrets/sepa", "keys", 1), {"candidates": ["projects/nb/secrets/sepa"]})
	alone := object.union(shared(fixture.list([row])), {"unknown_keys": null, "supplied": {"events": null}})
	{found.severity | some found in verdict.violations} == {"medium"} with input as alone
	fixture.failed(said) == {"named"} with input as alone
}

test_violations_name_their_element if {
	fixture.failed(said) == {"listed"} with input as organisation(fixture.list([entry("k1", "events", 1)]), {})
	ambiguous := object.union(entry("k1", "events", 1), {"candidates": ["k1-a", "k1-b"]})
	fixture.failed(said) == {"named"} with input as shared(fixture.list([ambiguous]))
}

test_fail_no_document_excuses_a_key_that_records_name if {
	outcome := verdict with input as organisation(fixture.list([entry("k1", "events", 1)]), excuse({}))
	outcome.not_applicable == set()
	count(outcome.violations) == 1
}

test_no_evidence_without_an_audit_log if {
	expected := fixture.lacks({"supplied.events (no audit log names keys)"})
	every events in [null, 0] {
		verdict == expected with input as organisation(fixture.list([]), {"supplied": {"events": events}})
	}
}

test_no_evidence_nothing_names_keys if verdict.violations == set() with input as organisation(null, {})

test_not_applicable_by_a_document if {
	reason := "the bank has no keys of its own (Key management policy, approved by CISO)"
	verdict == fixture.exempt({reason}) with input as organisation(fixture.list([]), excuse({}))
	verdict == fixture.nothing with input as organisation(fixture.list([]), excuse({"owner": ""}))
}
