package policies.storage.storage_hsm_critical_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.storage_hsm_critical.verdict

key(fields) := fixture.key_dossier({"key": object.union(
	{"risk_tier": "critical", "hsm_backed": true, "hsm_certificate": "FIPS 140-3 certificate 0000"},
	fields,
)})

violation(message, facts) := {
	"message": message,
	"facts": object.union({"risk_tier": "critical"}, facts),
	"records": [fixture.source("row 2")],
}

uncertified := violation(
	"the record of the critical key states that there is no certificate of an HSM",
	{"hsm_certificate": ""},
)

test_pass_in_an_hsm_with_a_certificate if verdict == fixture.nothing with input as key({})

test_fail_no_hsm if {
	expected := {violation("the record of the critical key states that no HSM protects it", {"hsm_backed": false})}
	verdict == fixture.fails(expected) with input as key({"hsm_backed": false})
	verdict == fixture.fails(expected)
		with input as key({"hsm_backed": false, "hsm_certificate": "", "environment": "test"})
}

test_fail_no_certificate if {
	verdict == fixture.fails({uncertified}) with input as key({"hsm_certificate": ""})
	verdict == fixture.fails({uncertified}) with input as key({"hsm_certificate": " "})
}

test_fail_no_certificate_of_an_hsm_that_is_unknown if {
	verdict == fixture.fails({uncertified}) with input as key({"hsm_backed": null, "hsm_certificate": ""})
}

test_unknown_values_are_no_violation if {
	verdict == fixture.nothing with input as key({"hsm_backed": null})
	verdict == fixture.nothing with input as key({"hsm_certificate": null})
	verdict == fixture.nothing with input as key({"risk_tier": null, "hsm_backed": false})
	verdict == fixture.nothing with input as key({"risk_tier": null, "hsm_certificate": ""})
}

test_not_applicable_other_tiers if {
	every tier in ["high", "medium", "low"] {
		expected := fixture.exempt({sprintf("the risk tier of the key is %s", [tier])})
		verdict == expected with input as key({"risk_tier": tier, "hsm_backed": false})
	}
}

test_not_applicable_revoked if {
	verdict == fixture.exempt({"the key is revoked"}) with input as key({"status": "revoked"})
}

test_elements if {
	fixture.failed(said) == {"hsm"} with input as key({"hsm_backed": false})
	fixture.failed(said) == {"certificate"} with input as key({"hsm_certificate": ""})
}
