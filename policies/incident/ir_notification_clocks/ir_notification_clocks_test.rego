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
	"payment_service_provider": false,
	"us_banking_organization": false,
	"sec_filer": "none",
	"nydfs_covered_entity": false,
	"uk_reporting_firm": "none",
	"eu_entity_kind": "credit-institution",
	"nis2_status": "essential",
	"dora_relief_withdrawn": false,
	"member_state": "NL",
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

at_ms(ms) := {"state": "known", "ms": ms, "tolerance_ms": 0}

# Regulation (EEC, Euratom) No 1182/71, Art. 3(1): the hour of the event may not be counted.
test_no_evidence_authority_told_in_the_hour_that_may_not_be_counted if {
	counted := {"notifications.records.sent_at (in time or late by how the clock is counted)"}
	every ms in [hours(72).ms + 1, hours(73).ms - 1] {
		told := decision("gdpr-authority", {"sent_at": at_ms(ms)})
		outcome := verdict with input as gdpr([told])
		outcome.violations == set()
		counted & outcome.missing == counted
	}
}

# Art. 3(5): from Thursday evening to Easter Sunday no second day is a working day.
test_two_working_days_over_easter if {
	maundy_thursday := {"state": "known", "ms": 1775160000000, "tolerance_ms": 0}
	facts := object.union(breach, {"detected_at": maundy_thursday, "aware_at": maundy_thursday})
	every case in [[1775606399999, set()], [1775606400000, {"2026-04-07 21:59:59 UTC"}]] {
		told := decision("gdpr-authority", {"decided_at": maundy_thursday, "sent_at": at_ms(case[0] - (2 * age.hour_ms))})
		notifications := [told, not_due("gdpr-data-subjects")]
		ended := {violation.facts.clock_ended | some violation in verdict.violations}
			with input as incident(facts, {}, notifications)
		ended == case[1]
	}
}

test_fail_authority_told_one_ms_late if {
	late := decision("gdpr-authority", {"sent_at": at_ms(hours(73).ms)})
	expected := {{
		"message": concat(" ", [
			"the notification of the supervisory authority (GDPR Art. 33(1)) was sent on 2026-08-04 13:00:00 UTC,",
			"after 2026-08-04 12:59:59 UTC (72 hours after awareness, the hour in which it started not counted)",
		]),
		"facts": {
			"regime": "gdpr-authority",
			"sent": "2026-08-04 13:00:00 UTC",
			"clock_ended": "2026-08-04 12:59:59 UTC",
		},
		"records": [fixture.source("doc 1"), fixture.source("line 4")],
	}}
	violations := verdict.violations with input as gdpr([late])
	violations == expected
}

test_fail_no_decision if {
	expected := {{
		"message": concat(" ", [
			"no decision on the notification of the supervisory authority (GDPR Art. 33(1)) is recorded; 72 hours",
			"after awareness, the hour in which it started not counted ended on 2026-08-04 12:59:59 UTC",
		]),
		"facts": {"regime": "gdpr-authority", "decided": "never", "clock_ended": "2026-08-04 12:59:59 UTC"},
		"records": [fixture.source("doc 1")],
	}}
	verdict == fixture.fails(expected) with input as gdpr([])
}

unsent(regime) := decision(regime, {"sent_at": fixture.never})

