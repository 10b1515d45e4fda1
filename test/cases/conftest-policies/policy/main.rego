package main

deny contains msg if {
	input.key.environment == "production"
	msg := sprintf("%s is a production key", [input.key.key_id])
}

# METADATA
# title: Keys are reachable from few networks
# description: From a policy as conftest has it, with an object for a message.
# custom:
#   severity: medium
warn_networks contains {"msg": "few networks", "networks": input.key.ip_allowlist, "pair": {"a": 1}} if input.key.key_id == "nb-2"

# METADATA
# custom:
#   subject: principal
violation contains {"msg": "a person"} if input.principal.kind == "human"

deny_excepted contains "never shown" if true

exception contains rules if rules := ["excepted"]

deny_quiet contains "never" if input.key.key_id == "nb-9"
