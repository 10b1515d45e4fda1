# METADATA
# title: What is unknown decides if every possible value decides alike
# description: >-
#   A policy names the fields by which it chooses a limit or a duty (METADATA `supposes`). If one is not known and
#   the policy lacks it, the Rego that is generated for the policy asks it once for each value that the field may have,
#   and takes from here what all answers have in common, for each element by itself. What fails by every value fails,
#   with the mildest of the severities. Nothing passes, or does not apply, unless it does by every value. A policy
#   itself need not ask here.
package lib.alike

import future.keywords.not

import data.lib.supposed

# METADATA
# description: >-
#   What a dossier may have at a path: each value as a part of a dossier that states it and says that it is supposed; an
#   empty part if the value is known, or if nothing is there that could have it.
choices(path, values) := [part |
	some value in values
	part := object.union(nested(path, value), {"supposed": {concat(".", path): value}})
] if {
	open(path)
} else := [{}]

# METADATA
# description: Whether a field that is not known is among what an answer lacks.
asks(answer, paths) if {
	some path in paths
	open(path)
	some gap in answer.missing
	startswith(text_of(gap), concat(".", path))
}

open([member, field]) if {
	is_object(input[member])
	object.get(input[member], field, null) == null
}

nested([member, field], value) := {member: {field: value}}

# METADATA
# description: The answer by every value of a field that is not known by which the policy does not apply.
beyond(path) := {
	"supposed": {concat(".", path): null},
	"answer": {"outcome": "not-applicable", "reasons": {"beyond"}},
} if {
	open(path)
}

# METADATA
# description: >-
#   The answer of a policy to a dossier with unknown fields, from that answer itself (`stated`) and those to each of the
#   dossiers that it may be (`answers`, each with the values that are `supposed` in it). `policy` has the ids of its
#   `elements`, its `severity`, and its outcome if nothing is wrong (`clean`).
settled(stated, answers, policy) := result(policy, violations, missing, reasons) if {
	own := {element: state(stated, element) | some element in policy.elements}
	agreed := {element: outcome | some element in policy.elements; outcome := common(answers, element)}
	known := {element: outcome | some element, outcome in agreed; own[element] == "lacks"}
	violations := proved(stated, agreed) | further(answers, known, policy)
	left_over := {gap | some one in part(stated, "missing"); some gap in left(one, known, policy)}
	missing := left_over | doubts(own, agreed, answers, policy)
	reasons := part(stated, "reasons") | excuses(answers, known, policy)
}

# A violation of an element stands if the element fails by every value.
proved(stated, agreed) := {violation |
	some element, "fails" in agreed
	some violation in broken(stated, element)
}

# What the policy said of an element without the values, and what does not hold by all of them.
doubts(own, agreed, answers, policy) := {gap |
	some element in policy.elements
	own[element] != "lacks"
	not agreed[element]
	some path in paths_of(answers)
	gap := scoped("path", path, element, policy)
}

paths_of(answers) := {path | some one in answers; some path, _ in one.supposed}

# What an element is by all answers, if they agree and it lacks nothing by them.
common(answers, element) := outcome if {
	outcomes := {state(one.answer, element) | some one in answers}
	count(outcomes) == 1
	some outcome in outcomes
	outcome != "lacks"
}

state(answer, element) := "fails" if {
	count(broken(answer, element)) > 0
} else := "lacks" if {
	some gap in part(answer, "missing")
	concerns(gap, element)
} else := "excused" if {
	some reason in part(answer, "reasons")
	concerns(reason, element)
} else := "clean"

broken(answer, element) := {violation |
	some violation in part(answer, "violations")
	object.get(violation, "element", element) == element
}

part(answer, name) := object.get(answer, name, set())

# What concerns some elements of a policy only is an object.
concerns(said, _) if is_string(said)

concerns(said, element) if element in said.elements

text_of(gap) := gap if is_string(gap)

text_of(gap) := gap.path if is_object(gap)

# What is missing without the elements that are decided: nothing if none is left.
left(gap, known, policy) := {gap} if {
	every element in policy.elements { not decides(known, gap, element) }
} else := {{"path": text_of(gap), "elements": rest} |
	rest := [element |
		some element in policy.elements
		concerns(gap, element)
		not known[element]
	]
	count(rest) > 0
}

decides(known, gap, element) if {
	concerns(gap, element)
	known[element]
}

# The violations of what fails by every value: those by the value that is judged most mildly.
further(answers, known, policy) := {worded(violation, mildest.supposed) |
	some element, "fails" in known
	mildest := min({[weight(one.answer, element, policy), one] | some one in answers})[1]
	some violation in broken(mildest.answer, element)
}

weight(answer, element, policy) := [worst, count(found)] if {
	found := broken(answer, element)
	worst := max({rank[object.get(violation, "severity", policy.severity)] | some violation in found})
}

rank := {"low": 1, "medium": 2, "high": 3, "critical": 4}

worded(violation, values) := object.union(violation, {
	"message": concat("; ", [violation.message, supposed.not_stated(object.keys(values))]),
	"facts": object.union(violation.facts, {name: "not stated" |
		some path, value in values
		name := split(path, ".")[1]
		violation.facts[name] == value
	}),
})

# Why the policy does not apply: what it says by every value, or that it says so by every value.
excuses(answers, known, policy) := {scoped("reason", reason, element, policy) |
	some element, "excused" in known
	some reason in reasons_of(answers, element)
}

reasons_of(answers, element) := shared if {
	shared := intersection({texts(one.answer, element) | some one in answers})
	count(shared) > 0
} else := {concat("", [
	"it does not apply by any value of what is not known: ",
	supposed.not_stated(paths_of(answers)),
])}

texts(answer, element) := {reason_text(reason) |
	some reason in part(answer, "reasons")
	concerns(reason, element)
}

reason_text(reason) := reason if is_string(reason)

reason_text(reason) := reason.reason if is_object(reason)

scoped(name, text, element, policy) := {name: text, "elements": [element]} if {
	count(policy.elements) > 1
} else := text

result(policy, violations, missing, reasons) := {
	"outcome": "fail",
	"violations": violations,
	"missing": missing,
	"reasons": reasons,
} if {
	count(violations) > 0
} else := {"outcome": "no-evidence", "missing": missing, "reasons": reasons} if {
	count(missing) > 0
} else := {"outcome": "not-applicable", "reasons": reasons} if {
	every element in policy.elements { excused(reasons, element) }
} else := {"outcome": policy.clean, "reasons": reasons}

excused(reasons, element) if {
	some reason in reasons
	concerns(reason, element)
}
