package policies.incident.ir_notification_clocks_test

import future.keywords.not

import data.lib.age
import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.ir_notification_clocks.verdict

# Midday, so many hours after the first of August 2026.
hours(number) := {"state": "known", "ms": 1785585600000 + (number * age.hour_ms), "tolerance_ms": 0}

aware := hours(0)

nobody := {
	"eu_financial_entity": false,
	"gdpr_role": "controller",
	"finra_member": false,
	"covered_institution": false,
}

harmless := {
	"incident_id": "subject-1",
	"detected_at": hours(-1),
	"aware_at": aware,
	"classified_at": hours(2),
	"personal_data_breach": false,
	"customer_information_accessed": false,
	"card_data_affected": false,
	"malicious_unauthorised_access": false,
	"possible_data_loss": false,
	"critical_or_important_function": false,
	"source": fixture.source("doc 1"),
}

procedure := fixture.list([fixture.document("ir-notification-clocks", {
	"approved_on": fixture.days_ago(100),
	"effective_from": fixture.days_ago(100),
})])

incident(facts, entity, decisions) := fixture.dossier("incident", {
	"incident": object.union(harmless, facts),
	"entity": object.union(nobody, entity),
	"notifications": fixture.list(decisions),
	"attestations": procedure,
})

decision(regime, fields) := object.union(
	{
		"incident_id": "subject-1",
		"regime": regime,
		"required": true,
		"reason": null,
		"decided_at": hours(3),
		"due_at": null,
		"sent_at": null,
		"source": fixture.source("line 4"),
	},
	fields,
)

not_due(regime) := decision(regime, {"required": false, "reason": "no risk to anybody's rights"})

sent(regime, number) := decision(regime, {"sent_at": hours(number)})

breach := {"personal_data_breach": true}

financial := {"eu_financial_entity": true}

gdpr(decisions) := incident(breach, {}, array.concat(decisions, [not_due("gdpr-data-subjects")]))

dora(decisions) := incident({}, financial, decisions)

test_attested_authority_told_at_the_limit if {
	verdict == fixture.nothing with input as gdpr([sent("gdpr-authority", 72)])
	verdict == fixture.nothing with input as gdpr([not_due("gdpr-authority")])
}

test_fail_authority_told_one_ms_late if {
	late := decision("gdpr-authority", {"sent_at": {"state": "known", "ms": hours(72).ms + 1, "tolerance_ms": 0}})
	expected := {{
		"message": concat(" ", [
			"the notification of the supervisory authority (GDPR Art. 33(1)) was sent on 2026-08-04 12:00:00 UTC,",
			"after 2026-08-04 12:00:00 UTC (72 hours after awareness)",
		]),
		"facts": {
			"regime": "gdpr-authority",
			"sent": "2026-08-04 12:00:00 UTC",
			"clock_ended": "2026-08-04 12:00:00 UTC",
		},
		"records": [fixture.source("doc 1"), fixture.source("line 4")],
	}}
	verdict == fixture.fails(expected) with input as gdpr([late])
}

test_fail_no_decision if {
	expected := {{
		"message": concat(" ", [
			"no decision on the notification of the supervisory authority (GDPR Art. 33(1)) is recorded; 72 hours",
			"after awareness ended on 2026-08-04 12:00:00 UTC",
		]),
		"facts": {"regime": "gdpr-authority", "decided": "never", "clock_ended": "2026-08-04 12:00:00 UTC"},
		"records": [fixture.source("doc 1")],
	}}
	verdict == fixture.fails(expected) with input as gdpr([])
}

unsent(regime) := decision(regime, {"sent_at": fixture.never})

test_fail_decided_and_never_sent if {
	expected := {{
		"message": concat(" ", [
			"the notification of the supervisory authority (GDPR Art. 33(1)) was due by 2026-08-04 12:00:00 UTC",
			"(72 hours after awareness), and no record says that it was sent",
		]),
		"facts": {"regime": "gdpr-authority", "sent": "never", "clock_ended": "2026-08-04 12:00:00 UTC"},
		"records": [fixture.source("doc 1"), fixture.source("line 4")],
	}}
	verdict == fixture.fails(expected) with input as gdpr([unsent("gdpr-authority")])
}