test_fail_decided_and_never_sent if {
	expected := {{
		"message": concat(" ", [
			"the notification of the supervisory authority (GDPR Art. 33(1)) was due by 2026-08-04 12:59:59 UTC",
			"(72 hours after awareness, the hour in which it started not counted), and no record says that it was sent",
		]),
		"facts": {"regime": "gdpr-authority", "sent": "never", "clock_ended": "2026-08-04 12:59:59 UTC"},
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
	late == {"2026-08-01 18:59:59 UTC", "2026-08-04 19:59:59 UTC"}
	classified := incident({"classified_at": hours(24)}, financial, [sent("dora-initial", 25)])
	first := {violation.facts.clock_ended | some violation in verdict.violations; violation.facts.regime == "dora-initial"}
		with input as classified
	first == {"2026-08-02 12:59:59 UTC"}
}

# Delegated Regulation (EU) 2025/301, Art. 5(2).
test_classification_alone_starts_the_clock_where_it_came_after_a_day if {
	every case in [[32, set()], [34, set()], [35, {"2026-08-02 22:59:59 UTC"}]] {
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
	ended == {"2026-09-02 21:59:59 UTC"}
}

# A month ends with a day of the Member State: in Amsterdam the 2nd of September ends at 22:00 UTC.
test_final_report_by_the_day_of_the_member_state if {
	every case in [[1788386399999, 0], [1788386400000, 1]] {
		reports := [
			sent("dora-initial", 6),
			sent("dora-intermediate", 24),
			decision("dora-final", {"sent_at": at_ms(case[0])}),
		]
		violations := verdict.violations with input as dora(reports)
		count(violations) == case[1]
	}
}

test_no_evidence_report_not_due_yet_is_no_gap if {
	now := {"as_of": {"ms": hours(20).ms}}
	verdict == fixture.nothing with input as object.union(dora([sent("dora-initial", 6)]), now)
	expected := fixture.lacks({"notifications.records.sent_at (the time allowed is not over)"})
	verdict == expected with input as object.union(gdpr([unsent("gdpr-authority")]), now)
	undecided := fixture.lacks({"notifications.records (the time allowed is not over)"})
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
	late := object.union(not_due("gdpr-authority"), {"decided_at": hours(74)})
	expected := {{
		"message": concat(" ", [
			"that the notification of the supervisory authority (GDPR Art. 33(1)) is not due was decided on",
			"2026-08-04 14:00:00 UTC, after 2026-08-04 12:59:59 UTC (72 hours after awareness, the hour in which it",
			"started not counted)",
		]),
		"facts": {
			"regime": "gdpr-authority",
			"required": false,
			"decided": "2026-08-04 14:00:00 UTC",
			"clock_ended": "2026-08-04 12:59:59 UTC",
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

# 12 CFR 53.4 sets no number of hours, and which later reports a firm of the United Kingdom owes follows from its kind.
test_what_is_due_by_the_date_of_a_record_alone if {
	every regime in ["us-bank-customers", "uk-intermediate", "uk-final"] {
		told := decision(regime, {"due_at": from_spring(72), "sent_at": from_spring(70)})
		not regime in fixture.failed(said) with input as in_spring([told])
		late := object.union(told, {"sent_at": from_spring(73)})
		regime in fixture.failed(said) with input as in_spring([late])
	}
	outcome := said with input as in_spring([])
	every regime in ["us-bank-customers", "uk-intermediate", "uk-final"] {
		regime in excused(outcome)
	}
}

# After the 18th of March 2027.
from_spring(number) := {"state": "known", "ms": 1806566400000 + (number * age.hour_ms), "tolerance_ms": 0}

in_spring(decisions) := object.union(
	incident({"detected_at": from_spring(-1), "aware_at": from_spring(0), "classified_at": from_spring(1)}, {}, decisions),
	{"as_of": {"ms": 1814399999999}},
)

test_customers_told_within_thirty_calendar_days if {
	entity := {"covered_institution": true}
	facts := {"customer_information_accessed": true}
	verdict == fixture.nothing with input as incident(facts, entity, [sent("reg-s-p-customers", (30 * 24) + 15)])
	violations := verdict.violations with input as incident(facts, entity, [sent("reg-s-p-customers", (30 * 24) + 22)])
	{violation.facts.clock_ended | some violation in violations} == {"2026-09-01 09:59:59 UTC"}
}

# The thirtieth day ends at midnight in New York, and six hours later in Hawaii: the time between is open.
test_thirty_days_by_the_clocks_of_the_united_states if {
	entity := {"covered_institution": true}
	facts := {"customer_information_accessed": true}
	open := said with input as incident(facts, entity, [sent("reg-s-p-customers", (30 * 24) + 16)])
	fixture.failed(open) == set()
	"reg-s-p-customers" in fixture.lacking(open)
	dates := {"aware_at": day_of(1785542400000)}
	by_date := decision("reg-s-p-customers", {"sent_at": day_of(1788134400000)})
	verdict == fixture.nothing with input as incident(object.union(facts, dates), entity, [by_date])
}

day_of(ms) := {"state": "known", "ms": ms, "tolerance_ms": 86399999}

test_report_to_finra_within_thirty_calendar_days_of_the_decision if {
	member := {"finra_member": true}
	verdict == fixture.nothing with input as incident({}, member, [sent("finra-4530", 30 * 24)])
	violations := verdict.violations with input as incident({}, member, [sent("finra-4530", 31 * 24)])
	{violation.facts.regime | some violation in violations} == {"finra-4530"}
	nothing_concluded := said with input as incident({}, member, [])
	reasons := {reason.reason | some reason in nothing_concluded.not_applicable; "finra-4530" in reason.elements}
	reasons == {"no record says that a violation of law or rules was concluded in the incident"}
	concluded := decision("finra-4530", {"clock_started_at": hours(-24), "sent_at": hours(30 * 24)})
	late := verdict.violations with input as incident({}, member, [concluded])
	{violation.facts.clock_ended | some violation in late} == {"2026-08-31 09:59:59 UTC"}
}

test_card_brands_by_the_date_of_the_record if {
	facts := {"card_data_affected": true}
	due_at := {"due_at": hours(24)}
	verdict == fixture.nothing
		with input as incident(facts, {}, [decision("card-brands", object.union(due_at, {"sent_at": hours(24)}))])
	dateless := decision("card-brands", {"due_at": fixture.never, "sent_at": hours(24)})
	verdict == fixture.nothing with input as incident(facts, {}, [dateless])
	verdict == fixture.lacks({"notifications.records.due_at"}) with input as incident(facts, {}, [sent("card-brands", 24)])
	violations := verdict.violations with input as incident(facts, {}, [object.union(unsent("card-brands"), due_at)])
	{violation.facts.regime | some violation in violations} == {"card-brands"}
	verdict == fixture.lacks({"notifications.records.sent_at"}) with input as incident(facts, {}, [unsent("card-brands")])
}

test_processor_tells_its_controller if {
	processor := {"gdpr_role": "processor"}
	told := decision("gdpr-controller", {"due_at": hours(10), "sent_at": hours(10)})
	verdict == fixture.nothing with input as incident(breach, processor, [told])
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
		"entity.payment_service_provider",
		"entity.gdpr_role",
		"entity.covered_institution",
		"entity.us_banking_organization",
		"entity.sec_filer",
		"entity.nydfs_covered_entity",
		"incident.card_data_affected",
	}) with input as incident(unknown, nothing_stated, [])
	verdict == fixture.lacks({
		"incident.personal_data_breach",
		"incident.customer_information_accessed",
		"incident.card_data_affected",
	}) with input as incident(unknown, {"covered_institution": true}, [])
}

test_no_evidence_due_against_facts if {
	said_due := decision("gdpr-authority", {"reason": "a risk cannot be excluded"})
	path := concat("", [
		"incident.personal_data_breach (contradicts the decision that ",
		"the notification of the supervisory authority (GDPR Art. 33(1)) is due)",
	])
	verdict == fixture.lacks({path}) with input as incident({}, {}, [said_due])
	denied := said with input as incident({}, {}, [said_due])
	not "gdpr-authority" in {element | some reason in denied.not_applicable; some element in reason.elements}
	verdict.not_applicable != [] with input as incident({}, {"gdpr_role": "processor"}, [said_due])
	verdict.not_applicable != [] with input as incident({}, {}, [not_due("gdpr-authority")])
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
	exemption := {"not_applicable_reason": "handled by the parent bank", "approved_on": fixture.days_ago(100)}
	excused := {"attestations": fixture.list([fixture.document("ir-notification-clocks", exemption)])}
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

test_no_classification_of_what_is_not_presumed_major if {
	every fact in ["malicious_unauthorised_access", "possible_data_loss"] {
		outcome := said with input as incident(object.union(breach, {fact: false}), financial, [])
		"dora-classification" in excused(outcome)
	}
	presumed := {"malicious_unauthorised_access": true, "possible_data_loss": true}
	not "dora-classification" in excused(said) with input as incident(presumed, financial, [])
}

# Midday on a Thursday in summer: the initial report, and 72 hours later it is Sunday.
thursday := {"state": "known", "ms": 1783591200000, "tolerance_ms": 0}

after_thursday(number) := {"state": "known", "ms": thursday.ms + (number * age.hour_ms), "tolerance_ms": 0}

weekend(entity, sent_hours) := incident(
	{"detected_at": after_thursday(-3), "aware_at": after_thursday(-2), "classified_at": after_thursday(-1)},
	object.union(financial, entity),
	[
		decision("dora-initial", {"decided_at": thursday, "sent_at": thursday}),
		decision("dora-intermediate", {"decided_at": thursday, "sent_at": after_thursday(sent_hours)}),
		decision("dora-final", {"decided_at": thursday, "sent_at": after_thursday(300)}),
	],
)

payment_institution := {"eu_entity_kind": "other", "nis2_status": "neither"}

test_weekend_moves_the_limit_to_noon_of_monday if {
	entity := object.union(payment_institution, {"member_state": "NL"})
	outcome := said with input as weekend(entity, 96)
	fixture.failed(outcome) | fixture.lacking(outcome) == set()
	fixture.failed(said) == {"dora-intermediate"} with input as weekend(entity, 97)
}

test_noon_is_that_of_the_member_state if {
	entity := object.union(payment_institution, {"member_state": "IE"})
	fixture.failed(said) == set() with input as weekend(entity, 97)
	fixture.failed(said) == {"dora-intermediate"} with input as weekend(entity, 98)
}

test_weekend_moves_nothing_for_some_kinds if {
	every entity in [{}, {"eu_entity_kind": "other"}, object.union(payment_institution, {"dora_relief_withdrawn": true})] {
		fixture.failed(said) == {"dora-intermediate"} with input as weekend(entity, 73)
	}
	messages := {violation.message | some violation in said.violations} with input as weekend({}, 73)
	messages == {concat(" ", [
		"the intermediate report under DORA was sent on 2026-07-12 11:00:00 UTC, after 2026-07-12 10:59:59 UTC",
		"(72 hours after the initial report, the hour in which it started not counted; its end on a weekend or bank",
		"holiday does not move it for a credit institution)",
	])}
}

test_weekend_and_unknown_kind_decide_only_what_every_kind_shares if {
	unknown := {"eu_entity_kind": null, "nis2_status": null}
	fixture.failed(said) == set() with input as weekend(unknown, 72)
	undecided := said with input as weekend(unknown, 90)
	{missing.path | some missing in undecided.missing} == {"entity.eu_entity_kind", "entity.nis2_status"}
	fixture.failed(said) == {"dora-intermediate"} with input as weekend(unknown, 97)
}

test_weekend_and_unknown_state_decide_only_what_every_state_shares if {
	nowhere := object.union(payment_institution, {"member_state": null})
	fixture.failed(said) == set() with input as weekend(nowhere, 72)
	stateless := said with input as weekend(nowhere, 97)
	{missing.path | some missing in stateless.missing} == {"entity.member_state"}
	fixture.failed(said) == {"dora-intermediate"} with input as weekend(nowhere, 409)
}

# 15 August 2026 is a Saturday, and 14 July 2026, a Tuesday, a holiday in France.
final(entity, updated, sent_at) := incident(
	{"detected_at": after_thursday(-3), "aware_at": after_thursday(-2), "classified_at": after_thursday(-1)},
	object.union(financial, entity),
	[
		decision("dora-initial", {"decided_at": thursday, "sent_at": thursday}),
		decision("dora-intermediate", {"decided_at": thursday, "sent_at": after_thursday(24)}),
		decision("dora-intermediate", {"decided_at": thursday, "sent_at": updated}),
		decision("dora-final", {"decided_at": thursday, "sent_at": sent_at}),
	],
)

moment(ms) := {"state": "known", "ms": ms, "tolerance_ms": 0}

test_weekend_moves_the_final_report_of_every_entity if {
	updated := moment(1784109600000)
	noon := 1786960800000
	in_time := said with input as final({}, updated, moment(noon))
	fixture.failed(in_time) | fixture.lacking(in_time) == set()
	fixture.failed(said) == {"dora-final"} with input as final({}, updated, moment(noon + 1))
}

test_final_report_keeps_its_relief_where_the_authority_withdrew_that_of_others if {
	updated := moment(1784109600000)
	noon := 1786960800000
	every withdrawn in [true, null] {
		entity := {"dora_relief_withdrawn": withdrawn}
		in_time := said with input as final(entity, updated, moment(noon))
		fixture.failed(in_time) | fixture.lacking(in_time) == set()
		fixture.failed(said) == {"dora-final"} with input as final(entity, updated, moment(noon + 1))
	}
}

test_bank_holiday_counts_in_its_own_country if {
	sunday := object.union(payment_institution, {"member_state": "FR"})
	started := moment(1783764000000)
	tuesday := [
		decision("dora-initial", {"decided_at": thursday, "sent_at": started}),
		decision("dora-intermediate", {"decided_at": thursday, "sent_at": moment(1784109600000)}),
		decision("dora-final", {"decided_at": thursday, "sent_at": moment(1784200000000)}),
	]
	times := {"detected_at": moment(1783750000000), "aware_at": moment(1783755000000), "classified_at": started}
	fixture.failed(said) == set() with input as incident(times, object.union(financial, sunday), tuesday)
	german := object.union(sunday, {"member_state": "DE"})
	fixture.failed(said) == {"dora-intermediate"} with input as incident(times, object.union(financial, german), tuesday)
	own := fixture.failed(said) with input as incident(times, object.union(financial, german), tuesday)
		with data.params["ir-notification-clocks"].bank_holidays as ["2026-07-14"]
	own == set()
}

# 31 December is no public holiday in the Netherlands, and banks may be closed.
test_days_on_which_banks_may_be_closed_are_open if {
	started := moment(1798459200000)
	reported := moment(1799056800000)
	reports := [
		decision("dora-initial", {"decided_at": started, "sent_at": started}),
		decision("dora-intermediate", {"decided_at": started, "sent_at": reported}),
		decision("dora-final", {"decided_at": started, "sent_at": reported}),
	]
	times := {"detected_at": started, "aware_at": started, "classified_at": started}
	entity := object.union(financial, payment_institution)
	outcome := said with input as object.union(incident(times, entity, reports), {"as_of": {"ms": 1799300000000}})
	{missing.path | some missing in outcome.missing; "dora-intermediate" in missing.elements} == {
		"entity.member_state (whether its banks were closed on the day that the clock ended)",
	}
}

filed(ms) := [decision("sec-8-k", {"clock_started_at": moment(1783000800000), "sent_at": moment(ms)})]

test_business_days_leave_out_weekends_and_holidays_of_the_united_states if {
	registrant := {"sec_filer": "domestic"}
	times := {"aware_at": moment(1782900000000)}

	# Determined on Thursday 2 July; Friday is the holiday of the 4th, so the fourth business day is Thursday 9 July.
	fixture.failed(said) == set() with input as incident(times, registrant, filed(1783632600000))
	fixture.lacking(said) == set() with input as incident(times, registrant, filed(1783632600000))
	fixture.lacking(said) == {"sec-8-k"} with input as incident(times, registrant, filed(1783632600001))
	fixture.failed(said) == {"sec-8-k"} with input as incident(times, registrant, filed(1783656000000))
}

# Determined on Thursday 2 July; the fourth business day is 9 July, and the record gives 29 July.
delayed(sent_at) := [decision("sec-8-k", {
	"clock_started_at": moment(1783000800000),
	"decided_at": moment(1783000800000),
	"due_at": moment(1785283200000),
	"sent_at": sent_at,
})]

test_date_of_a_delay_that_the_attorney_general_may_allow_leaves_what_came_by_then_open if {
	registrant := {"sec_filer": "domestic"}
	times := {"aware_at": moment(1782900000000)}
	in_time := said with input as incident(times, registrant, delayed(moment(1783632600000)))
	fixture.failed(in_time) | fixture.lacking(in_time) == set()
	every sent_at in [moment(1785283200000), fixture.never] {
		outcome := said with input as object.union(
			incident(times, registrant, delayed(sent_at)),
			{"as_of": {"ms": 1785283200000}},
		)
		fixture.failed(outcome) == set()
		{missing.path | some missing in outcome.missing; missing.elements == ["sec-8-k"]} == {
			"notifications.records.due_at (whether the Attorney General allowed the delay)",
		}
	}
	fixture.failed(said) == {"sec-8-k"} with input as incident(times, registrant, delayed(moment(1785283200001)))
	fixture.failed(said) == {"sec-8-k"} with input as incident(times, registrant, delayed(fixture.never))
}

test_date_on_record_puts_off_no_other_clock if {
	times := {"aware_at": moment(1782900000000)}
	late := [decision("nydfs", {
		"clock_started_at": moment(1783000800000),
		"due_at": moment(1785283200000),
		"sent_at": moment(1783300000000),
	})]
	fixture.failed(said) == {"nydfs"} with input as incident(times, {"nydfs_covered_entity": true}, late)
}

test_clock_that_the_entity_starts_must_be_stated if {
	every entity in [{"us_banking_organization": true}, {"nydfs_covered_entity": true}, {"sec_filer": "domestic"}] {
		outcome := said with input as incident({}, entity, [])
		{missing.path | some missing in outcome.missing} == {
			"notifications.records (no decision on a regime that concerns the incident)",
		}
	}
	unstarted := said with input as incident({}, {"nydfs_covered_entity": true}, [sent("nydfs", 10)])
	"notifications.records.clock_started_at" in {missing.path | some missing in unstarted.missing}
	late := decision("nydfs", {"clock_started_at": hours(2), "sent_at": hours(75)})
	fixture.failed(said) == {"nydfs"} with input as incident({}, {"nydfs_covered_entity": true}, [late])
}

test_extortion_payment_is_asked_for_only_if_one_is_on_record if {
	covered := {"nydfs_covered_entity": true}
	told := decision("nydfs", {"clock_started_at": hours(2), "sent_at": hours(70)})
	outcome := said with input as incident({}, covered, [told])
	not "nydfs-extortion-payment" in {one | some lack in outcome.missing; some one in lack.elements}
	in_time := decision("nydfs-extortion-payment", {"clock_started_at": hours(5), "sent_at": hours(29)})
	explained := decision("nydfs-extortion-explanation", {"sent_at": hours(300)})
	fixture.failed(said) == set() with input as incident({}, covered, [told, in_time, explained])
	late := decision("nydfs-extortion-payment", {"clock_started_at": hours(5), "sent_at": hours(29.1)})
	fixture.failed(said) == {"nydfs-extortion-payment"} with input as incident({}, covered, [told, late, explained])
}

test_extortion_payment_is_explained_within_30_days if {
	covered := {"nydfs_covered_entity": true}
	told := [
		decision("nydfs", {"clock_started_at": hours(2), "sent_at": hours(70)}),
		decision("nydfs-extortion-payment", {"clock_started_at": hours(5), "sent_at": hours(29)}),
	]
	fixture.failed(said) == {"nydfs-extortion-explanation"} with input as incident({}, covered, told)
	in_time := decision("nydfs-extortion-explanation", {"sent_at": hours((30 * 24) + 5)})
	fixture.failed(said) == set() with input as incident({}, covered, array.concat(told, [in_time]))
	late := decision("nydfs-extortion-explanation", {"sent_at": hours((31 * 24) + 24)})
	fixture.failed(said) == {"nydfs-extortion-explanation"} with input as incident({}, covered, array.concat(told, [late]))
	outcome := said with input as incident({}, covered, [told[0]])
	not "nydfs-extortion-explanation" in {one | some lack in outcome.missing; some one in lack.elements}
}

test_explanation_of_a_payment_that_nobody_dates_or_decided_on if {
	covered := {"nydfs_covered_entity": true}
	told := decision("nydfs", {"clock_started_at": hours(2), "sent_at": hours(70)})
	undated := decision("nydfs-extortion-payment", {"clock_started_at": null, "sent_at": hours(29)})
	"notifications.records.clock_started_at" in lacks_of("nydfs-extortion-explanation")
		with input as incident({}, covered, [told, undated])
	open := decision("nydfs-extortion-payment", {"required": null, "clock_started_at": hours(5), "sent_at": null})
	"notifications.records.required" in lacks_of("nydfs-extortion-explanation")
		with input as incident({}, covered, [told, open])
	outcome := said with input as incident({}, covered, [told, open])
	not "nydfs-extortion-explanation" in {one | some reason in outcome.not_applicable; some one in reason.elements}
}

lacks_of(regime) := {lack.path | some lack in said.missing; regime in lack.elements}

test_united_kingdom_from_its_date if {
	entity := {"uk_reporting_firm": "other"}
	outcome := said with input as incident({}, entity, [])
	reasons := {reason.reason | some reason in outcome.not_applicable; "uk-operational-incident" in reason.elements}
	reasons == {concat(" ", [
		"the initial report of an operational incident in the United Kingdom is a duty for incidents detected from",
		"2027-03-18",
	])}
}

test_united_kingdom_asks_when_the_incident_was_detected if {
	undetected := {"detected_at": null, "aware_at": moment(1806568200000)}
	outcome := said with input as object.union(
		incident(undetected, {"uk_reporting_firm": "other"}, []),
		{"as_of": {"ms": 1814399999999}},
	)
	{one.path | some one in outcome.missing; "uk-operational-incident" in one.elements} == {"incident.detected_at"}
	aware_before := said with input as incident({"detected_at": null}, {"uk_reporting_firm": "other"}, [])
	"uk-operational-incident" in excused(aware_before)
}

late_by_a_day(fields) := gdpr([decision("gdpr-authority", object.union({"sent_at": hours(96)}, fields))])

test_late_notification_needs_reasons if {
	fixture.failed(said) == {"gdpr-authority", "gdpr-delay"} with input as late_by_a_day({"delay_reason": " "})
	unknown := said with input as late_by_a_day({})
	fixture.failed(unknown) == {"gdpr-authority"}
	fixture.lacking(unknown) == {"gdpr-delay"}
	reasoned := said with input as late_by_a_day({"delay_reason": "the image was encrypted"})
	fixture.failed(reasoned) == set()
	fixture.lacking(reasoned) == {"gdpr-authority"}
}

test_delay_is_open_while_it_may_be_late if {
	role := said with input as object.union(late_by_a_day({}), {"entity": object.union(nobody, {"gdpr_role": null})})
	"gdpr-delay" in fixture.lacking(role)
	in_time := object.union(gdpr([sent("gdpr-authority", 10)]), {"entity": object.union(nobody, {"gdpr_role": null})})
	not "gdpr-delay" in fixture.lacking(said) with input as in_time
	undecided := said with input as late_by_a_day({"required": null})
	"gdpr-delay" in fixture.lacking(undecided)
	unsent := said with input as late_by_a_day({"sent_at": null})
	"gdpr-delay" in fixture.lacking(unsent)
}

test_later_reports_are_late_only_if_the_initial_one_is_due if {
	reports := [sent("dora-intermediate", 90), sent("dora-final", 100)]
	undecided := said with input as dora([decision("dora-initial", {"required": null, "sent_at": hours(6)})])
	not "dora-delay" in fixture.lacking(undecided)
	late := [decision("dora-initial", {"required": null, "sent_at": hours(6)})]
	"dora-delay" in fixture.lacking(said) with input as dora(array.concat(late, reports))
	declined := decision("dora-intermediate", {"required": false, "reason": "closed", "sent_at": hours(90)})
	"dora-delay" in fixture.lacking(said) with input as dora(array.concat(late, [declined]))
}

test_report_without_a_date_leaves_open_what_it_starts if {
	undated := decision("dora-intermediate", {})
	final_report := sent("dora-final", 24 + (32 * 24))
	final_late := dora([sent("dora-initial", 6), sent("dora-intermediate", 24), undated, final_report])
	fixture.failed(said) == set() with input as final_late
	"dora-final" in fixture.lacking(said) with input as final_late
	late := dora([sent("dora-initial", 6), sent("dora-intermediate", 90), undated])
	fixture.failed(said) == set() with input as late
	fixture.lacking(said) == {"dora-intermediate", "dora-final", "dora-delay"} with input as late
	initial := dora([sent("dora-initial", 6), decision("dora-initial", {}), sent("dora-intermediate", 77)])
	"dora-intermediate" in fixture.lacking(said) with input as initial
	nothing_sent := dora([sent("dora-initial", 6), undated])
	{"dora-intermediate", "dora-final"} & fixture.lacking(said) == {"dora-intermediate", "dora-final"}
		with input as nothing_sent
}

late_report(fields) := dora([
	sent("dora-initial", 6),
	decision("dora-intermediate", object.union({"sent_at": hours(90)}, fields)),
	sent("dora-final", 100),
])

explanation := {"delay_reason": "the portal was down"}

test_fail_authority_told_of_a_delay_late_or_never if {
	both := {"dora-intermediate", "dora-delay"}
	fixture.failed(said) == both with input as late_report(object.union(explanation, {"delay_told_at": hours(80)}))
	fixture.failed(said) == both with input as late_report(object.union(explanation, {"delay_told_at": fixture.never}))
}

test_late_report_needs_the_authority_told_before_the_clock_ended if {
	unknown := said with input as late_report(explanation)
	fixture.failed(unknown) == {"dora-intermediate"}
	fixture.lacking(unknown) == {"dora-delay"}
	told := said with input as late_report(object.union(explanation, {"delay_told_at": hours(70)}))
	fixture.failed(told) == set()
	fixture.lacking(told) == {"dora-intermediate"}
}

test_payment_service_provider_outside_dora if {
	provider := {"payment_service_provider": true}
	late := decision("psd2-authority", {"due_at": hours(10), "sent_at": hours(11)})
	fixture.failed(said) == {"psd2-authority"} with input as incident({}, provider, [late])
	bank := said with input as incident({}, object.union(provider, financial), [not_due("dora-initial")])
	"psd2-authority" in excused(bank)
}

test_year_without_a_calendar_leaves_two_weeks_open if {
	started := moment(1924862400000)
	reports := [
		decision("dora-initial", {"decided_at": started, "sent_at": started}),
		decision("dora-intermediate", {"decided_at": started, "sent_at": moment(1925208000000)}),
		decision("dora-final", {"decided_at": started, "sent_at": moment(1925208000000)}),
	]
	times := {"detected_at": started, "aware_at": started, "classified_at": started}
	entity := object.union(financial, payment_institution)
	outcome := said with input as object.union(incident(times, entity, reports), {"as_of": {"ms": 1930000000000}})
	"dora-intermediate" in fixture.lacking(outcome)
	not "dora-intermediate" in fixture.failed(outcome)
}
