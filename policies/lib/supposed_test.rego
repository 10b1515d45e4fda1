package lib.supposed_test

import data.lib.supposed

limits := {"critical": 30, "low": 180}

test_limit_of_a_tier if {
	supposed.tier_limit("low", 180, limits, "older") == "the limit for a low-tier key is 180 days" with input as {}
	supposed.tier_key("low") == "a low key" with input as {}
}

test_limit_of_any_tier if {
	dossier := {"supposed": {"key.risk_tier": "low"}}
	words := "older than the limit of any tier, the longest of which is 180 days"
	supposed.tier_limit("low", 180, limits, "older") == words with input as dossier
	supposed.tier_key("low") == "a key of any tier" with input as dossier
}

test_what_is_not_stated if {
	supposed.not_stated({"key.risk_tier"}) == "the risk tier is not stated"
	supposed.not_stated({"key.status", "key.environment"}) == "the environment and the status are not stated"
	supposed.not_stated({"route.external"}) == "the reach of the route is not stated"
}
