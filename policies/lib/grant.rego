# METADATA
# title: What a grant allows, and whether it is in force
# description: >-
#   Access exports list what is granted, so a listed grant allows and is in force unless the record says that it denies,
#   was taken away, or begins later; and it needs no break-glass procedure unless the record says so.
package lib.grant

import future.keywords.not

import data.lib.age

# METADATA
# description: The grant allows something at the as-of date.
in_force(grant, as_of_ms) if {
	not grant.effect == "deny"
	standing(grant, as_of_ms)
}

standing(grant, as_of_ms) if {
	not age.past(grant.removed_at, as_of_ms)
	not age.after(grant.granted_at, as_of_ms)
}

# METADATA
# description: >-
#   The grants in force on a key that let their holders read its secret at any time: administration includes reading,
#   break-glass grants are left out, and so is what a denial of the same right cancels. Several rules read them.
readers := [held |
	some held in ordinary
	held.action in {"read", "admin"}
	not unread(held)
]

# METADATA
# description: >-
#   Grants in force on a key of which it is not stated what they allow, so that they may allow reading. Break-glass is
#   left out.
unstated := [held |
	some held in ordinary
	not is_string(held.action)
]

ordinary := [held |
	some held in input.grants.records
	not held.break_glass == true
	in_force(held, input.as_of.ms)
]

# METADATA
# description: >-
#   Another grant denies the holder the same right on the same key at the as-of date. All grants in the dossier of a key
#   are on that key, and all in the dossier of a principal are its own, under whatever names.
denied(held) if {
	some denial in denials
	denial.action == held.action
	meets(denial, held)
}

# METADATA
# description: >-
#   The moment from which another grant denies the holder that right, epoch ms; 0 if a denial has no known date, for
#   nothing is then said of the time before it. Undefined unless the right is denied at the as-of date.
denied_from(held) := min([since(denial) |
	some denial in denials
	denial.action == held.action
	meets(denial, held)
])

since(denial) := age.latest(denial.granted_at) if {
	denial.granted_at.state == "known"
} else := 0

# METADATA
# scope: document
# description: >-
#   A grant to read or administer does not let its holder read the secret: another one denies that. Administration
#   includes reading, unless reading is denied.
unread(held) if denied(held)

unread(held) if {
	held.action == "admin"
	some denial in denials
	denial.action == "read"
	meets(denial, held)
}

# METADATA
# description: >-
#   What a message adds if grants may be more than their holders have, and why; empty if nothing is known to limit
#   them further.
doubt(grants) := sprintf(" (an over-approximation: %s)", [concat("; ", sort(reasons(grants)))]) if {
	count(reasons(grants)) > 0
} else := ""

# METADATA
# description: The same for the facts of a violation.
doubted(grants) := {"over_approximation": sort(reasons(grants))} if {
	count(reasons(grants)) > 0
} else := {}

reasons(grants) := {reason |
	some held in grants
	is_array(held.over_approximation)
	some reason in held.over_approximation
}

meets(denial, held) if {
	input.subject.kind == "principal"
	denial.key_id == held.key_id
}

meets(denial, held) if {
	not input.subject.kind == "principal"
	denial.principal_id == held.principal_id
}

denials := [held |
	some held in input.grants.records
	held.effect == "deny"
	standing(held, input.as_of.ms)
]

# METADATA
# description: The holder is known to be no person.
no_person(held) if held.principal.kind in {"service", "workload"}

# METADATA
# description: >-
#   The holder is a group of which no source lists the members, so that any number of people may hold the right, whoever
#   they are. If one lists them all, the grants of a group are theirs.
unlisted(held) if held.principal.group == true

# METADATA
# description: What is missing if a group of unknown members may decide, for `missing`.
members_unknown := "grants.records.principal.kind (a group whose members no directory lists)"
