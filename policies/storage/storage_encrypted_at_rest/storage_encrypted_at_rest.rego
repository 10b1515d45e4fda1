# METADATA
# title: Stored keys are encrypted with AES-256 or an equivalent
# description: >-
#   Whoever copies an unencrypted store has every key in it. An active key fails if its stored value is not
#   encrypted, or is encrypted with an algorithm that is not on the approved list (spelling and separators do not
#   matter). If the algorithm is not stated, a secrets manager or HSM whose record names the wrapping key is accepted
#   with its built-in encryption; any other lacks evidence, and so does AES-256 without a mode, which may be an
#   unauthenticated one.
# related_resources:
#   - description: OWASP Cryptographic Storage Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Cryptographic_Storage_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: storage-encrypted-at-rest
#   severity: high
#   subject: key
#   applies: {status: active}
#   requires: [key.status, key.encrypted_at_rest]
#   elements:
#     - id: encrypted
#       title: encryption of the stored key
#       shows: Whether the stored key is encrypted, as its store states it.
#       criterion: none
#     - id: algorithm
#       title: algorithm of the encryption
#       shows: >-
#         Whether the stored key is encrypted with an approved algorithm, or by a store that is accepted with its own.
#       criterion: {params: [approved_algorithms, modeless_algorithms, default_encrypted_storage]}
#   params:
#     approved_algorithms:
#       - AES-256-GCM
#       - AES-256-CBC-HMAC-SHA256
#       - AES-256-CBC-HMAC-SHA512
#       - ChaCha20-Poly1305
#       - XChaCha20-Poly1305
#       - SYMMETRIC_DEFAULT
#       - GOOGLE_SYMMETRIC_ENCRYPTION
#     modeless_algorithms: [AES-256]
#     default_encrypted_storage: [secrets-manager, hsm]
#   action: Encrypt the stored key, and rotate it
#   remediation: >-
#     Move the key to a store that encrypts with an approved algorithm, or turn encryption on and rotate the key, since
#     the unencrypted copy may have been read.
#   effort: configuration
#   closed_by: >-
#     The inventory shows the stored value encrypted with an approved algorithm, and the rotation log a new secret
#     since it was in clear.
package policies.storage.storage_encrypted_at_rest

import future.keywords.not

not_applicable contains {"reason": "the stored key is not encrypted", "elements": ["algorithm"]} if {
	input.key.encrypted_at_rest == false
}

violations contains {
	"element": "encrypted",
	"message": "the stored key is not encrypted",
	"facts": {"encrypted_at_rest": false},
	"records": [input.key.source],
} if {
	input.key.encrypted_at_rest == false
}

violations contains {
	"element": "algorithm",
	"message": sprintf("encrypted at rest with %s, which is not on the approved list", [input.key.encryption_algorithm]),
	"facts": {"encryption_algorithm": input.key.encryption_algorithm, "approved": params.approved_algorithms},
	"records": [input.key.source],
} if {
	input.key.encrypted_at_rest == true
	algorithm != ""
	not approved
	not modeless
}

missing contains {"path": "key.encryption_algorithm", "elements": ["algorithm"]} if {
	input.key.encrypted_at_rest == true
	not stated
	not built_in
}

missing contains {"path": "key.encryption_algorithm (the mode is not stated)", "elements": ["algorithm"]} if {
	input.key.encrypted_at_rest == true
	not built_in
	modeless
}

params := data.params["storage-encrypted-at-rest"]

algorithm := plain(input.key.encryption_algorithm)

stated if algorithm != ""

# Most sources spell it as the list does; only the others pay for the comparison of spellings.
approved if {
	input.key.encryption_algorithm in params.approved_algorithms
} else if {
	some name in params.approved_algorithms
	plain(name) == algorithm
}

modeless if {
	some name in params.modeless_algorithms
	plain(name) == algorithm
}

built_in if {
	input.key.storage in params.default_encrypted_storage
	input.key.kms_key != ""
	is_string(input.key.kms_key)
}

plain(name) := replace(replace(replace(lower(name), "-", ""), "_", ""), " ", "")
