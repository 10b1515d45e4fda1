# METADATA
# title: States that put a subject out of a policy's reach
# description: >-
#   Only a state the source asserts is here. An unknown status or environment is missing evidence, never a reason for
#   not applying.
package lib.lifecycle

# METADATA
# description: >-
#   What is said of a subject that a rule does not concern, by kind, field and value. METADATA `applies` of a rule says
#   which values it concerns; the others give these reasons.
reasons := {
	"key": {
		"status": {
			"active": "the key is active",
			"inactive": "the key is inactive",
			"revoked": "the key is revoked",
			"expired": "the key has expired",
			"pending-deletion": "the key is pending deletion",
			"destroyed": "the key is destroyed",
		},
		"environment": {
			"production": "the key belongs to production",
			"staging": "the key belongs to staging",
			"development": "the key belongs to development",
			"test": "the key belongs to test",
			"sandbox": "the key belongs to the sandbox",
		},
	},
	"route": {
		"status": {
			"active": "the route is active",
			"retired": "the route is retired",
		},
		"environment": {
			"production": "the route belongs to production",
			"staging": "the route belongs to staging",
			"development": "the route belongs to development",
			"test": "the route belongs to test",
			"sandbox": "the route belongs to the sandbox",
		},
		"external": {
			true: "the route is reachable from outside",
			false: "the route is not reachable from outside",
		},
	},
	"repository": {"in_scope": {
		true: "the repository is in scope of secret scanning",
		false: "the repository is out of scope of secret scanning",
	}},
}

# METADATA
# description: What is said of a key that is not active, by status.
not_active := object.remove(reasons.key.status, ["active"])