test_no_evidence_whether_it_was_sent if {
	expected := fixture.lacks({"notifications.records.sent_at"})
	verdict == expected with input as gdpr([decision("gdpr-authority", {})])
	undecided := fixture.lacks({"notifications.records.required"})
	verdict == undecided with input as gdpr([decision("gdpr-authority", {"required": null})])
	undated := fixture.lacks({"incident.aware_at (not a date)"})
	verdict == undated
		with input as object.union(gdpr([not_due("gdpr-authority")]), {"incident": {"aware_at": fixture.never}})
}

test_fail_not_due_without_a_reason if {
	expected := {{
		"message": concat(" ", [
			"the decision that the notification of the supervisory authority (GDPR Art. 33(1)) is not due gives",
			"no reason",
		]),
		"facts": {"regime": "gdpr-authority", "required": false, "reason": ""},
		"records": [fixture.source("line 4")],
	}}
	verdict == fixture.fails(expected) with input as gdpr([decision("gdpr-authority", {"required": false, "reason": " "})])
}

test_attested_reports_under_dora_in_time if {
	reports := [sent("dora-initial", 6), sent("dora-intermediate", 78), sent("dora-final", 78 + (31 * 24))]
	verdict == fixture.nothing with input as dora(reports)
}

test_fail_initial_report_after_four_hours_or_a_day if {
	late := {violation.facts.clock_ended | some violation in verdict.violations}
		with input as dora([sent("dora-initial", 7)])
	late == {"2026-08-01 18:00:00 UTC", "2026-08-04 19:00:00 UTC"}
	classified := incident({"classified_at": hours(24)}, financial, [sent("dora-initial", 25)])
	first := {violation.facts.clock_ended | some violation in verdict.violations; violation.facts.regime == "dora-initial"}
		with input as classified
	first == {"2026-08-02 12:00:00 UTC"}
}

# Delegated Regulation (EU) 2025/301, Art. 5(2).
test_classification_alone_starts_the_clock_where_it_came_after_a_day if {
	every case in [[32, set()], [34, set()], [35, {"2026-08-02 22:00:00 UTC"}]] {
		dossier := incident({"classified_at": hours(30)}, financial, [sent("dora-initial", case[0])])
		ended := {violation.facts.clock_ended |
			some violation in verdict.violations
			violation.facts.regime == "dora-initial"
		} with input as dossier
		ended == case[1]
	}
}

test_awareness_alone_starts_the_clock_of_dora if {
	unclassified := incident({"classified_at": fixture.never}, financial, [sent("dora-initial", 24)])
	regimes := {violation.facts.regime | some violation in verdict.violations} with input as unclassified
	regimes == {"dora-intermediate"}
}

test_fail_final_report_a_month_and_a_day_later if {
	reports := [sent("dora-initial", 6), sent("dora-intermediate", 24), sent("dora-final", 24 + (32 * 24))]
	ended := {violation.facts.clock_ended | some violation in verdict.violations} with input as dora(reports)
	ended == {"2026-09-02 23:59:59 UTC"}
}

test_no_evidence_report_not_due_yet_is_no_gap if {
	now := {"as_of": {"ms": hours(20).ms}}
	verdict == fixture.nothing with input as object.union(dora([sent("dora-initial", 6)]), now)
	expected := fixture.lacks({"notifications.records.sent_at"})
	verdict == expected with input as object.union(gdpr([unsent("gdpr-authority")]), now)
	undecided := fixture.lacks({"notifications.records (no decision on a regime that concerns the incident)"})
	verdict == undecided with input as object.union(gdpr([]), now)
}

test_fail_presumed_major_and_not_reported if {
	facts := {"malicious_unauthorised_access": true, "possible_data_loss": true}
	violations := verdict.violations with input as incident(facts, financial, [not_due("dora-initial")])
	{violation.facts.presumed_major | some violation in violations} == {true}
	{violation.records | some violation in violations} == {[fixture.source("doc 1"), fixture.source("line 4")]}
}

test_no_evidence_whether_it_is_presumed_major if {
	facts := {"malicious_unauthorised_access": true, "possible_data_loss": null}
	decisions := [not_due("dora-initial")]
	lacks := fixture.lacks({"incident.possible_data_loss", "notifications.records.required (of the initial report)"})
	verdict == lacks with input as incident(facts, financial, decisions)
	unknown := {fact: null | some fact, _ in facts}
	asked := {concat(".", ["incident", fact]) | some fact, _ in facts}
	paths := fixture.lacks(asked | {"notifications.records.required (of the initial report)"})
	verdict == paths with input as incident(unknown, financial, decisions)
	harmless := object.union(facts, {"possible_data_loss": false})
	verdict == fixture.nothing with input as incident(harmless, financial, decisions)
}

