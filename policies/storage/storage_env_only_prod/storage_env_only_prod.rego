# METADATA
# title: A variable or file is never the only place of a production secret
# description: >-
#   A variable or a file does not record who read it, and a new secret reaches it only if somebody remembers. An active
#   key of an environment on the list (production) whose value is kept in an environment variable, a file or a CI
#   variable fails if its record states that there is no vault entry the copy is filled from. A value kept in a
#   secrets manager or an HSM passes. Reading chosen: the record must name the entry; whether the entry exists and holds
#   the same value is not tested. A key in source code is left to storage-prod-in-vault, and a source that says it does
#   not know where the value is kept gives no evidence.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: storage-env-only-prod
#   severity: high
#   subject: key
#   applies: {status: active}
#   requires: [key.status, key.environment, key.storage]
#   supposes: [key.environment]
#   criterion: {params: [environments]}
#   params:
#     environments: [production]
#     unmanaged_storage: [env-var, file, ci-variable]
#   action: Put the secret into the secrets manager, and fill the variable from there
#   remediation: >-
#     Put the secret into the secrets manager, fill the variable or file from there at start, and name the entry in the
#     inventory. Then rotate the key.
#   effort: code
#   closed_by: >-
#     The inventory names the entry of the secrets manager that the variable or file is filled from.
package policies.storage.storage_env_only_prod

import future.keywords.not

import data.lib.lifecycle

not_applicable contains reason if {
	not input.key.environment in params.environments
	reason := lifecycle.reasons.key.environment[input.key.environment]
}

not_applicable contains "the secret is kept in source code, which storage-prod-in-vault judges" if {
	input.key.storage == "source-code"
	not unmanaged
}

violations contains {
	"message": sprintf("the %s secret is kept in %s, and its record states that no vault entry stands behind it", [
		input.key.environment,
		place,
	]),
	"facts": {"storage": input.key.storage, "vault_ref": "", "environment": input.key.environment},
	"records": [input.key.source],
} if {
	input.key.environment in params.environments
	unmanaged
	trim_space(input.key.vault_ref) == ""
}

missing contains "key.vault_ref" if {
	unmanaged
	not is_string(input.key.vault_ref)
}

missing contains "key.storage (the source says unknown)" if input.key.storage == "unknown"

unmanaged if input.key.storage in params.unmanaged_storage

params := data.params["storage-env-only-prod"]

place := object.get(storage_names, input.key.storage, input.key.storage)

storage_names := {
	"env-var": "an environment variable",
	"file": "a file",
	"ci-variable": "a CI variable",
}
