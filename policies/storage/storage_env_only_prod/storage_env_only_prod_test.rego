package policies.storage.storage_env_only_prod_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.storage_env_only_prod.verdict)

key(fields) := fixture.key_dossier({"key": fields})

violation(storage, words) := {
	"message": sprintf(
		"the production secret is kept in %s, and its record states that no vault entry stands behind it",
		[words],
	),
	"facts": {"storage": storage, "vault_ref": "", "environment": "production"},
	"records": [fixture.source("row 2")],
}

test_pass_in_a_vault if {
	verdict == fixture.nothing with input as key({"storage": "secrets-manager"})
	verdict == fixture.nothing with input as key({"storage": "hsm", "vault_ref": ""})
}

test_pass_copy_of_a_vault_entry if {
	every storage in ["env-var", "file", "ci-variable"] {
		verdict == fixture.nothing with input as key({"storage": storage, "vault_ref": "kv/payments/acquirer"})
	}
}

test_fail_no_vault_entry if {
	every storage, words in {
		"env-var": "an environment variable",
		"file": "a file",
		"ci-variable": "a CI variable",
	} {
		verdict == fixture.fails({violation(storage, words)}) with input as key({"storage": storage, "vault_ref": ""})
	}
}

test_fail_blank_vault_entry if {
	expected := fixture.fails({violation("file", "a file")})
	verdict == expected with input as key({"storage": "file", "vault_ref": " "})
}

test_fail_other_places_where_the_bank_lists_them if {
	expected := fixture.fails({violation("source-code", "source-code")})
	verdict == expected with input as key({"storage": "source-code", "vault_ref": ""})
		with data.params as {"storage-env-only-prod": {"environments": ["production"], "unmanaged_storage": ["source-code"]}}
}

test_no_evidence_vault_entry_unknown if {
	verdict == fixture.lacks({"key.vault_ref"}) with input as key({"storage": "env-var", "vault_ref": null})
	verdict == fixture.lacks({"key.vault_ref"}) with input as key({"storage": "env-var"})
}

test_no_evidence_source_says_unknown if {
	expected := fixture.lacks({"key.storage (the source says unknown)"})
	verdict == expected with input as key({"storage": "unknown", "vault_ref": ""})
}

test_unknown_environment_is_no_violation if {
	verdict == fixture.nothing with input as key({"environment": null, "storage": "file", "vault_ref": ""})
}

test_not_applicable_states if {
	verdict == fixture.exempt({"the key is revoked"}) with input as key({"status": "revoked", "storage": "hsm"})
	verdict == fixture.exempt({"the key belongs to development"})
		with input as key({"environment": "development", "storage": "hsm"})
}

test_not_applicable_source_code if {
	expected := fixture.exempt({"the secret is kept in source code, which storage-prod-in-vault judges"})
	verdict == expected with input as key({"storage": "source-code"})
}

test_fail_other_environments_where_the_bank_lists_them if {
	params := object.union(data.params["storage-env-only-prod"], {"environments": ["staging", "development"]})
	messages := {violation.message | some violation in verdict.violations}
		with data.params as {"storage-env-only-prod": params}
		with input as key({"environment": "staging", "storage": "file", "vault_ref": ""})
	messages == {"the staging secret is kept in a file, and its record states that no vault entry stands behind it"}
	verdict == fixture.exempt({"the key belongs to production"}) with data.params as {"storage-env-only-prod": params}
		with input as key({"storage": "file", "vault_ref": ""})
}
