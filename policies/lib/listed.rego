# METADATA
# title: Names that a list covers
# description: >-
#   Scopes and fields are compared by name, as written. An entry of the list that ends in `*` covers every name that
#   begins with what stands before the `*`.
package lib.listed

import future.keywords.not

# METADATA
# description: The names that no entry of the list covers; undefined unless both are lists.
beyond(names, list) := {name | some name in names; not covered(name, list)} if {
	is_array(names)
	is_array(list)
}

covered(name, list) if {
	name in list
} else if {
	some entry in list
	endswith(entry, "*")
	startswith(name, trim_suffix(entry, "*"))
}
