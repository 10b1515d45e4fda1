package policies.roles.rbac_security_revoke_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.rbac_security_revoke.verdict

document(fields) := fixture.document("rbac-security-revoke", object.union(
	{"document_title": "Revocation exercise", "held_on": fixture.days_ago(40)},
	fields,
))

revocation(fields) := object.union({"keys": 40, "short": fixture.list([]), "unaudited": fixture.list([])}, fields)

organisation(fields) := fixture.dossier("organisation", object.union(
	{
		"revocation": revocation({}),
		"attestations": fixture.list([document({})]),
	},
	fields,
))

documents(records) := organisation({"attestations": fixture.list(records)})

held_on(instant) := documents([document({"held_on": instant})])

short(id, revokers) := {"key_id": id, "revokers": revokers, "at_most": revokers, "source": fixture.source(id)}

too_few(id, revokers) := {
	"message": sprintf(
		"the grants give %d of the security team the right to revoke the production key %s; at least 2 people must have it",
		[revokers, id],
	),
	"facts": {"key": id, "revokers": revokers, "least": 2},
	"records": [fixture.source(id)],
}

stale(text) := {
	"message": sprintf(`the document "Revocation exercise" records %s; the limit is 180 days`, [text]),
	"facts": {"document": "Revocation exercise", "limit_days": 180},
	"records": [fixture.source("doc 2")],
}

test_attested_all_keys_covered_and_tested if verdict == fixture.nothing with input as organisation({})

test_attested_exactly_the_limit if {
	verdict == fixture.nothing with input as held_on(fixture.days_ago(180))
	verdict == fixture.nothing with input as held_on(fixture.day_ago(180))
}

test_attested_one_test_in_time_is_enough if {
	old := document({"held_on": fixture.days_ago(300)})
	verdict == fixture.nothing with input as documents([old, document({}), document({"held_on": null})])
}

test_attested_a_test_in_time_though_the_list_is_cut if {
	verdict == fixture.nothing with input as organisation({"attestations": fixture.cut([document({})])})
}

test_fail_keys_with_too_few if {
	dossier := organisation({"revocation": revocation({"short": fixture.list([short("k1", 0), short("k2", 1)])})})
	verdict == fixture.fails({too_few("k1", 0), too_few("k2", 1)}) with input as dossier
}

test_fail_keys_that_the_team_may_not_audit if {
	expected := {
		"message": "the grants give nobody of the security team a right to audit the production key k1",
		"facts": {"key": "k1"},
		"records": [fixture.source("k1")],
	}
	key := {"key_id": "k1", "source": fixture.source("k1")}
	dossier := organisation({"revocation": revocation({"unaudited": fixture.list([key])})})
	verdict == fixture.fails({expected}) with input as dossier
	fixture.failed(said) == {"audit"} with input as dossier
	rest := {
		"message": "nobody of the security team may audit 2 of 40 active production keys; 1 of them listed",
		"facts": {"keys": 40, "unaudited": 2},
		"records": [fixture.source("k1")],
	}
	cut := organisation({"revocation": revocation({"unaudited": fixture.cut([key])})})
	verdict == fixture.fails({expected, rest}) with input as cut
}

test_fail_more_keys_than_are_listed if {
	rest := {
		"message": concat(" ", [
			"2 of 40 active production keys can be revoked by fewer than 2 people of the security team; 1 of them",
			"listed",
		]),
		"facts": {"keys": 40, "short": 2},
		"records": [short("k1", 1).source],
	}
	dossier := organisation({"revocation": revocation({"short": fixture.cut([short("k1", 1)])})})
	verdict == fixture.fails({too_few("k1", 1), rest}) with input as dossier
}

test_fail_document_that_does_not_count if {
	messages := {violation.message | some violation in verdict.violations}
		with input as documents([document({"owner": ""})])
	messages == {`the document "Revocation exercise" does not count: no owner`}
}

