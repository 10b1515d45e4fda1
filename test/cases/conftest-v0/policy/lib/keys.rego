package lib.keys

has_many_networks(key) {
	count(key.ip_allowlist) > 1
} else = true {
	key.key_id == "nb-1"
}
