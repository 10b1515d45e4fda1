package lib.listed_test

import future.keywords.not

import data.lib.listed

test_names_beyond_a_list if {
	listed.beyond(["fx:read", "fx:write"], ["fx:read"]) == {"fx:write"}
	listed.beyond(["fx:read"], []) == {"fx:read"}
	listed.beyond([], []) == set()
}

test_names_below_a_wildcard_are_covered if {
	listed.beyond(["fx:read", "ledger:read"], ["fx:*"]) == {"ledger:read"}
	listed.beyond(["fx:read"], ["*"]) == set()
	listed.beyond(["*", "fx:*"], ["fx:*"]) == {"*"}
}

test_names_differ_by_case if listed.beyond(["FX:read"], ["fx:read"]) == {"FX:read"}

test_unknown_list_says_nothing if {
	not listed.beyond(["fx:read"], null)
	not listed.beyond(null, ["fx:read"])
}
