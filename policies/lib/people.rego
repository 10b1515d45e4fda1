# METADATA
# title: Whether two names are one person
# description: >-
#   The store gives a person known by several ids (a user name, an e-mail address) one of them wherever a record of the
#   person has them all, so names that are equal, case and blanks aside, are one person. Names that no record links may
#   still be: the part of `anna.meier@bank.example` before the sign is the account `anna.meier`, `AMeier` or `anna`,
#   and the display name `Meier, Anna`. Such names prove neither that two people are one nor that they are two. Two
#   different e-mail addresses are taken for two people.
package lib.people

import future.keywords.not

# METADATA
# description: The names are of one person.
same(name, other) if plain(name) == plain(other)

# METADATA
# description: >-
#   The names differ, and nothing shows whether they are of one person or of two: they can be made of the same parts,
#   and are not two e-mail addresses.
may_be_same(name, other) if {
	not two_addresses(name, other)
	plain(name) != plain(other)
	alike(parts(name), parts(other))
}

# METADATA
# description: >-
#   None of the names of somebody is this one, and nothing shows that it is another person's: it can be made of the same
#   parts as one of them, and is not another e-mail address.
may_be_one_of(name, names) if {
	known := {other | some other in names; is_string(other)}
	every other in known {
		not two_addresses(name, other)
		plain(other) != plain(name)
	}
	some other in known
	alike(parts(name), parts(other))
}

# METADATA
# description: Names under which the record of a grant and that of its holder know the holder.
names_of(held) := array.concat(
	[held.principal_id],
	[name |
		some name in array.concat(
			[object.get(principal_of(held), "principal_id", null), object.get(principal_of(held), "name", null)],
			aliases_of(principal_of(held)),
		)
		is_string(name)
	],
)

# METADATA
# description: A name as it is compared.
plain(name) := lower(trim_space(name))

principal_of(held) := held.principal if {
	is_object(held.principal)
} else := {}

aliases_of(principal) := principal.aliases if {
	is_array(principal.aliases)
} else := []

two_addresses(name, other) if {
	contains(name, "@")
	contains(other, "@")
}

# What a name is made of: of an ARN, a domain account or an address what names the person in it.
parts(name) := [part |
	some part in split(separated(local(last_of(last_of(last_of(plain(name), "/"), `\`), ":"))), " ")
	part != ""
]

last_of(text, separator) := found[count(found) - 1] if {
	contains(text, separator)
	found := split(text, separator)
} else := text

local(text) := split(split(text, "@")[0], "+")[0]

separated(text) := replace(replace(replace(replace(text, ".", " "), "_", " "), "-", " "), ",", " ")

alike(one, two) if {
	count(one) > 0
	sort(one) == sort(two)
}

alike(one, two) if {
	some [short, long] in [[one, two], [two, one]]
	count(short) == 1
	short[0] in written_as(long)
}

written_as(names) := {text |
	some first, one in names
	some last, other in names
	first != last
	some text in [
		one,
		concat("", [one, other]),
		concat("", [substring(one, 0, 1), other]),
		concat("", [one, substring(other, 0, 1)]),
	]
}
