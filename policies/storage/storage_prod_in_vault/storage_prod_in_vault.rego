# METADATA
# title: Production secrets are kept in a secrets manager or an HSM
# description: >-
#   A secret in a file, an environment or source code is read without leaving a trace. An active production key fails
#   if its value is kept anywhere but in a kind of store on the approved list. A source that says it does not know
#   where the value is kept gives no evidence.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: storage-prod-in-vault
#   severity: critical
#   subject: key
#   applies: {status: active, environment: production}
#   requires: [key.status, key.environment, key.storage]
#   criterion: {params: [approved_storage]}
#   params:
#     approved_storage: [secrets-manager, hsm]
#   action: Rotate production secrets into an approved secrets manager
#   remediation: >-
#     Rotate the key into an approved secrets manager and let the workload read it from there. The copy at the old place
#     counts as leaked.
#   effort: rotation
#   closed_by: >-
#     The inventory shows the value kept in a secrets manager or an HSM, and the rotation log a new secret since the
#     move.
package policies.storage.storage_prod_in_vault

import future.keywords.not

violations contains {
	"message": sprintf("the production secret is kept in %s; approved are %s", [
		storage_names[input.key.storage],
		concat(", ", approved),
	]),
	"facts": {"storage": input.key.storage, "approved": approved, "environment": input.key.environment},
	"records": [input.key.source],
} if {
	input.key.environment == "production"
	not input.key.storage in approved
}

missing contains "key.storage (the source says unknown)" if input.key.storage == "unknown"

params := data.params["storage-prod-in-vault"]

approved := params.approved_storage

storage_names := {
	"secrets-manager": "a secrets manager",
	"hsm": "an HSM",
	"env-var": "an environment variable",
	"file": "a file",
	"ci-variable": "a CI variable",
	"source-code": "source code",
}
