# METADATA
# title: Production keys expire, and live no longer than their tier allows
# description: >-
#   A key without an end stays usable for as long as a leaked copy exists. An active production key fails if its
#   expiry is `never`; if it has expired and is still active (critical: either the expiry is not enforced or the
#   record is wrong); and if the time from the issue of its present secret to its expiry exceeds the limit of its
#   tier. Reading chosen: the limit is twice the limit of rotation-max-age for the tier, also if the entity sets
#   that one, and the present secret was issued at the last rotation or, if there was none, at creation. A life
#   beyond the limit of every tier fails whatever the tier is.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: inv-expiry-set
#   severity: high
#   subject: key
#   applies: {status: active, environment: production}
#   requires: [key.status, key.environment, key.expires]
#   supposes: [key.risk_tier]
#   elements:
#     - id: expiry
#       title: expiry of the key
#       shows: Whether the key has an expiry date, without which it outlives every limit.
#       criterion: none
#     - id: enforced
#       title: end of an expired key
#       shows: Whether no key is active after its expiry.
#       criterion: none
#     - id: lifetime
#       title: life of the secret
#       shows: Whether the secret expires within the limit of the tier after its issue.
#       criterion: {params: [max_lifetime_days]}
#       requires: [key.risk_tier]
#   params:
#     max_lifetime_days: {critical: 60, high: 120, medium: 180, low: 360}
#   action: Set an expiry date within the limit of the key's tier
#   remediation: >-
#     Set an expiry date within the limit of the key's tier, and let the store or the issuer refuse the key from that
#     date.
#   effort: configuration
#   closed_by: >-
#     The inventory shows an expiry date that is within the limit of the key's tier and has not passed, or the key no
#     longer active.
package policies.inventory.inv_expiry_set

import future.keywords.not

import data.lib.age
import data.lib.supposed

not_applicable contains {"reason": "the key never expires", "elements": ["enforced", "lifetime"]} if {
	input.key.expires.state == "never"
}

violations contains {
	"element": "expiry",
	"message": "the key never expires",
	"facts": {"expires": "never"},
	"records": [input.key.source],
} if {
	input.key.expires.state == "never"
}

violations contains {
	"element": "enforced",
	"message": sprintf("expired on %s, and is still active", [age.describe(input.key.expires, input.as_of.ms)]),
	"facts": {"expires": age.day(input.key.expires), "status": input.key.status},
	"records": [input.key.source],
	"severity": "critical",
} if {
	age.over(input.key.expires, age.stated_until("key.status"), 0)
}

violations contains {
	"element": "lifetime",
	"message": sprintf("issued on %s and expires on %s; %s", [
		age.day(issued),
		age.day(input.key.expires),
		supposed.tier_limit(input.key.risk_tier, limit, params.max_lifetime_days, "longer"),
	]),
	"facts": {
		"issued": age.day(issued),
		"expires": age.day(input.key.expires),
		"risk_tier": input.key.risk_tier,
		"limit_days": limit,
	},
	"records": [input.key.source],
} if {
	age.later_than(input.key.expires, issued, limit_ms)
}

missing contains "key.expires" if {
	not input.key.expires.state == "never"
	not age.earliest(input.key.expires)
}

# Whether it was still active when it expired is not known.
missing contains {"path": age.not_stated_since("key.status"), "elements": ["enforced"]} if {
	age.over(input.key.expires, input.as_of.ms, 0)
	not age.over(input.key.expires, age.stated_until("key.status"), 0)
}

missing contains {"path": undated, "elements": ["lifetime"]} if {
	input.key.expires.state == "known"
	limit
	not age.later_than(input.key.expires, issued, limit_ms)
	not short_lived
}

params := data.params["inv-expiry-set"]

limit := params.max_lifetime_days[input.key.risk_tier]

limit_ms := limit * age.day_ms

# A certificate counts from its issue, although its private key may be older.
issued := age.at_the_latest(input.key.last_rotated) if age.past(input.key.last_rotated, input.as_of.ms)

issued := input.key.created if {
	input.key.last_rotated.state == "never"
	age.past(input.key.created, input.as_of.ms)
}

short_lived if {
	age.no_later_than(input.key.expires, issued, limit_ms)
} else if {
	# Rotations only shorten the life of a secret: counted from creation it is the longest it can be.
	age.past(input.key.created, input.as_of.ms)
	age.no_later_than(input.key.expires, input.key.created, limit_ms)
}

default undated := "key.last_rotated"

undated := "key.created" if input.key.last_rotated.state == "never"

undated := age.undecided("key.last_rotated", input.key.last_rotated, input.as_of.ms) if {
	input.key.last_rotated.state == "known"
}