test_no_evidence_whether_it_was_classified if {
	unclassified := incident({"classified_at": null}, financial, [sent("dora-initial", 3)])
	outcome := verdict with input as unclassified
	"incident.classified_at" in outcome.missing
}

test_no_evidence_sent_before_the_bank_was_aware if {
	expected := fixture.lacks({"notifications.records.sent_at (before the bank was aware)"})
	verdict == expected with input as gdpr([sent("gdpr-authority", -1)])
}

test_fail_not_due_decided_after_the_clock if {
	late := object.union(not_due("gdpr-authority"), {"decided_at": hours(73)})
	expected := {{
		"message": concat(" ", [
			"that the notification of the supervisory authority (GDPR Art. 33(1)) is not due was decided on",
			"2026-08-04 13:00:00 UTC, after 2026-08-04 12:00:00 UTC (72 hours after awareness)",
		]),
		"facts": {
			"regime": "gdpr-authority",
			"required": false,
			"decided": "2026-08-04 13:00:00 UTC",
			"clock_ended": "2026-08-04 12:00:00 UTC",
		},
		"records": [fixture.source("doc 1"), fixture.source("line 4")],
	}}
	verdict == fixture.fails(expected) with input as gdpr([late])
}

test_attested_final_report_a_month_after_an_update if {
	reports := [
		sent("dora-initial", 6),
		sent("dora-intermediate", 24),
		sent("dora-intermediate", 40 * 24),
		sent("dora-final", 55 * 24),
	]
	verdict == fixture.nothing with input as dora(reports)
}

test_notice_to_the_institution_served if {
	by_date := decision("reg-s-p-covered-institution", {"due_at": hours(72), "sent_at": hours(70)})
	verdict == fixture.nothing with input as incident({}, {}, [by_date])
	violations := verdict.violations with input as incident({}, {}, [object.union(by_date, {"sent_at": hours(73)})])
	{violation.facts.regime | some violation in violations} == {"reg-s-p-covered-institution"}
}

test_customers_told_within_thirty_calendar_days if {
	entity := {"covered_institution": true}
	facts := {"customer_information_accessed": true}
	verdict == fixture.nothing with input as incident(facts, entity, [sent("reg-s-p-customers", (30 * 24) + 11)])
	violations := verdict.violations with input as incident(facts, entity, [sent("reg-s-p-customers", (30 * 24) + 12)])
	{violation.facts.clock_ended | some violation in violations} == {"2026-08-31 23:59:59 UTC"}
}

test_report_to_finra_within_thirty_calendar_days_of_the_decision if {
	member := {"finra_member": true}
	verdict == fixture.nothing with input as incident({}, member, [sent("finra-4530", 30 * 24)])
	violations := verdict.violations with input as incident({}, member, [sent("finra-4530", 31 * 24)])
	{violation.facts.regime | some violation in violations} == {"finra-4530"}
	undecided := fixture.lacks({"notifications.records (no decision on a regime that concerns the incident)"})
	verdict == undecided with input as incident({}, member, [])
}

test_card_brands_by_the_date_of_the_record if {
	facts := {"card_data_affected": true}
	due_at := {"due_at": hours(24)}
	verdict == fixture.nothing
		with input as incident(facts, {}, [decision("card-brands", object.union(due_at, {"sent_at": hours(24)}))])
	verdict == fixture.nothing with input as incident(facts, {}, [sent("card-brands", 24)])
	violations := verdict.violations with input as incident(facts, {}, [object.union(unsent("card-brands"), due_at)])
	{violation.facts.regime | some violation in violations} == {"card-brands"}
	verdict == fixture.lacks({"notifications.records.sent_at"}) with input as incident(facts, {}, [unsent("card-brands")])
}

test_processor_tells_its_controller if {
	processor := {"gdpr_role": "processor"}
	verdict == fixture.nothing with input as incident(breach, processor, [sent("gdpr-controller", 10)])
}

test_no_evidence_facts_unknown if {
	nothing_stated := {fact: null | some fact, _ in nobody}
	unknown := object.union(harmless, {
		"personal_data_breach": null,
		"customer_information_accessed": null,
		"card_data_affected": null,
	})
	verdict == fixture.lacks({
		"entity.eu_financial_entity",
		"entity.finra_member",
		"entity.gdpr_role",
		"entity.covered_institution",
		"incident.card_data_affected",
	}) with input as incident(unknown, nothing_stated, [])
	verdict == fixture.lacks({
		"incident.personal_data_breach",
		"incident.customer_information_accessed",
		"incident.card_data_affected",
	}) with input as incident(unknown, {"covered_institution": true}, [])
}

