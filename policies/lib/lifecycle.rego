# METADATA
# title: States that put a subject out of a policy's reach
# description: >-
#   Only a state the source asserts is here. An unknown status or environment is missing evidence, never a reason for not applying.
package lib.lifecycle

# METADATA
# description: Reasons why a rule about working keys does not concern a key, by status. An active key has none.
not_active := {
	"inactive": "the key is inactive",
	"revoked": "the key is revoked",
	"expired": "the key has expired",
	"pending-deletion": "the key is pending deletion",
	"destroyed": "the key is destroyed",
}

# METADATA
# description: What a rule about certain environments says of a key of another one, by environment.
environment_of_key := object.union(key_outside_production, {"production": "the key belongs to production"})

# METADATA
# description: Reasons why a rule about production does not concern a key, by environment.
key_outside_production := {
	"staging": "the key belongs to staging",
	"development": "the key belongs to development",
	"test": "the key belongs to test",
	"sandbox": "the key belongs to the sandbox",
}

# METADATA
# description: Reasons why a rule about production does not concern a route, by environment.
route_outside_production := {
	"staging": "the route belongs to staging",
	"development": "the route belongs to development",
	"test": "the route belongs to test",
	"sandbox": "the route belongs to the sandbox",
}
