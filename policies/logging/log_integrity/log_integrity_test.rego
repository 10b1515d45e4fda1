package policies.logging.log_integrity_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.log_integrity.verdict

document(fields) := fixture.document("log-integrity", fields)

log(fields) := object.union(
	{
		"log": "aws-cloudtrail",
		"immutable": true,
		"hash_chain_verified_at": fixture.never,
		"central": true,
		"readers": ["soc@northbridge.example"],
		"allowed_readers": ["SOC@northbridge.example", "audit@northbridge.example"],
		"deleters": [],
		"required_record": false,
		"source": fixture.source("doc 4"),
	},
	fields,
)

organisation(fields) := fixture.dossier("organisation", object.union(
	{
		"log_sources": fixture.list([log({})]),
		"logs": [{"log": "AWS-CloudTrail", "total": 10}],
		"attestations": fixture.list([document({})]),
	},
	fields,
))

keeping(fields) := organisation({"log_sources": fixture.list([log(fields)])})

chained(instant) := keeping({"immutable": false, "hash_chain_verified_at": instant})

violation(message, facts) := {
	"message": message,
	"facts": object.union({"log": "aws-cloudtrail"}, facts),
	"records": [fixture.source("doc 4")],
}

test_attested_write_once if {
	verdict == fixture.nothing with input as organisation({})
	verdict == fixture.nothing
		with input as keeping({"hash_chain_verified_at": null, "readers": [], "allowed_readers": []})
}

test_attested_chain_verified_exactly_at_the_limit if {
	verdict == fixture.nothing with input as chained(fixture.days_ago(31))
	verdict == fixture.nothing with input as keeping({"immutable": null, "hash_chain_verified_at": fixture.day_ago(31)})
}

test_missing_reader_who_may_be_an_approved_one_under_another_name if {
	fields := {"readers": ["soc"], "allowed_readers": ["soc@northbridge.example"]}
	path := "log_sources.records.readers (may be an approved reader under another name)"
	verdict == fixture.lacks({path}) with input as keeping(fields)
	both := {"readers": ["soc"], "allowed_readers": ["SOC", "soc@northbridge.example"]}
	verdict == fixture.nothing with input as keeping(both)
}

test_fail_chain_verified_one_ms_earlier if {
	verified := "was last verified on 2026-08-30, more than 31 days before the as-of date; the limit is 31 days"
	expected := fixture.fails({violation(
		concat("", [`entries of the log "aws-cloudtrail" can be changed, and its hash chain `, verified]),
		{"immutable": false, "hash_chain": verified, "limit_days": 31},
	)})
	verdict == expected with input as chained(fixture.one_ms_older(fixture.days_ago(31)))
}

test_fail_no_chain if {
	expected := fixture.fails({violation(
		`entries of the log "aws-cloudtrail" can be changed, and its hash chain was never verified`,
		{"immutable": false, "hash_chain": "was never verified", "limit_days": 31},
	)})
	verdict == expected with input as chained(fixture.never)
	verdict == expected with input as chained(fixture.does_not_apply)
}

test_fail_not_central if {
	expected := fixture.fails({violation(`the log "aws-cloudtrail" is not copied to a central store`, {"central": false})})
	verdict == expected with input as keeping({"central": false})
}

test_fail_reader_not_approved if {
	expected := fixture.fails({violation(
		`the log "aws-cloudtrail" is read by some who are not among its approved readers: dev-team, Everyone`,
		{"not_approved": ["dev-team", "Everyone"], "approved": ["soc", "everyone"]},
	)})
	verdict == expected
		with input as keeping({"readers": ["soc ", "dev-team", "Everyone"], "allowed_readers": ["soc", "everyone"]})
}

test_fail_entries_can_be_deleted if {
	expected := fixture.fails({violation(
		`entries of the log "aws-cloudtrail" can be deleted by platform-admin, root`,
		{"deleters": ["platform-admin", "root"]},
	)})
	verdict == expected with input as keeping({"deleters": ["platform-admin", "root"]})
}

test_fail_document_does_not_count if {
	outcome := verdict with input as organisation({"attestations": fixture.list([document({"owner": ""})])})
	{one.message | some one in outcome.violations} == {`the document "Key management policy" does not count: no owner`}
}

