# METADATA
# title: A key serves one service, and does not both read balances and move money
# description: >-
#   A key that opens several services widens what one leak can do. An active key fails if the names of its scopes are
#   of more than one service, to read or to write, and if one scope is to read accounts or balances and another to
#   move money, even within one service. A scope is taken apart at `:`, `.`, `/`, `_`, `-` and blanks; the first of its
#   words that the parameters give a service decides, else the first that is no action is taken for the name of another
#   service. Such a name passes alone and proves nothing beside another, nor do wildcards, which access-least-privilege
#   judges. Reading chosen: reading and writing within one service may share a key, save balances and transfers.
# related_resources:
#   - description: OWASP Authorization Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Authorization_Cheat_Sheet.html
#   - description: NIST SP 800-53 rev. 5, AC-5 and AC-6
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: access-scope-separation
#   severity: medium
#   subject: key
#   applies: {status: active}
#   requires: [key.status, key.scopes]
#   elements:
#     - id: services
#       title: scopes of one service
#       shows: Whether the scopes of the key name one service only.
#       criterion: {params: [services]}
#     - id: balances-and-transfers
#       title: balances and transfers kept apart
#       shows: Whether no scope is to read accounts or balances beside one to move money.
#       criterion: {params: [balance_words, transfer_words]}
#   params:
#     services:
#       account: accounts
#       accounts: accounts
#       balance: accounts
#       balances: accounts
#       transaction: accounts
#       transactions: accounts
#       ais: accounts
#       aisp: accounts
#       payment: payments
#       payments: payments
#       payout: payments
#       payouts: payments
#       transfer: payments
#       transfers: payments
#       pis: payments
#       pisp: payments
#       card: cards
#       cards: cards
#       issuing: cards
#       acquiring: cards
#       kyc: identity
#       aml: identity
#       identity: identity
#       onboarding: identity
#       verification: identity
#       loan: lending
#       loans: lending
#       lending: lending
#       mortgage: lending
#       mortgages: lending
#       fx: foreign-exchange
#       forex: foreign-exchange
#       report: reporting
#       reports: reporting
#       reporting: reporting
#       statement: reporting
#       statements: reporting
#       analytics: reporting
#     neutral_scopes: [openid, offline_access]
#     read_words: [read, readonly, get, list, view, status]
#     write_words: [write, create, update, delete, submit, initiate, execute, approve, manage]
#     balance_words: [account, accounts, balance, balances]
#     transfer_words: [payment, payments, payout, payouts, transfer, transfers]
#   action: Issue one key for each service, and part balances from payments
#   remediation: >-
#     Issue one key for each service, and separate keys for reading balances and for moving money; then revoke the
#     shared key.
#   effort: rotation
#   closed_by: >-
#     The inventory shows separate keys for each service, none that both reads balances and moves money, and the
#     shared key revoked.
package policies.access.access_scope_separation

import future.keywords.not

violations contains {
	"element": "services",
	"message": sprintf("the scopes name more than one service: %s", [concat("; ", named)]),
	"facts": {"services": sort(object.keys(served)), "scopes": input.key.scopes},
	"records": [input.key.source],
} if {
	count(served) > 1
	named := [concat("", [service, " (", concat(", ", sort(served[service])), ")"]) |
		some service in sort(object.keys(served))
	]
}

violations contains {
	"element": "balances-and-transfers",
	"message": sprintf("the scopes are to read accounts or balances (%s) and to move money (%s)", [
		concat(", ", sort(balance_reads)),
		concat(", ", sort(transfers)),
	]),
	"facts": {"balance_scopes": sort(balance_reads), "transfer_scopes": sort(transfers), "scopes": input.key.scopes},
	"records": [input.key.source],
} if {
	count(balance_reads) > 0
	count(transfers) > 0
}

missing contains "key.scopes (no scope names a service)" if {
	is_array(input.key.scopes)
	count(unlisted) + count(served) == 0
}

missing contains "key.scopes (a scope of no known service)" if "" in unlisted

missing contains {"path": "key.scopes (a scope of no known service)", "elements": ["services"]} if {
	count(unlisted) > 0
	count(unlisted) + count(served) > 1
}

params := data.params["access-scope-separation"]

scopes := [scope |
	some scope in input.key.scopes
	not lower(scope) in params.neutral_scopes
]

# The scopes of each service that the parameters name.
served[service] contains scope if {
	some scope in scopes
	service := service_of(scope)
}

# Names of other services; empty if a scope holds nothing but actions and wildcards.
unlisted contains name if {
	some scope in scopes
	not service_of(scope)
	name := name_of(scope)
}

balance_reads contains scope if {
	some scope in scopes
	has_word(scope, params.balance_words)
	not has_word(scope, params.transfer_words)
	not has_word(scope, params.write_words)
}

transfers contains scope if {
	some scope in scopes
	has_word(scope, params.transfer_words)
	not has_word(scope, params.read_words)
}

service_of(scope) := [params.services[word] | some word in words[scope]][0]

name_of(scope) := names[0] if {
	names := [word | some word in words[scope]; not word in no_name]
	count(names) > 0
} else := ""

no_name := {"", "*"} | {word | some word in array.concat(params.read_words, params.write_words)}

has_word(scope, listed) if {
	some word in words[scope]
	word in listed
}

words[scope] := split(strings.replace_n({".": ":", "/": ":", "_": ":", "-": ":", " ": ":"}, lower(scope)), ":") if {
	some scope in scopes
}
