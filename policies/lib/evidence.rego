# METADATA
# title: What counts as evidence
# description: >-
#   Null, an absent field and a date the source system does not track are no evidence. An empty text, an empty list,
#   `false` and the date `never` are statements of the source, and so are evidence.
package lib.evidence

import future.keywords.not

# METADATA
# description: Whether a value says anything. A field that is not there at all is not known either.
known(value) if {
	value != null
	not untracked(value)
}

untracked(value) if value.state == "not-tracked"

# METADATA
# description: >-
#   Whether a bounded list of a dossier holds all there is, or all that a rule may object to, which comes first. If
#   it does not, nothing may be concluded from what it lacks.
complete(list) if {
	list.total <= count(list.records)
} else if list.open <= count(list.records)

# METADATA
# description: >-
#   The path of a bounded list that does not hold all there is, for `missing`: nothing may be concluded from what it
#   lacks. Undefined for a list that holds all, and for one that is not there.
cut(path, list) := cut_at(concat(".", [path, "records"])) if {
	is_array(list.records)
	not complete(list)
}

# METADATA
# description: >-
#   What a message adds if a finding cites only the first of the records that it is about; empty if it cites all.
cited(records, total) := "; none of them is cited" if {
	count(records) == 0
	total > 0
} else := sprintf("; the first of them is cited, %d more are not", [total - 1]) if {
	count(records) == 1
	total > 1
} else := sprintf("; the first %d of them are cited, %d more are not", [count(records), left]) if {
	left := total - count(records)
	left > 0
} else := ""

# METADATA
# description: The path of a list that a dossier has only a part of, for `missing`.
cut_at(path) := concat(" ", [path, "(the list is cut)"])
