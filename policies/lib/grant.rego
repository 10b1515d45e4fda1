# METADATA
# title: Whether a grant is in force
# description: >-
#   Access exports list what is granted, so a listed grant allows and is in force unless the record says that it denies, was taken
#   away, or begins later.
package lib.grant

import future.keywords.not

import data.lib.age

# METADATA
# description: The grant allows something at the as-of date.
in_force(grant, as_of_ms) if {
	not grant.effect == "deny"
	not age.past(grant.removed_at, as_of_ms)
	not age.after(grant.granted_at, as_of_ms)
}
