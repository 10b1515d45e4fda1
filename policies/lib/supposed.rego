# METADATA
# title: Words for a value that is not stated
# description: >-
#   If a field by which a policy chooses is not known, the policy is asked once for each value that the field may
#   have (`lib.alike`). What it says then must not state that value as if a record had it: it asks here.
package lib.supposed

import data.lib.age

# METADATA
# description: Whether the value at a path, such as `key.risk_tier`, is supposed and stands in no record.
value(path) if _ := input.supposed[path]

# METADATA
# description: >-
#   The limit for keys of a tier, in words. `limits` has all of them by tier; `comparison` is what goes beyond one.
tier_limit(tier, limit, limits, comparison) := sprintf(any_tier, [comparison, age.days_word(longest)]) if {
	value("key.risk_tier")
	longest := max([days | some days in limits])
} else := sprintf("the limit for a %s-tier key is %s", [tier, age.days_word(limit)])

any_tier := "%s than the limit of any tier, the longest of which is %s"

# METADATA
# description: A key of a tier, in words.
tier_key(tier) := "a key of any tier" if {
	value("key.risk_tier")
} else := sprintf("a %s key", [tier])

# METADATA
# description: What a field is called, by its path, if its own name does not tell.
names := {
	"entity.eu_financial_entity": "status of the entity under DORA",
	"incident.personal_data_breach": "answer whether personal data were breached",
	"repository.in_scope": "scope of the repository",
	"route.external": "reach of the route",
	"route.tpp_aspsp_interface": "part of the route in the interface for third-party providers",
}

# METADATA
# description: What is said of fields that are not stated, such as `the environment and the risk tier are not stated`.
not_stated(paths) := concat(" ", [concat(" and ", called), verb]) if {
	called := sort([concat(" ", ["the", name(path)]) | some path in paths])
	verb := {true: "is not stated", false: "are not stated"}[count(called) == 1]
}

name(path) := object.get(names, path, replace(last(split(path, ".")), "_", " "))

last(parts) := parts[count(parts) - 1]
