package policies.access.access_scope_separation_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.access_scope_separation.verdict

key(scopes) := fixture.key_dossier({"key": {"scopes": scopes}})

several(named, services, scopes) := {
	"message": sprintf("the scopes name more than one service: %s", [named]),
	"facts": {"services": services, "scopes": scopes},
	"records": [fixture.source("row 2")],
}

both(reads, moves, scopes) := {
	"message": sprintf(
		"the scopes are to read accounts or balances (%s) and to move money (%s)",
		[concat(", ", reads), concat(", ", moves)],
	),
	"facts": {"balance_scopes": reads, "transfer_scopes": moves, "scopes": scopes},
	"records": [fixture.source("row 2")],
}

unknown := fixture.lacks({"key.scopes (a scope of no known service)"})

test_pass_one_service if {
	every scopes in [
		["payments:read", "payments:write", "payments:status"],
		["Accounts.Read", "balances/read", "read_transactions"],
		["cards-read"],
		["payments:*"],
	] {
		verdict == fixture.nothing with input as key(scopes)
	}
}

test_pass_one_service_that_nobody_listed if {
	verdict == fixture.nothing with input as key(["treasury:read", "write:treasury", "treasury"])
}

test_pass_neutral_scopes_beside_a_service if {
	verdict == fixture.nothing with input as key(["openid", "Offline_Access", "payments:read"])
}

test_pass_transfers_that_are_only_read if {
	verdict == fixture.nothing with input as key(["accounts:balances:read", "accounts:transfers:read"])
	verdict == fixture.nothing with input as key(["accounts:write", "accounts:transfers:create"])
	verdict == fixture.nothing with input as key(["transactions:read", "accounts:transfers:create"])
	verdict == fixture.nothing with input as key(["balances:read", "accounts:update"])
}

test_fail_several_services if {
	scopes := ["reports:read", "payments:write", "kyc:check", "payments:read"]
	named := "identity (kyc:check); payments (payments:read, payments:write); reporting (reports:read)"
	verdict == fixture.fails({several(named, ["identity", "payments", "reporting"], scopes)}) with input as key(scopes)
}

test_fail_balances_and_transfers_of_two_services if {
	scopes := ["balances:read", "transfers:write"]
	named := "accounts (balances:read); payments (transfers:write)"
	expected := {
		several(named, ["accounts", "payments"], scopes),
		both(["balances:read"], ["transfers:write"], scopes),
	}
	verdict == fixture.fails(expected) with input as key(scopes)
}

test_fail_balances_and_transfers_within_one_service if {
	scopes := ["accounts:transfers:create", "accounts:balances:read"]
	expected := {both(["accounts:balances:read"], ["accounts:transfers:create"], scopes)}
	verdict == fixture.fails(expected) with input as key(scopes)
}

test_fail_beside_a_scope_of_no_known_service if {
	scopes := ["payments:write", "cards:read", "treasury:read"]
	named := "cards (cards:read); payments (payments:write)"
	expected := object.union(unknown, {"violations": {several(named, ["cards", "payments"], scopes)}})
	verdict == expected with input as key(scopes)
}

test_first_listed_word_decides if {
	verdict == fixture.nothing with input as key(["payments:accounts:read", "payments:write"])
}

test_no_evidence_scope_of_no_known_service if {
	every scopes in [
		["treasury:read", "payments:read"],
		["treasury:read", "rates:read"],
		["*"],
		["read"],
		[""],
		["*", "payments:read"],
	] {
		verdict == unknown with input as key(scopes)
	}
}

test_no_evidence_no_service_named if {
	every scopes in [[], ["openid"]] {
		verdict == fixture.lacks({"key.scopes (no scope names a service)"}) with input as key(scopes)
	}
}

test_scopes_unknown_are_no_violation if verdict == fixture.nothing with input as key(null)

test_not_applicable_revoked if {
	dossier := object.union(key(["payments:read"]), {"key": {"status": "revoked"}})
	verdict == fixture.exempt({"the key is revoked"}) with input as dossier
}

test_violations_name_their_element if {
	fixture.failed(said) == {"services"} with input as key(["payments:write", "cards:read"])
	fixture.failed(said) == {"balances-and-transfers"}
		with input as key(["accounts:transfers:create", "accounts:balances:read"])
}

test_scope_of_an_unknown_service_leaves_balances_and_transfers_decided if {
	fixture.lacking(said) == {"services"} with input as key(["treasury:read", "payments:read"])
}
