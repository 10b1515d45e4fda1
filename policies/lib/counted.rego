# METADATA
# title: Numbers with their nouns
package lib.counted

# METADATA
# description: A number with its noun, as in `1 event` and `3 events`.
things(number, one, many) := concat(" ", ["1", one]) if {
	number == 1
} else := sprintf("%d %s", [number, many])

# METADATA
# description: All of a number of things, as in `the only run`, `both runs` and `all 9 runs`.
whole(number, one, many) := concat(" ", ["the only", one]) if {
	number == 1
} else := concat(" ", ["both", many]) if {
	number == 2
} else := sprintf("all %d %s", [number, many])

# METADATA
# description: How often, as in `once` and `3 times`.
times(number) := "once" if {
	number == 1
} else := sprintf("%d times", [number])
