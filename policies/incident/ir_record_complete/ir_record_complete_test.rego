package policies.incident.ir_record_complete_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.ir_record_complete.verdict

incident(fields) := fixture.dossier("incident", {"incident": object.union(
	{
		"detected_at": fixture.days_ago(100),
		"contained_at": fixture.days_ago(99),
		"investigated_at": fixture.days_ago(98),
		"remediated_at": fixture.days_ago(97),
		"closed_at": fixture.days_ago(90),
		"reviewed_at": fixture.days_ago(60),
		"root_cause": "a debug flag",
		"affected": "one key",
		"actions_tracked": true,
		"source": fixture.source("doc 1"),
	},
	fields,
)})

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("doc 1")]}

test_pass_reviewed_exactly_at_the_limit if verdict == fixture.nothing with input as incident({})

test_pass_stages_on_the_day_of_detection if {
	verdict == fixture.nothing
		with input as incident({"detected_at": fixture.days_ago(100), "contained_at": fixture.day_ago(100)})
}

test_no_evidence_time_for_the_review_not_up if {
	verdict == fixture.lacks({"incident.reviewed_at (the time allowed is not over)"})
		with input as incident({"closed_at": fixture.days_ago(30), "reviewed_at": fixture.never})
}

test_fail_stage_never_took_place if {
	expected := {violation(
		"detected on 2026-06-22, 100 days before the as-of date, and never investigated",
		{"detected": "2026-06-22", "stage": "investigated", "at": "never"},
	)}
	verdict == fixture.fails(expected) with input as incident({"investigated_at": fixture.never})
}

test_fail_closed_young_incident_without_a_stage if {
	dossier := incident({
		"detected_at": fixture.days_ago(9),
		"contained_at": fixture.never,
		"investigated_at": fixture.days_ago(8),
		"remediated_at": fixture.days_ago(8),
		"closed_at": fixture.days_ago(7),
		"reviewed_at": fixture.never,
	})
	count(verdict.violations) == 1 with input as dossier
}

test_fail_open_for_too_long if {
	expected := {violation(
		"detected on 2026-06-22, 100 days before the as-of date, and never closed",
		{"detected": "2026-06-22", "stage": "closed", "at": "never"},
	)}
	verdict == fixture.fails(expected) with input as incident({"closed_at": fixture.never, "reviewed_at": fixture.never})
}

test_fail_stage_before_the_detection if {
	expected := {violation(
		"contained on 2026-06-21, before it was detected on 2026-06-22",
		{"detected": "2026-06-22", "stage": "contained", "at": "2026-06-21"},
	)}
	verdict == fixture.fails(expected) with input as incident({"contained_at": fixture.days_ago(101)})
}

test_fail_not_known if {
	expected := {
		violation("the record says that the root cause is not known", {"not_known": "the root cause"}),
		violation("the record says that what was affected is not known", {"not_known": "what was affected"}),
	}
	verdict == fixture.fails(expected) with input as incident({"root_cause": "", "affected": " "})
}

test_fail_actions_not_tracked if {
	expected := {violation("the follow-up actions are not tracked", {"actions_tracked": false})}
	verdict == fixture.fails(expected) with input as incident({"actions_tracked": false})
}

test_fail_not_reviewed if {
	expected := {violation(
		"closed on 2026-07-02, 90 days before the as-of date, and not reviewed; the limit is 30 days",
		{"closed": "2026-07-02", "reviewed": "never", "limit_days": 30},
	)}
	verdict == fixture.fails(expected) with input as incident({"reviewed_at": fixture.never})
}

test_fail_reviewed_one_ms_late if {
	expected := {violation(
		"closed on 2026-07-02 and reviewed on 2026-08-01; the limit is 30 days",
		{"closed": "2026-07-02", "reviewed": "2026-08-01", "limit_days": 30},
	)}
	closed := fixture.one_ms_older(fixture.days_ago(90))
	verdict == fixture.fails(expected) with input as incident({"closed_at": closed})
}

test_no_evidence_dates_unknown if {
	verdict == fixture.lacks({"incident.contained_at"}) with input as incident({"contained_at": null})
	verdict == fixture.lacks({"incident.contained_at (after the as-of date)"})
		with input as incident({"contained_at": fixture.days_ago(-1)})
	verdict == fixture.lacks({"incident.reviewed_at"}) with input as incident({"reviewed_at": null})
	verdict == fixture.lacks({"incident.reviewed_at (after the as-of date)"}) with input as incident({
		"closed_at": fixture.days_ago(10),
		"reviewed_at": fixture.days_ago(-1),
	})
}

test_no_evidence_closed_before_it_was_contained if {
	verdict == fixture.lacks({"incident.closed_at (before the incident was contained)"})
		with input as incident({"contained_at": fixture.days_ago(89)})
}

test_no_evidence_detection_unknown if {
	outcome := verdict with input as incident({"detected_at": fixture.not_tracked})
	outcome.violations == set()
	"incident.detected_at" in outcome.missing
}

test_no_evidence_order_in_an_unknown_zone if {
	expected := fixture.lacks({"incident.contained_at (time zone unknown)"})
	verdict == expected with input as incident({"contained_at": fixture.zone_unknown(100)})
}

test_not_applicable_detected_later if {
	outcome := verdict with input as incident({"detected_at": fixture.days_ago(-1)})
	outcome.not_applicable == {"the incident was detected after the as-of date"}
}

test_not_applicable_still_open if {
	outcome := verdict with input as incident({"detected_at": fixture.days_ago(30), "closed_at": fixture.never})
	outcome.not_applicable == {"the incident is still open, within the time allowed"}
}

test_violations_name_their_element if {
	fixture.failed(said) == {"facts"} with input as incident({"investigated_at": fixture.never})
	fixture.failed(said) == {"remedy"} with input as incident({"contained_at": fixture.days_ago(101)})
	fixture.failed(said) == {"closing"} with input as incident({"closed_at": fixture.never})
	fixture.failed(said) == {"facts", "effects"} with input as incident({"root_cause": "", "affected": " "})
	fixture.failed(said) == {"actions"} with input as incident({"actions_tracked": false})
	fixture.failed(said) == {"review"} with input as incident({"reviewed_at": fixture.never})
}

test_missing_paths_name_their_element if {
	fixture.lacking(said) == {"remedy", "closing"} with input as incident({"contained_at": null})
	fixture.lacking(said) == {"review"} with input as incident({"reviewed_at": null})
}

test_no_review_is_due_while_the_incident_is_open if {
	outcome := said with input as incident({"closed_at": fixture.never, "reviewed_at": fixture.never})
	{reason.elements | some reason in outcome.not_applicable} == {["review"]}
	outcome.missing == set()
}
