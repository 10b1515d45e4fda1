package policies.access.access_least_privilege_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.access_least_privilege.verdict

key(scopes, approved) := fixture.key_dossier({
	"key": {"scopes": scopes, "approved_scopes": approved, "type": "api-key"},
})

beyond(message, excess, approved) := {
	"message": message,
	"facts": {"excess": excess, "approved": approved},
	"records": [fixture.source("row 2")],
}

wild(scopes) := {
	"message": sprintf("holds wildcard or administration scopes: %s", [concat(", ", scopes)]),
	"facts": {"wildcards": scopes, "type": "api-key"},
	"records": [fixture.source("row 2")],
	"severity": "critical",
}

test_pass_as_approved if {
	verdict == fixture.nothing with input as key(["payments:read"], ["payments:read", "payments:write"])
}

test_pass_no_scopes if verdict == fixture.nothing with input as key([], [])

test_pass_below_an_approved_wildcard if verdict == fixture.nothing with input as key(["payments:read"], ["payments:*"])

test_pass_word_inside_a_name if {
	verdict == fixture.nothing with input as key(["administrative-data:read"], ["administrative-data:read"])
}

test_fail_beyond_approval if {
	expected := {beyond("granted beyond approval: fx:read, fx:write", ["fx:read", "fx:write"], ["payments:read"])}
	verdict == fixture.fails(expected) with input as key(["fx:write", "payments:read", "fx:read"], ["payments:read"])
}

test_fail_nothing_approved if {
	expected := {beyond("granted beyond approval: fx:read", ["fx:read"], [])}
	verdict == fixture.fails(expected) with input as key(["fx:read"], [])
}

test_fail_critical_wildcards_even_when_approved if {
	every scope in ["*", "payments:*", "Admin", "ledger.admin.write", "api/root"] {
		verdict == fixture.fails({wild([scope])}) with input as key([scope], [scope])
	}
}

test_fail_critical_wildcard_with_unknown_approval if {
	verdict == fixture.fails({wild(["*"])}) with input as key(["*"], null)
}

test_pass_wildcard_of_an_administration_key if {
	dossier := object.union(key(["*"], ["*"]), {"key": {"type": "admin-key"}})
	verdict == fixture.nothing with input as dossier
}

test_unknown_approval_is_no_violation if verdict == fixture.nothing with input as key(["fx:read"], null)

test_not_applicable_inactive if {
	dossier := object.union(key([], []), {"key": {"status": "inactive"}})
	verdict == fixture.exempt({"the key is inactive"}) with input as dossier
}

test_violations_name_their_element if {
	wide := {"scopes": ["*"], "approved_scopes": ["*"], "type": "api-key", "status": "active"}
	fixture.failed(said) == {"wildcards"} with input as fixture.key_dossier({"key": wide})
	beyond := {"scopes": ["a:write"], "approved_scopes": ["a:read"], "type": "api-key", "status": "active"}
	fixture.failed(said) == {"scopes"} with input as fixture.key_dossier({"key": beyond})
}
