# METADATA
# title: Words as people write them
# description: >-
#   A topic, a clause, a role or the name of a rule is one word whether it is written with capitals, blanks, hyphens or
#   underscores. A text says nothing if it has no letter and no digit, or is made of placeholders alone.
package lib.word

import future.keywords.not

# METADATA
# description: The word as it is compared; capitals, blanks, hyphens and underscores make no difference.
plain(text) := strings.replace_n({" ": "-", "_": "-"}, lower(trim_space(text)))

# METADATA
# description: The words of a list, as they are compared.
plain_set(words) := {plain(text) | some text in words}

# METADATA
# description: The role as it is compared; the plural, as groups of people are often named, makes no difference either.
role(text) := trim_suffix(plain(text), "s")

# METADATA
# description: The roles of a list, as they are compared.
role_set(roles) := {role(text) | some text in roles}

# METADATA
# description: The words wanted that the list does not name.
unnamed(wanted, list) := [word |
	named := plain_set(list)
	some word in wanted
	not plain(word) in named
]

# METADATA
# scope: document
# description: >-
#   The text says nothing: it is blank, signs only, one character many times, or nothing but placeholders, however often
#   and however joined.
says_nothing(text, _) if {
	is_string(text)
	lower(text) == upper(text)
	not regex.match(letter_or_digit, text)
}

says_nothing(text, _) if {
	characters := split(lower(trim_space(text)), "")
	count(characters) > 2
	count({character | some character in characters}) == 1
}

says_nothing(text, placeholders) if made_of(plain_set(placeholders), text)

says_nothing(text, placeholders) if {
	stripped := letters_and_digits(text)
	some word in placeholders
	repeated := unjoined(word)
	repeated != ""
	replace(stripped, repeated, "") == ""
}

made_of(words, text) if plain(text) in words

made_of(words, text) if {
	known := words | {""}
	every part in split(spaced(lower(text)), " ") { part in known }
}

spaced(text) := strings.replace_n({",": " ", ";": " ", ".": " ", "|": " ", "\t": " ", "\n": " ", "\r": " "}, text)

# A placeholder without the signs that placeholders are written with.
unjoined(word) := replace(replace(replace(replace(lower(word), " ", ""), "-", ""), "_", ""), "/", "")

letters_and_digits(text) := concat("", found(letters_or_digits, lower(text)))

letters_or_digits := concat("", [letter_or_digit, "+"])

# As blocks: of the classes \p{L} and \p{N}, hundreds of ranges, the engine builds a machine at each call, which takes
# about a millisecond.
letter_or_digit := concat("", [
	`[0-9A-Za-z\x{AA}\x{B5}\x{BA}\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{1FFF}\x{2C00}-\x{2DFF}\x{3005}-\x{D7FF}`,
	`\x{F900}-\x{FDFF}\x{FE70}-\x{FEFE}\x{FF10}-\x{FFDC}\x{10000}-\x{1EFFF}\x{20000}-\x{3FFFF}]`,
])

# The engine has this one itself; regex.replace and regex.split would start OPA's Go part, half a second a thread.
found(pattern, text) := [match | some [match] in regex.find_all_string_submatch_n(pattern, text, -1)]
