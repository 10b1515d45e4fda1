# METADATA
# title: Words as people write them
# description: >-
#   A topic, a clause, a role or the name of a rule is one word whether it is written with capitals, blanks, hyphens or
#   underscores. A text says nothing if it has no letter and no digit, or is made of placeholders alone.
package lib.word

import future.keywords.not

# METADATA
# description: The word as it is compared; capitals, blanks, hyphens and underscores make no difference.
plain(text) := replace(replace(lower(trim_space(text)), " ", "-"), "_", "-")

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
# description: The words wanted that the list does not name; `offHours` and `Off hours` name `off-hours`.
unnamed(wanted, list) := [word |
	named := {unspaced(text) | some text in list}
	some word in wanted
	not unspaced(word) in named
]

unspaced(text) := replace(replace(plain(text), "-", ""), ".", "")

# METADATA
# description: >-
#   Placeholders as texts are compared with them (`says_nothing`). A policy makes them once: it has many texts, and its
#   placeholders stay the same.
placeholders(words) := {"plain": known, "joined": joined, "starts": starts} if {
	known := plain_set(words)
	joined := {text | some word in known; text := unjoined(word); text != ""}
	starts := {start_of(text) | some text in joined}
}

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
	trimmed := lower(trim_space(text))
	count(trimmed) > 2
	replace(trimmed, substring(trimmed, 0, 1), "") == ""
}

says_nothing(text, known) if made_of(known.plain, text)

says_nothing(text, known) if {
	may_be_joined(text, known)
	stripped := letters_and_digits(text)
	some word in known.joined
	replace(stripped, word, "") == ""
}

made_of(words, text) if plain(text) in words

made_of(words, text) if {
	every part in split(spaced(lower(text)), " ") { may_be_blank(part, words) }
}

may_be_blank("", _)

may_be_blank(part, words) if part in words

# Whether a text starts as a placeholder does: asked first, because a pattern costs far more.
may_be_joined(text, known) if {
	start := start_of(trim_left(lower(text), signs))
	not starts_otherwise(start, known)
}

starts_otherwise(start, known) if {
	count(start) == 3
	every character in split(start, "") { contains(letters_and_figures, character) }
	not start in known.starts
}

# The first three characters of a text, and of a word that is written again and again.
start_of(text) := substring(concat("", [text, text, text]), 0, 3)

signs := " \t\r\n!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

# METADATA
# description: The letters and figures of plain text, lower case.
letters_and_figures := "abcdefghijklmnopqrstuvwxyz0123456789"

spaced(text) := strings.replace_n(blanks, text)

blanks := {",": " ", ";": " ", ".": " ", "|": " ", "\t": " ", "\n": " ", "\r": " "}

# A placeholder without the signs that placeholders are written with.
unjoined(word) := replace(replace(word, "-", ""), "/", "")

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