test_no_evidence_unknown_protection if {
	verdict == fixture.lacks({"log_sources.records.immutable"}) with input as keeping({"immutable": null})
	verdict == fixture.lacks({"log_sources.records.central"}) with input as keeping({"central": null})
	verdict == fixture.lacks({"log_sources.records.readers"}) with input as keeping({"readers": null})
	verdict == fixture.lacks({"log_sources.records.allowed_readers"}) with input as keeping({"allowed_readers": null})
	verdict == fixture.lacks({"log_sources.records.deleters"}) with input as keeping({"deleters": null})
}

test_no_evidence_chain_undecided if {
	path := "log_sources.records.hash_chain_verified_at"
	verdict == fixture.lacks({path}) with input as chained(null)
	verdict == fixture.lacks({path})
		with input as organisation({
			"log_sources": fixture.list([object.remove(log({"immutable": false}), {"hash_chain_verified_at"})]),
		})
	verdict == fixture.lacks({concat("", [path, " (after the as-of date)"])}) with input as chained(fixture.days_ago(-1))
	verdict == fixture.lacks({concat("", [path, " (time zone unknown)"])}) with input as chained(fixture.zone_unknown(31))
}

test_no_evidence_log_without_a_record if {
	dossier := organisation({"logs": [{"log": "aws-cloudtrail", "total": 10}, {"log": "gateway", "total": 3}]})
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
	fixture.failed(said) == {"change"} with input as chained(fixture.never)
	fixture.failed(said) == {"central"} with input as keeping({"central": false})
	fixture.failed(said) == {"readers"} with input as keeping({"readers": ["dev-team"]})
	fixture.failed(said) == {"deletion"} with input as keeping({"deleters": ["root"]})
}

test_elements_have_no_evidence_if_no_document_counts if {
	outcome := said with input as organisation({"attestations": fixture.list([document({"owner": ""})])})
	fixture.failed(outcome) == {"document"}
	fixture.lacking(outcome) == {"readers", "change", "deletion", "required-change", "required-deletion", "central"}
}

test_missing_paths_name_their_element if {
	fixture.lacking(said) == {"change"} with input as keeping({"immutable": null})
	fixture.lacking(said) == {"readers"} with input as keeping({"allowed_readers": null})
	fixture.lacking(said) == {"deletion"} with input as keeping({"deleters": null})
}

test_required_records_are_judged_apart if {
	open := {"immutable": false, "hash_chain_verified_at": fixture.never, "deleters": ["root"]}
	fixture.failed(said) == {"change", "deletion"} with input as keeping(open)
	designated := object.union(open, {"required_record": true})
	both := {"change", "deletion", "required-change", "required-deletion"}
	fixture.failed(said) == both with input as keeping(designated)
	message := `entries of the log "aws-cloudtrail", designated a required record, can be deleted by root`
	outcome := said with input as keeping({"required_record": true, "deleters": ["root"]})
	message in {one.message | some one in outcome.violations; one.element == "required-deletion"}
}

test_required_record_unknown_is_no_pass if {
	protected := said with input as keeping({"required_record": null})
	fixture.lacking(protected) == {"required-change", "required-deletion"}
	open := {"required_record": null, "immutable": false, "deleters": ["root"]}
	unprotected := said with input as keeping(open)
	fixture.failed(unprotected) == {"change", "deletion"}
	fixture.lacking(unprotected) == {"required-change", "required-deletion"}
}

test_required_record_unknown_beside_one_matters_only_if_the_log_would_fail if {
	protected := [log({"required_record": null}), log({"required_record": true})]
	beside := said with input as organisation({"log_sources": fixture.list(protected)})
	fixture.lacking(beside) == set()
	open := [log({"required_record": null, "immutable": false, "deleters": ["root"]}), log({"required_record": true})]
	may_be := said with input as organisation({"log_sources": fixture.list(open)})
	fixture.lacking(may_be) == {"required-change", "required-deletion"}
}

test_required_record_of_unknown_protection if {
	outcome := said with input as keeping({"required_record": true, "deleters": null})
	fixture.lacking(outcome) == {"deletion", "required-deletion"}
}

by_export(days, verified) := keeping({
	"immutable": false,
	"hash_chain_verified_at": fixture.days_ago(verified),
	"stated_until_ms": fixture.days_ago(days).ms,
})

test_no_evidence_chain_too_old_since_the_export_only if {
	path := concat(" ", [
		"log_sources.records.hash_chain_verified_at",
		"(by an export of 2026-08-31; nothing supplied covers the time since)",
	])
	verdict == fixture.lacks({path}) with input as by_export(30, 61)
	fixture.failed(said) == {"change"} with input as by_export(30, 62)
}
