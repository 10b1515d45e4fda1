# METADATA
# title: Members from whose silence nothing may be concluded
# description: >-
#   The dossier names the members that the evidence does not cover for the subject (`not_covered`), with the reasons.
#   The Rego that is generated for a policy asks here. A policy itself need not.
package lib.coverage

# METADATA
# description: The members named that are not covered.
those(members) := {member |
	some member, _ in input.not_covered
	member in members
}

# METADATA
# description: All members that are not covered.
all contains member if some member, _ in input.not_covered

# METADATA
# description: The dossier as if these members had not been supplied.
without(members) := object.union(input, {member: null | some member in members})

# METADATA
# description: Why these members are not covered, for `missing`.
reasons(members) := {text |
	some member in members
	some why in input.not_covered[member]
	text := concat("", [member, " (", why, ")"])
}

# METADATA
# description: What is missing, with the reasons in place of the members that are not covered.
explained(missing, members) := (missing - members) | reasons({member |
	some member in members
	some path in missing
	concerns(path, member)
})

# METADATA
# description: A result of which all that is not found rests on members that are not covered.
doubting(result, members) := object.union(result, {"missing": missing}) if missing := result.missing | reasons(members)

concerns(path, member) if startswith(path, member)

# What is missing for some elements of a policy only is an object.
concerns(missing, member) if startswith(missing.path, member)
