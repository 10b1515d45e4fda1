# METADATA
# title: Critical keys are protected by an HSM whose certificate is on record
# description: >-
#   A key in software memory can be copied by whoever administers the host. An active key of the critical tier, in
#   whatever environment, fails if its record states that no HSM protects it, or that the HSM has no certificate (the
#   number of its FIPS 140-2 or 140-3 validation). The record is taken at its word: the module is not examined, the
#   certificate is not looked up, and an HSM behind a store may still hand the value out.
# related_resources:
#   - description: NIST Cryptographic Module Validation Program, validated modules
#     ref: https://csrc.nist.gov/projects/cryptographic-module-validation-program/validated-modules/search
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: storage-hsm-critical
#   severity: medium
#   subject: key
#   applies: {status: active}
#   requires: [key.status, key.risk_tier]
#   supposes: [key.risk_tier]
#   elements:
#     - id: hsm
#       title: protection by an HSM
#       shows: Whether the record of a critical key states that an HSM protects it.
#       criterion: none
#       requires: [key.hsm_backed]
#     - id: certificate
#       title: certificate of the HSM
#       shows: Whether the record of a critical key names the validation of its HSM.
#       criterion: none
#       requires: [key.hsm_certificate]
#   action: Move critical keys to an HSM, and record its certificate
#   remediation: >-
#     Move the key to a store that an HSM protects and record the number of the module's validation, or have the
#     exception approved.
#   effort: configuration
#   closed_by: >-
#     The inventory shows that an HSM protects the key, and the number of the module's validation.
package policies.storage.storage_hsm_critical

import future.keywords.not

not_applicable contains not_critical[input.key.risk_tier]

not_applicable contains {"reason": "no HSM protects the key", "elements": ["certificate"]} if {
	input.key.hsm_backed == false
}

violations contains {
	"element": "hsm",
	"message": "the record of the critical key states that no HSM protects it",
	"facts": {"risk_tier": "critical", "hsm_backed": false},
	"records": [input.key.source],
} if {
	critical
	input.key.hsm_backed == false
}

violations contains {
	"element": "certificate",
	"message": "the record of the critical key states that there is no certificate of an HSM",
	"facts": {"risk_tier": "critical", "hsm_certificate": ""},
	"records": [input.key.source],
} if {
	critical
	not input.key.hsm_backed == false
	trim_space(input.key.hsm_certificate) == ""
}

critical if input.key.risk_tier == "critical"

not_critical := {
	"high": "the risk tier of the key is high",
	"medium": "the risk tier of the key is medium",
	"low": "the risk tier of the key is low",
}
