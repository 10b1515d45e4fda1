package policies.inventory.inv_prefix_env_match_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.inv_prefix_env_match.verdict

key(prefix, fields) := fixture.key_dossier({
	"key": object.union({"prefix": prefix, "scopes": ["payments:read"]}, fields),
})

misplaced(pattern, environment) := {
	"message": sprintf("the prefix %s belongs to production; the inventory places the key in %s", [pattern, environment]),
	"facts": {"prefix": pattern, "environment": environment},
	"records": [fixture.source("row 2")],
}

unrestricted(pattern, wildcards) := {
	"message": sprintf("the prefix %s promises limited scopes; the key holds %s", [pattern, concat(", ", wildcards)]),
	"facts": {"prefix": pattern, "wildcards": wildcards},
	"records": [fixture.source("row 2")],
}

outside := ["staging", "development", "test", "sandbox"]

params := data.params["inv-prefix-env-match"]

test_pass_each_pattern_where_it_belongs if {
	every pattern in params.production { verdict == fixture.nothing with input as key(pattern, {}) }
	every pattern in params.outside_production {
		every environment in outside { verdict == fixture.nothing with input as key(pattern, {"environment": environment}) }
	}
}

test_pass_restricted_key_with_limited_scopes if {
	verdict == fixture.nothing with input as key("rest_", {"environment": null})
	verdict == fixture.nothing with input as key("rk_live_", {})
}

test_fail_live_key_recorded_elsewhere if {
	every environment in outside {
		expected := {misplaced("live_", environment)}
		verdict == fixture.fails(expected) with input as key("live_", {"environment": environment})
	}
}

test_fail_test_key_recorded_in_production if {
	expected := {{
		"message": "the prefix sk_test_ belongs outside production; the inventory places the key in production",
		"facts": {"prefix": "sk_test_", "environment": "production"},
		"records": [fixture.source("row 2")],
	}}
	verdict == fixture.fails(expected) with input as key("sk_test_51Ab", {})
}

test_fail_however_the_prefix_is_written if {
	expected := {misplaced("live_", "test")}
	every prefix in ["live", "LIVE_", " live-", "live-9a"] {
		verdict == fixture.fails(expected) with input as key(prefix, {"environment": "test"})
	}
}

test_fail_restricted_key_with_a_wildcard if {
	expected := {unrestricted("rk_", ["*", "payments:*"])}
	scopes := {"scopes": ["*", "payments:*", "cards:read"], "environment": null}
	verdict == fixture.fails(expected) with input as key("rk_", scopes)
}

test_fail_on_both_counts if {
	expected := {unrestricted("rk_", ["*"]), misplaced("rk_live_", "staging")}
	verdict == fixture.fails(expected) with input as key("rk_live_", {"scopes": ["*"], "environment": "staging"})
}

test_no_evidence_environment_unknown if {
	verdict == fixture.lacks({"key.environment"}) with input as key("test_", {"environment": null})
}

test_no_evidence_scopes_unknown if {
	verdict == fixture.lacks({"key.scopes"}) with input as key("rest_", {"scopes": null})
}

test_no_evidence_prefix_unknown if verdict == fixture.nothing with input as key(null, {})

test_not_applicable_no_prefix if {
	verdict == fixture.exempt({"the key carries no prefix"}) with input as key(" ", {})
}

test_not_applicable_no_pattern if {
	every prefix in ["acme_", "liver_", "de"] {
		verdict == fixture.exempt({"no pattern is set for the prefix of the key"}) with input as key(prefix, {})
	}
}

test_not_applicable_revoked if {
	verdict == fixture.exempt({"the key is revoked"}) with input as key("live_", {"status": "revoked"})
}

test_elements if {
	fixture.failed(said) == {"environment"} with input as key("live_", {"environment": "test"})
	fixture.failed(said) == {"environment"} with input as key("test_", {})
	fixture.failed(said) == {"scopes"} with input as key("rk_live_", {"scopes": ["*"]})
	fixture.lacking(said) == {"environment"} with input as key("live_", {"environment": null})
	fixture.lacking(said) == {"scopes"} with input as key("rest_", {"scopes": null})
}

test_what_no_pattern_is_set_for_does_not_apply if {
	live := said with input as key("live_", {})
	{reason.elements | some reason in live.not_applicable} == {["scopes"]}
	rest := said with input as key("rest_", {})
	{reason.elements | some reason in rest.not_applicable} == {["environment"]}
}
