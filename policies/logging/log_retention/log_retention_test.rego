package policies.logging.log_retention_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.log_retention.verdict

document(fields) := fixture.document("log-retention", fields)

log(fields) := object.union(
	{
		"log": "gateway",
		"pci_scope": "out",
		"personal_data": false,
		"required_record": false,
		"retention_days": 365,
		"hot_days": 0,
		"retention_basis": "",
		"source": fixture.source("doc 4"),
	},
	fields,
)

organisation(fields) := fixture.dossier("organisation", object.union(
	{
		"log_sources": fixture.list([log({})]),
		"logs": [{"log": "Gateway", "total": 10}],
		"attestations": fixture.list([document({})]),
	},
	fields,
))

keeping(fields) := organisation({"log_sources": fixture.list([log(fields)])})

violation(message, facts) := {
	"message": message,
	"facts": object.union({"log": "gateway"}, facts),
	"records": [fixture.source("doc 4")],
}

test_attested_exactly_at_the_limits if {
	verdict == fixture.nothing with input as organisation({})
	verdict == fixture.nothing with input as keeping({"pci_scope": "cde", "hot_days": 90})
	verdict == fixture.nothing with input as keeping({"retention_days": 1095})
	verdict == fixture.nothing
		with input as keeping({"retention_days": 2190, "required_record": true, "retention_basis": "SEC 17a-4"})
}

test_fail_one_day_short if {
	expected := {violation(
		`entries of the log "gateway" are kept for 364 days; the limit is 365 days (every log)`,
		{"retention_days": 364, "limit_days": 365, "applies": ["every log"]},
	)}
	verdict == fixture.fails(expected) with input as keeping({"retention_days": 364})
}

test_fail_what_is_not_kept_cannot_be_searched if {
	message := concat(" ", [
		`entries of the log "gateway", in or connected to the cardholder data environment, are kept for 89 days,`,
		"of which the last 90 are to be searched at once",
	])
	some one in verdict.violations with input as keeping({"pci_scope": "cde", "retention_days": 89, "hot_days": null})
	one.message == message
}

test_no_evidence_of_what_is_searchable_of_a_log_kept_long_enough if {
	dossier := keeping({"pci_scope": "cde", "retention_days": 365, "hot_days": null})
	verdict == fixture.lacks({"log_sources.records.hot_days"}) with input as dossier
}

test_fail_required_record if {
	expected := {violation(
		`entries of the log "gateway" are kept for 2189 days; the limit is 2190 days (designated a required record)`,
		{"retention_days": 2189, "limit_days": 2190, "applies": ["designated a required record"]},
	)}
	dossier := keeping({"retention_days": 2189, "required_record": true, "retention_basis": "policy"})
	verdict == fixture.fails(expected) with input as dossier
}

test_fail_each_period_that_applies if {
	duties := ["every log", "in or connected to the cardholder data environment"]
	expected := {violation(
		sprintf(`entries of the log "gateway" are kept for 30 days; the limit is 365 days (%s)`, [duty]),
		{"retention_days": 30, "limit_days": 365, "applies": [duty]},
	) |
		some duty in duties
	}
	verdict == fixture.fails(expected)
		with input as keeping({"retention_days": 30, "pci_scope": "connected", "hot_days": 90})
}

test_fail_too_little_searchable if {
	expected := {violation(
		concat(" ", [
			`of the log "gateway", in or connected to the cardholder data environment, the last 89 days can be`,
			`searched at once; the limit is 90 days`,
		]),
		{"hot_days": 89, "pci_scope": "cde", "limit_days": 90},
	)}
	verdict == fixture.fails(expected) with input as keeping({"pci_scope": "cde", "hot_days": 89})
}

test_fail_no_reason if {
	long := {violation(
		`the record gives no reason for the retention of the log "gateway", needed for more than 1095 days`,
		{"retention_days": 1096, "needed_for": ["more than 1095 days"]},
	)}
	verdict == fixture.fails(long) with input as keeping({"retention_days": 1096})
	personal := {violation(
		concat(" ", [
			`the record gives no reason for the retention of the log "gateway", needed for a log of personal data`,
			`and more than 1095 days`,
		]),
		{"retention_days": 2000, "needed_for": ["a log of personal data", "more than 1095 days"]},
	)}
	verdict == fixture.fails(personal)
		with input as keeping({"retention_days": 2000, "personal_data": true, "retention_basis": " "})
}

