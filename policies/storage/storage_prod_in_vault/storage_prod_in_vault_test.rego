package policies.storage.storage_prod_in_vault_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.storage_prod_in_vault.verdict)

key(fields) := fixture.key_dossier({"key": fields})

test_pass_approved_stores if {
	verdict == fixture.nothing with input as key({"storage": "secrets-manager"})
	verdict == fixture.nothing with input as key({"storage": "hsm"})
}

test_fail_every_other_place if {
	every place, words in {
		"env-var": "an environment variable",
		"file": "a file",
		"ci-variable": "a CI variable",
		"source-code": "source code",
	} {
		expected := {{
			"message": sprintf("the production secret is kept in %s; approved are secrets-manager, hsm", [words]),
			"facts": {"storage": place, "approved": ["secrets-manager", "hsm"], "environment": "production"},
			"records": [fixture.source("row 2")],
		}}
		verdict == fixture.fails(expected) with input as key({"storage": place})
	}
}

test_fail_store_not_approved_by_the_bank if {
	count(verdict.violations) == 1 with input as key({"storage": "secrets-manager"})
		with data.params as {"storage-prod-in-vault": {"approved_storage": ["hsm"]}}
}

test_no_evidence_source_says_unknown if {
	verdict == fixture.lacks({"key.storage (the source says unknown)"}) with input as key({"storage": "unknown"})
}

test_unknown_storage_is_no_violation if verdict == fixture.nothing with input as key({"storage": null})

test_unknown_environment_is_no_violation if {
	verdict == fixture.nothing with input as key({"environment": null, "storage": "file"})
}

test_not_applicable_states if {
	verdict == fixture.exempt({"the key is destroyed"}) with input as key({"status": "destroyed", "storage": "hsm"})
	verdict == fixture.exempt({"the key belongs to test"}) with input as key({"environment": "test", "storage": "hsm"})
}