test_fail_test_too_old if {
	exact := stale("a test of revocation on 2026-04-03, more than 180 days before the as-of date")
	verdict == fixture.fails({exact}) with input as held_on(fixture.one_ms_older(fixture.days_ago(180)))
	day := stale("a test of revocation on 2026-04-02, 181 days before the as-of date")
	verdict == fixture.fails({day}) with input as held_on(fixture.day_ago(181))
}

test_fail_never_tested if {
	verdict == fixture.fails({stale("that revocation was never tested")}) with input as held_on(fixture.never)
}

test_no_evidence_test_undecided if {
	verdict == fixture.lacks({"attestations.records.held_on"}) with input as held_on(null)
	unsaid := object.remove(document({}), ["held_on"])
	verdict == fixture.lacks({"attestations.records.held_on"}) with input as documents([unsaid])
	verdict == fixture.lacks({"attestations.records.held_on (after the as-of date)"})
		with input as held_on(fixture.days_ago(-1))
	verdict == fixture.lacks({"attestations.records.held_on (time zone unknown)"})
		with input as held_on(fixture.zone_unknown(180))
	old := document({"held_on": fixture.days_ago(300)})
	verdict == fixture.lacks({"attestations.records.held_on"}) with input as documents([old, document({"held_on": null})])
}

test_no_evidence_no_document if {
	verdict == fixture.lacks({"attestations (none for this rule)"}) with input as documents([])
	verdict == fixture.lacks({"attestations"}) with input as organisation({"attestations": null})
}

test_no_evidence_list_cut if {
	old := document({"held_on": fixture.days_ago(300)})
	dossier := organisation({"attestations": fixture.cut([old])})
	verdict == fixture.lacks({"attestations.records (the list is cut)"}) with input as dossier
}

test_no_evidence_no_production_key if {
	dossier := organisation({"revocation": {"keys": 0, "short": fixture.list([])}})
	verdict == fixture.lacks({"revocation.keys (no active production key)"}) with input as dossier
}

test_not_applicable_by_document if {
	reason := "the bank has no production keys of its own"
	expected := {sprintf("%s (Revocation exercise, approved by CISO)", [reason])}
	dossier := documents([document({"not_applicable_reason": reason})])
	verdict.not_applicable == expected with input as dossier
}

test_elements if {
	few := organisation({"revocation": revocation({"short": fixture.list([short("k1", 0)])})})
	fixture.failed(said) == {"rights"} with input as few
	fixture.failed(said) == {"test"} with input as held_on(fixture.days_ago(181))
	fixture.failed(said) == {"document"} with input as documents([document({"attestor": ""})])
	fixture.lacking(said) == {"test", "document"} with input as documents([])
	fixture.lacking(said) == {"rights", "audit"} with input as organisation({"revocation": revocation({"keys": 0})})
}

whose := "(groups whose members no directory lists, holders without roles on record, or rights that may be less)"

# Two people of the team may be in a group, so that nothing is said of the keys that the group may revoke.
test_no_evidence_who_is_in_a_group if {
	unknown := organisation({"revocation": revocation({"rights_unknown": 1, "audit_unknown": 1})})
	verdict == fixture.lacks({sprintf("revocation.%s_unknown %s", [of, whose]) | some of in ["rights", "audit"]})
		with input as unknown
	fixture.lacking(said) == {"rights", "audit"} with input as unknown
	beside := revocation({"rights_unknown": 1, "short": fixture.list([short("k1", 0)])})
	fixture.failed(said) == {"rights"} with input as organisation({"revocation": beside})
}

test_fail_says_how_many_there_are_at_most if {
	key := object.union(short("k1", 0), {"at_most": 1})
	{violation.message | some violation in verdict.violations} == {concat(" ", [
		"the grants give at most 1 of the security team the right to revoke the production key k1;",
		"at least 2 people must have it",
	])}
		with input as organisation({"revocation": revocation({"short": fixture.list([key])})})
}