test_fail_document_does_not_count if {
	outcome := verdict with input as organisation({"attestations": fixture.list([document({"owner": ""})])})
	{one.message | some one in outcome.violations} == {`the document "Key management policy" does not count: no owner`}
}

test_no_evidence_periods_unknown if {
	verdict == fixture.lacks({"log_sources.records.retention_days", "log_sources.records.required_record"})
		with input as keeping({"retention_days": null, "required_record": null})
	verdict == fixture.lacks({"log_sources.records.hot_days"})
		with input as keeping({"pci_scope": "cde", "hot_days": null})
}

test_no_evidence_duties_unknown if {
	verdict == fixture.lacks({"log_sources.records.pci_scope"}) with input as keeping({"pci_scope": null})
	verdict == fixture.lacks({"log_sources.records.required_record"}) with input as keeping({"required_record": null})
	verdict == fixture.lacks({"log_sources.records.personal_data"}) with input as keeping({"personal_data": null})
	verdict == fixture.lacks({"log_sources.records.retention_basis"})
		with input as keeping({"personal_data": true, "retention_basis": null})
}

test_attested_meets_every_duty_that_could_apply if {
	unknown := {"pci_scope": null, "required_record": null, "personal_data": null}
	met := {"retention_days": 2190, "hot_days": 90, "retention_basis": "Logging standard, section 4"}
	verdict == fixture.nothing with input as keeping(object.union(unknown, met))
}

test_no_evidence_log_without_a_record if {
	dossier := organisation({"logs": [{"log": "gateway", "total": 10}, {"log": "vault", "total": 3}]})
	verdict == fixture.lacks({"log_sources.records (a log in use has no record)"}) with input as dossier
}

test_no_evidence_no_log_described if {
	dossier := organisation({"log_sources": fixture.list([]), "logs": []})
	verdict == fixture.lacks({"log_sources.records (no log is described)"}) with input as dossier
}

test_no_evidence_list_cut if {
	dossier := organisation({"log_sources": fixture.cut([log({})])})
	verdict == fixture.lacks({"log_sources.records (the list is cut)"}) with input as dossier
}

test_no_evidence_no_document if {
	dossier := organisation({"attestations": fixture.list([])})
	verdict == fixture.lacks({"attestations (none for this rule)"}) with input as dossier
}

test_not_applicable_by_document if {
	excuse := document({"not_applicable_reason": "the parent company keeps the logs"})
	outcome := verdict with input as organisation({"attestations": fixture.list([excuse])})
	outcome.not_applicable == {"the parent company keeps the logs (Key management policy, approved by CISO)"}
}

test_violations_name_their_element if {
	fixture.failed(said) == {"every-log"} with input as keeping({"retention_days": 364})
	fixture.failed(said) == {"every-log", "cardholder", "searchable"}
		with input as keeping({"retention_days": 30, "pci_scope": "cde", "hot_days": 30})
	fixture.failed(said) == {"required-record"}
		with input as keeping({"retention_days": 2189, "required_record": true, "retention_basis": "policy"})
	fixture.failed(said) == {"reason"} with input as keeping({"retention_days": 1096})
}

test_elements_that_concern_no_log if {
	outcome := said with input as organisation({})
	{element | some reason in outcome.not_applicable; some element in reason.elements} == {
		"cardholder",
		"searchable",
		"required-record",
	}
	none := said with input as organisation({"log_sources": fixture.list([]), "logs": []})
	none.not_applicable == set()
}

test_missing_paths_name_their_element if {
	fixture.lacking(said) == {"every-log", "cardholder", "required-record", "reason"}
		with input as keeping({"retention_days": null})
	fixture.lacking(said) == {"cardholder"}
		with input as keeping({"retention_days": 30, "pci_scope": null, "hot_days": 90})
	fixture.lacking(said) == {"searchable"} with input as keeping({"pci_scope": null, "hot_days": 89})
}
