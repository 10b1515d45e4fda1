# METADATA
# title: Members from whose silence nothing may be concluded
# description: >-
#   The dossier names the members that the evidence does not cover for the subject (`not_covered`), with the reasons.
#   The Rego that is generated for a policy asks here. A policy itself need not.
package lib.coverage

# METADATA
# description: Whether the evidence covers every member.
whole if count(input.not_covered) == 0

# METADATA
# description: The members named that are not covered.
those(members) := {member |
	some member, _ in input.not_covered
	member in members
}

# METADATA
# description: All members that are not covered.
every_member contains member if some member, _ in input.not_covered

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
# description: >-
#   The result of a policy with several elements, of which what it judged and what it judges without the members that
#   are not covered are given. A violation found stands. What is missing without the members is missing for the elements
#   that it concerns, and a reason for not applying counts only if it is given without them too: `excuses` are those
#   that both give, also beside a reason for the whole policy, which is said alone.
weighed(judged, without_them, members, excuses) := object.union(judged, {
	"missing": gaps(judged, without_them, members),
	"reasons": kept(judged, without_them, excuses),
}) if {
	judged.outcome == "fail"
} else := {
	"outcome": "no-evidence",
	"missing": gaps(judged, without_them, members),
	"reasons": kept(judged, without_them, excuses),
} if {
	count(gaps(judged, without_them, members)) > 0
} else := without_them

gaps(judged, without_them, members) := missing | unfounded if {
	missing := union({placed(gap, members) | some gap in (part(judged, "missing") | part(without_them, "missing"))})
	unfounded := {{"path": why, "elements": [violation.element]} |
		some violation in (part(without_them, "violations") - part(judged, "violations"))
		some why in reasons(members)
	}
}

# A gap that comes from members that are not covered is told by the reasons, for the same elements.
placed(gap, members) := {gap} if {
	count(concerned(gap, members)) == 0
} else := reasons(concerned(gap, members)) if {
	is_string(gap)
} else := {{"path": why, "elements": gap.elements} | some why in reasons(concerned(gap, members))}

concerned(gap, members) := {member | some member in members; concerns(gap, member)}

kept(judged, without_them, excuses) := (part(judged, "reasons") & part(without_them, "reasons")) | excuses

part(result, name) := object.get(result, name, set())

concerns(gap, member) if startswith(gap, member)

# What is missing for some elements of a policy only is an object.
concerns(gap, member) if startswith(gap.path, member)
