package lib.occasion_test

import data.lib.fixture_test as fixture
import data.lib.occasion

document(fields) := fixture.document("some-rule", fields)

holding(documents) := fixture.dossier("organisation", {"attestations": fixture.list(documents)})

dated(instant) := [faults, gaps] if {
	faults := occasion.late(document({"held_on": instant}), 31) with input as holding([])
	gaps := occasion.undated(document({"held_on": instant}), 31) with input as holding([])
}

one(faults, gaps) := {"document": document({}), "faults": faults, "gaps": gaps}

test_date_at_the_limit if {
	dated(fixture.days_ago(31)) == [set(), set()]
	dated(fixture.one_ms_older(fixture.days_ago(31))) == [
		{"took place on 2026-08-30, more than 31 days before the as-of date (limit 31 days)"},
		set(),
	]
	dated(fixture.day_ago(32)) == [{"took place on 2026-08-29, 32 days before the as-of date (limit 31 days)"}, set()]
	dated(fixture.never) == [{"never took place"}, set()]
}

test_date_that_decides_nothing if {
	dated(null) == [set(), {"attestations.records.held_on"}]
	dated(fixture.days_ago(-1)) == [set(), {"attestations.records.held_on (after the as-of date)"}]
	dated(fixture.zone_unknown(31)) == [set(), {"attestations.records.held_on (time zone unknown)"}]
	occasion.undated(document({}), 31) == {"attestations.records.held_on"} with input as holding([])
}

test_one_document_without_faults_is_enough if {
	judged := [one({"no actions"}, set()), one(set(), set())]
	occasion.failing(judged) == set() with input as holding([document({})])
	occasion.undecided(judged) == set() with input as holding([document({})])
}

test_violation_where_each_has_a_fault if {
	expected := {{
		"message": `the document "Key management policy" falls short: never took place; no actions`,
		"facts": {"document": "Key management policy", "faults": ["never took place", "no actions"]},
		"records": [fixture.source("doc 2")],
	}}
	judged := [one({"no actions", "never took place"}, {"attestations.records.findings"})]
	occasion.failing(judged) == expected with input as holding([document({})])
	occasion.undecided(judged) == set() with input as holding([document({})])
}

test_gap_decides_nothing if {
	judged := [one({"no actions"}, set()), one(set(), {"attestations.records.findings"})]
	occasion.failing(judged) == set() with input as holding([document({})])
	occasion.undecided(judged) == {"attestations.records.findings"} with input as holding([document({})])
}

test_cut_list_decides_nothing if {
	dossier := fixture.dossier("organisation", {"attestations": fixture.cut([document({})])})
	judged := [one({"no actions"}, set())]
	occasion.failing(judged) == set() with input as dossier
	occasion.undecided(judged) == {"attestations.records (the list is cut)"} with input as dossier
	occasion.undecided([]) == set() with input as dossier
}
