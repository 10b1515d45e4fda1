# METADATA
# title: What counts as evidence
# description: >-
#   Null, an absent field and a date the source system does not track are no evidence. An empty text, an empty list, `false`
#   and the date `never` are statements of the source, and so are evidence.
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
# description: Whether a bounded list of a dossier holds all there is. Where it does not, nothing may be concluded from what it lacks.
complete(list) if list.total <= count(list.records)
