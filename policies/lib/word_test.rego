package lib.word_test

import future.keywords.not

import data.lib.word

test_capitals_blanks_hyphens_and_underscores_make_no_difference if {
	every text in ["token-lifetime", "Token lifetime", "TOKEN_LIFETIME", " token-Lifetime "] {
		word.plain(text) == "token-lifetime"
	}
	not word.plain("tokens") == word.plain("token")
}

test_roles_in_the_plural if {
	word.role("Developers ") == word.role("developer")
	word.role("DevOps") in word.role_set(["devops"])
	not word.role("auditor") in word.role_set(["auditor-general", "audit"])
}

test_unnamed if {
	word.unnamed(["new-ip", "off-hours", "volume-spike"], ["New IP", "off_hours"]) == ["volume-spike"]
	word.unnamed(["off-hours", "key-return", "sla"], ["offHours", "Key  return", "s.l.a"]) == []
	word.unnamed(["new-ip"], []) == ["new-ip"]
}

placeholders := word.placeholders(["tbd", "n/a", "to be defined", "-"])

test_says_nothing if {
	texts := [
		"",
		"  ",
		"..............",
		"- - -",
		"xxxxxxxxxxxx",
		"TBD",
		"tbd tbd tbd",
		"TBD, tbd.",
		"tbdtbdtbdtbd",
		"N/A / n/a",
		"to_be_defined",
		"n/a; tbd",
		"— … →",
		"tbd — tbd",
		"。、",
		"t-b-d",
		"«TBD»",
		"n.a.",
	]
	every text in texts { word.says_nothing(text, placeholders) }
}

test_says_something if {
	not word.says_nothing(null, placeholders)
	latin := ["Authorises card payments", "tbd by the owner of the acquirer key", "tb", "tbdx", "n", "t→b", "10"]
	other := ["决济", "платежи", "Ü", "が", "２"]
	every text in array.concat(latin, other) { not word.says_nothing(text, placeholders) }
}

test_a_placeholder_of_one_letter if {
	known := word.placeholders(["x"])
	every text in ["x", "X", "x x", "(x)", "x-x-x"] { word.says_nothing(text, known) }
	every text in ["xy", "y", "x1"] { not word.says_nothing(text, known) }
}
