package policies.logging.log_time_sync_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.log_time_sync.verdict

document(fields) := fixture.document("log-time-sync", object.union({"document_title": "Time standard"}, fields))

organisation(fields) := fixture.dossier("organisation", object.union(
	{
		"logs": [{"log": "vault"}, {"log": " Gateway"}],
		"log_sources": fixture.list([source({}), source({"log": "gateway", "source": fixture.source("row 4")})]),
		"attestations": fixture.list([document({})]),
	},
	fields,
))

source(fields) := object.union(
	{"log": "vault", "time_source": "ntp.bank.example", "max_skew_ms": 12, "source": fixture.source("row 3")},
	fields,
)

clocks(fields) := organisation({"log_sources": fixture.list([source({"log": "gateway"}), source(fields)])})

off(skew, text) := {
	"message": sprintf("the clock of log vault was up to %s ms off its reference; the limit is 5000 ms", [text]),
	"facts": {"log": "vault", "max_skew_ms": skew, "limit_ms": 5000},
	"records": [fixture.source("row 3")],
}

test_attested_clocks_agree if verdict == fixture.nothing with input as organisation({})

test_attested_exactly_the_limit if {
	verdict == fixture.nothing with input as clocks({"max_skew_ms": 5000})
	verdict == fixture.nothing with input as clocks({"max_skew_ms": -5000})
}

test_attested_record_of_a_log_without_events if {
	dossier := organisation({"logs": [{"log": "vault"}]})
	verdict == fixture.nothing with input as dossier
}

test_fail_one_ms_over_the_limit_either_way if {
	verdict == fixture.fails({off(5001, "5001")}) with input as clocks({"max_skew_ms": 5001})
	verdict == fixture.fails({off(-5000.5, "5000.5")}) with input as clocks({"max_skew_ms": -5000.5})
}

test_fail_no_time_source if {
	expected := {{
		"message": "the record of log vault says that its clock has no time source",
		"facts": {"log": "vault", "time_source": ""},
		"records": [fixture.source("row 3")],
	}}
	verdict == fixture.fails(expected) with input as clocks({"time_source": " "})
}

test_fail_document_that_does_not_count if {
	messages := {violation.message | some violation in verdict.violations}
		with input as organisation({"attestations": fixture.list([document({"owner": ""})])})
	messages == {`the document "Time standard" does not count: no owner`}
}

test_no_evidence_field_unknown if {
	verdict == fixture.lacks({"log_sources.records.max_skew_ms"}) with input as clocks({"max_skew_ms": null})
	verdict == fixture.lacks({"log_sources.records.time_source"}) with input as clocks({"time_source": null})
}

test_no_evidence_log_without_a_record if {
	expected := fixture.lacks({"log_sources.records (a log without a record)"})
	verdict == expected with input as organisation({"logs": [{"log": "vault"}, {"log": "cloudtrail"}]})
	verdict == expected with input as organisation({"log_sources": fixture.list([])})
}

test_no_evidence_list_cut if {
	cut := {"logs": [{"log": "vault"}], "log_sources": fixture.cut([source({})])}
	verdict == fixture.lacks({"log_sources.records (the list is cut)"}) with input as organisation(cut)
}

test_no_evidence_no_log if {
	verdict == fixture.lacks({"logs (no event in any log)"}) with input as organisation({"logs": []})
}

test_no_evidence_no_document if {
	verdict == fixture.lacks({"attestations (none for this rule)"})
		with input as organisation({"attestations": fixture.list([])})
}

test_nothing_supplied_is_no_violation if {
	dossier := organisation({"logs": null, "log_sources": null, "attestations": null})
	verdict == fixture.lacks({"attestations"}) with input as dossier
}

test_not_applicable_by_document if {
	excuse := document({"not_applicable_reason": "one system writes all logs"})
	dossier := organisation({"attestations": fixture.list([excuse])})
	verdict.not_applicable == {"one system writes all logs (Time standard, approved by CISO)"} with input as dossier
}

test_elements if {
	fixture.failed(said) == {"skew"} with input as clocks({"max_skew_ms": 5001})
	fixture.failed(said) == {"source"} with input as clocks({"time_source": ""})
	fixture.failed(said) == {"document"}
		with input as organisation({"attestations": fixture.list([document({"attestor": ""})])})
	fixture.lacking(said) == {"skew"} with input as clocks({"max_skew_ms": null})
	fixture.lacking(said) == {"source"} with input as clocks({"time_source": null})
	fixture.lacking(said) == {"skew", "source", "document"} with input as organisation({"attestations": fixture.list([])})
}
