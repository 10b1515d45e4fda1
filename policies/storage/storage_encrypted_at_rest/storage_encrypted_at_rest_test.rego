package policies.storage.storage_encrypted_at_rest_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.storage_encrypted_at_rest.verdict

key(fields) := fixture.key_dossier({"key": object.union({"encrypted_at_rest": true}, fields)})

test_pass_approved_algorithms_however_spelt if {
	every name in ["AES-256-GCM", "aes_256_gcm", "AES256 GCM", "ChaCha20-Poly1305", "SYMMETRIC_DEFAULT"] {
		verdict == fixture.nothing with input as key({"encryption_algorithm": name})
	}
}

test_pass_built_in_encryption_of_the_store if {
	stored := {"storage": "secrets-manager", "kms_key": "alias/payments"}
	verdict == fixture.nothing with input as key(stored)
	verdict == fixture.nothing with input as key(object.union(stored, {"encryption_algorithm": "AES-256"}))
}

test_fail_not_encrypted if {
	expected := {{
		"message": "the stored key is not encrypted",
		"facts": {"encrypted_at_rest": false},
		"records": [fixture.source("row 2")],
	}}
	verdict == fixture.fails(expected) with input as key({"encrypted_at_rest": false})
}

test_fail_algorithm_not_approved if {
	expected := {{
		"message": "encrypted at rest with AES-256-ECB, which is not on the approved list",
		"facts": {
			"encryption_algorithm": "AES-256-ECB",
			"approved": data.params["storage-encrypted-at-rest"].approved_algorithms,
		},
		"records": [fixture.source("row 2")],
	}}
	verdict == fixture.fails(expected)
		with input as key({"encryption_algorithm": "AES-256-ECB", "storage": "hsm", "kms_key": "k"})
}

test_no_evidence_algorithm_not_stated if {
	verdict == fixture.lacks({"key.encryption_algorithm"}) with input as key({})
	verdict == fixture.lacks({"key.encryption_algorithm"})
		with input as key({"encryption_algorithm": "", "storage": "hsm", "kms_key": ""})
}

test_no_evidence_mode_not_stated if {
	expected := fixture.lacks({"key.encryption_algorithm (the mode is not stated)"})
	verdict == expected with input as key({"encryption_algorithm": "AES256", "storage": "file", "kms_key": "k"})
}

test_not_applicable_revoked if {
	verdict == fixture.exempt({"the key is revoked"})
		with input as key({"status": "revoked", "encryption_algorithm": "AES-256-GCM"})
}

test_elements if {
	fixture.failed(said) == {"encrypted"} with input as key({"encrypted_at_rest": false})
	fixture.failed(said) == {"algorithm"} with input as key({"encryption_algorithm": "3DES"})
	fixture.lacking(said) == {"algorithm"} with input as key({"encryption_algorithm": "AES-256"})
}
