package main

import data.lib.keys

default is_production = false

is_production {
	input.key.environment == "production"
}

deny[msg] {
	is_production
	keys.has_many_networks(input.key)
	msg = sprintf("%s is reachable from several networks", [input.key.key_id])
}

warn_networks[{"msg": msg, "networks": input.key.ip_allowlist}] {
	count(input.key.ip_allowlist) > 0
	msg := "few networks"
}