test_no_evidence_decision_incomplete if {
	undated := decision("gdpr-authority", {"decided_at": null, "sent_at": hours(10)})
	verdict == fixture.lacks({"notifications.records.decided_at"}) with input as gdpr([undated])
	unreasoned := decision("gdpr-authority", {"required": false})
	verdict == fixture.lacks({"notifications.records.reason"}) with input as gdpr([unreasoned])
	day := decision("gdpr-authority", {"sent_at": {"state": "known", "ms": hours(60).ms, "tolerance_ms": age.day_ms - 1}})
	verdict == fixture.lacks({"notifications.records.sent_at"}) with input as gdpr([day])
}

test_no_evidence_list_cut if {
	cut := object.union(gdpr([sent("gdpr-authority", 10)]), {"notifications": fixture.cut([
		sent("gdpr-authority", 10),
		not_due("gdpr-data-subjects"),
	])})
	verdict == fixture.lacks({"notifications.records (the list is cut)"}) with input as cut
}

test_no_evidence_no_procedure if {
	without := object.union(gdpr([sent("gdpr-authority", 10)]), {"attestations": fixture.list([])})
	verdict == fixture.lacks({"attestations (none for this rule)"}) with input as without
}

test_fail_procedure_that_does_not_count if {
	defective := fixture.list([fixture.document("ir-notification-clocks", {"owner": ""})])
	violations := verdict.violations
		with input as object.union(gdpr([sent("gdpr-authority", 10)]), {"attestations": defective})
	{violation.facts.defects | some violation in violations} == {["no owner"]}
}

test_not_applicable_no_regime if {
	expected := {"no regime of notification concerns the incident, as far as the facts stated go"}
	verdict == fixture.exempt(expected) with input as incident({}, {}, [])
}

test_not_applicable_after_the_as_of_date if {
	outcome := verdict with input as incident({"detected_at": fixture.days_ago(-1)}, {}, [])
	"the incident was detected after the as-of date" in outcome.not_applicable
}

test_not_applicable_by_document if {
	reason := {"not_applicable_reason": "handled by the parent bank", "approved_on": fixture.days_ago(100)}
	excused := {"attestations": fixture.list([fixture.document("ir-notification-clocks", reason)])}
	outcome := verdict with input as object.union(gdpr([]), excused)
	outcome.not_applicable == {"handled by the parent bank (Key management policy, approved by CISO)"}
}

test_violations_name_their_regime if {
	decisions := [sent("gdpr-authority", 80), not_due("gdpr-data-subjects"), sent("dora-initial", 3)]
	late := incident(breach, financial, decisions)
	fixture.failed(said) == {"gdpr-authority", "dora-intermediate"} with input as late
}

excused(outcome) := {element | some reason in outcome.not_applicable; some element in reason.elements}

test_regimes_that_do_not_concern_the_incident_are_not_applicable if {
	dossier := incident({}, financial, [not_due("dora-initial")])
	outcome := said with input as dossier
	every regime in ["gdpr-authority", "dora-intermediate", "finra-4530", "card-brands"] {
		regime in excused(outcome)
	}
	not "dora-initial" in excused(outcome)
}

test_unknown_facts_concern_their_regimes_only if {
	dossier := incident({"card_data_affected": null}, financial, [not_due("dora-initial")])
	outcome := said with input as dossier
	fixture.lacking(outcome) == {"card-brands"}
	not "card-brands" in excused(outcome)
}

test_later_reports_are_open_while_the_initial_one_is_presumed_due if {
	facts := {"malicious_unauthorised_access": true, "possible_data_loss": true}
	outcome := said with input as incident(facts, financial, [not_due("dora-initial")])
	fixture.failed(outcome) == {"dora-classification"}
	fixture.lacking(outcome) == {"dora-intermediate", "dora-final"}
}

test_undecided_initial_report_leaves_the_others_open if {
	outcome := said with input as incident({}, financial, [])
	fixture.lacking(outcome) == {"dora-classification", "dora-intermediate", "dora-final"}
}

test_no_classification_outside_the_union if {
	outcome := said with input as incident(breach, {}, [])
	"dora-classification" in excused(outcome)
}
