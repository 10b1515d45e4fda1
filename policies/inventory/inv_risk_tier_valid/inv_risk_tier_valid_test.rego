package policies.inventory.inv_risk_tier_valid_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.inv_risk_tier_valid.verdict)

key(fields) := fixture.key_dossier({"key": object.union(
	{"risk_tier": "low", "scopes": ["merchants:read"], "data_categories": ["merchant master data"]},
	fields,
)})

understated(tier, least, named_by, environment) := {{
	"message": sprintf("the risk tier is %s; %s is the least for %s", [tier, least, concat(", ", named_by)]),
	"facts": {"risk_tier": tier, "least_tier": least, "named_by": named_by, "environment": environment},
	"records": [fixture.source("row 2")],
}}

test_pass_no_use_of_the_list if verdict == fixture.nothing with input as key({})

test_pass_exactly_the_least_tier if {
	verdict == fixture.nothing with input as key({"risk_tier": "critical", "scopes": ["payments:write"]})
	verdict == fixture.nothing with input as key({"risk_tier": "high", "scopes": ["accounts.read"]})
	verdict == fixture.nothing with input as key({"risk_tier": "medium", "data_categories": ["reporting"]})
}

test_pass_payments_outside_production if {
	verdict == fixture.nothing with input as key({"scopes": ["payments:write", "accounts:read"], "environment": "sandbox"})
}

test_pass_words_are_whole if {
	verdict == fixture.nothing with input as key({"scopes": ["scorecards:read", "accountants/read", "merchants:*"]})
}

test_pass_critical_needs_no_proof_of_use if {
	verdict == fixture.nothing with input as key({"risk_tier": "critical", "scopes": null, "data_categories": null})
}

test_fail_one_tier_below if {
	expected := understated("high", "critical", ["Payments:Write", "transfers"], "production")
	verdict == fixture.fails(expected)
		with input as key({"risk_tier": "high", "scopes": ["Payments:Write", "hooks", "transfers"]})
}

test_fail_on_the_most_demanding_use if {
	expected := understated("low", "critical", ["payments:read"], "production")
	scopes := ["payments:read", "accounts:read", "reports:read"]
	verdict == fixture.fails(expected) with input as key({"scopes": scopes})
}

test_fail_data_category if {
	expected := understated("medium", "high", ["account-records"], "production")
	verdict == fixture.fails(expected) with input as key({"risk_tier": "medium", "data_categories": ["account-records"]})
}

test_fail_payment_data if {
	expected := understated("medium", "high", ["payment history"], "production")
	verdict == fixture.fails(expected) with input as key({"risk_tier": "medium", "data_categories": ["payment history"]})
}

test_fail_scope_on_everything if {
	expected := understated("low", "critical", ["*"], "production")
	verdict == fixture.fails(expected) with input as key({"scopes": ["*"]})
}

test_fail_reporting_outside_production if {
	expected := understated("low", "medium", ["statements_read"], "staging")
	verdict == fixture.fails(expected) with input as key({"scopes": ["statements_read"], "environment": "staging"})
}

test_fail_though_the_categories_are_unknown if {
	expected := understated("low", "high", ["accounts:read"], "production")
	verdict == fixture.fails(expected) with input as key({"scopes": ["accounts:read"], "data_categories": null})
}

test_no_evidence_scopes_or_categories_unknown if {
	verdict == fixture.lacks({"key.scopes"}) with input as key({"scopes": null})
	verdict == fixture.lacks({"key.data_categories"}) with input as key({"data_categories": null})
}

test_no_evidence_nothing_stated if {
	expected := fixture.lacks({"key.scopes (neither a scope nor a category of data is stated)"})
	verdict == expected with input as key({"scopes": [], "data_categories": []})
}

test_fail_reporting_in_an_unknown_environment if {
	expected := understated("low", "medium", ["reports:read"], null)
	verdict == fixture.fails(expected)
		with input as key({"scopes": ["payments:write", "reports:read"], "environment": null})
}

test_no_evidence_environment_or_tier_unknown if {
	verdict == fixture.nothing with input as key({"environment": null, "scopes": ["payments:write"]})
	verdict == fixture.nothing with input as key({"risk_tier": null, "scopes": ["payments:write"]})
}

test_not_applicable_revoked if {
	outcome := verdict with input as key({"status": "revoked"})
	outcome.not_applicable == {"the key is revoked"}
}
