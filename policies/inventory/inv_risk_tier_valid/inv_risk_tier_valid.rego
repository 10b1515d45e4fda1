# METADATA
# title: The risk tier is not below what payment, account and reporting uses imply
# description: >-
#   The tier decides how often a key is rotated and how closely it is watched, so a tier that is too low weakens every
#   other rule. An active key fails if its tier is below the least one of a word in its scopes or data categories: in
#   production critical for scopes on payments and transfers, or on everything (`*`), and high for account, card and
#   transaction data; in every environment medium for reports and statements. Words are what separators divide. Reading
#   chosen: a scope that only reads payments counts as one on payments. What no listed word names implies nothing here:
#   the lists are the bank's to complete. A key whose tier is critical needs no proof of its use.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, RA-2
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: inv-risk-tier-valid
#   severity: medium
#   subject: key
#   applies: {status: active}
#   requires: [key.status, key.environment, key.risk_tier]
#   supposes: [key.environment]
#   criterion: {params: [every_environment, production_data, production_scopes]}
#   params:
#     production_scopes:
#       "*": critical
#       payment: critical
#       payments: critical
#       payout: critical
#       payouts: critical
#       transfer: critical
#       transfers: critical
#       disbursement: critical
#       disbursements: critical
#       remittance: critical
#       remittances: critical
#       withdrawal: critical
#       withdrawals: critical
#       refund: critical
#       refunds: critical
#       account: high
#       accounts: high
#       balance: high
#       balances: high
#       transaction: high
#       transactions: high
#       iban: high
#       ibans: high
#       card: high
#       cards: high
#       cardholder: high
#       pan: high
#     production_data:
#       payment: high
#       payments: high
#       transfer: high
#       transfers: high
#       account: high
#       accounts: high
#       balance: high
#       balances: high
#       transaction: high
#       transactions: high
#       iban: high
#       ibans: high
#       card: high
#       cards: high
#       cardholder: high
#       pan: high
#     every_environment:
#       report: medium
#       reports: medium
#       reporting: medium
#       statement: medium
#       statements: medium
#   action: Raise the tier of the key, or take away the scopes it does not need
#   remediation: >-
#     Raise the tier of the key and rotate it within the limit of that tier, or take away the scopes that its purpose
#     does not need.
#   effort: process
#   closed_by: >-
#     The inventory shows a tier that is no lower than the scopes and data of the key imply, or scopes that imply no
#     more than its tier.
package policies.inventory.inv_risk_tier_valid

import future.keywords.not

violations contains {
	"message": sprintf(
		"the risk tier is %s; %s is the least for %s",
		[input.key.risk_tier, least_tier, concat(", ", named_by)],
	),
	"facts": {
		"risk_tier": input.key.risk_tier,
		"least_tier": least_tier,
		"named_by": named_by,
		"environment": object.get(input.key, "environment", null),
	},
	"records": [input.key.source],
} if {
	named_by := sort({text | some [text, tier] in demands; tier == least_tier})
}

missing contains "key.scopes" if {
	undecided
	not is_array(input.key.scopes)
}

missing contains "key.data_categories" if {
	undecided
	not is_array(input.key.data_categories)
}

missing contains "key.scopes (neither a scope nor a category of data is stated)" if {
	undecided
	input.key.scopes == []
	input.key.data_categories == []
}

params := data.params["inv-risk-tier-valid"]

rank := {"low": 1, "medium": 2, "high": 3, "critical": 4}

separators := {".": ":", "/": ":", " ": ":", "_": ":", "-": ":", ",": ":"}

# Scopes and data categories that ask for a higher tier, each with the tier.
demands contains [text, tier] if {
	some text in input.key.scopes
	some word in words(text)
	tier := scope_tiers[word]
	rank[tier] > rank[input.key.risk_tier]
}

demands contains [text, tier] if {
	some text in input.key.data_categories
	some word in words(text)
	tier := data_tiers[word]
	rank[tier] > rank[input.key.risk_tier]
}

least_tier := max({[rank[tier], tier] | some [_, tier] in demands})[1]

scope_tiers := object.union(params.every_environment, params.production_scopes) if {
	input.key.environment == "production"
} else := params.every_environment

data_tiers := object.union(params.every_environment, params.production_data) if {
	input.key.environment == "production"
} else := params.every_environment

# A wildcard says something only if it is the whole scope: accounts:* is about accounts.
words(text) := {trim_space(text)} | ({word |
	some word in split(strings.replace_n(separators, lower(text)), ":")
} - {"*"})

undecided if {
	count(violations) == 0
	not input.key.risk_tier == "critical"
}
