# METADATA
# title: Every incident has a recorded decision on each notification, and what was due was sent before its clock ended
# description: >-
#   A legal clock runs whether or not somebody looks at it. Which regimes concern an incident follows from facts
#   stated about the entity and the incident: a breach of personal data (GDPR Art. 33 and 34), a financial entity of
#   the EU (DORA Art. 19), customer information accessed at a covered institution (Regulation S-P), a FINRA member
#   (rule 4530), card data (card brands or acquirer). For each of them a decision must be on record, with a reason
#   where it says that nothing is due. An incident fails where the clock of a regime has ended without a decision or
#   without the notification, where either came after it, where "not due" has no reason, and where malicious access
#   with possible loss of data, presumed major under Delegated Regulation (EU) 2024/1772, was decided not to be
#   reported. Clocks: 72 hours after awareness to the authority (GDPR); under DORA 4 hours after classification and 24
#   after awareness, or the 4 hours alone if the incident was first classified as major after these 24, 72 hours after
#   the initial report, one month after the latest intermediate one; 30 calendar days after awareness (Regulation S-P)
#   and after the decision (FINRA). Readings chosen: a month ends with the day of the same number, or the last one of
#   a shorter month; for processors, data subjects, card brands and covered institutions that are served no period is
#   set here, and the date the record gives as due counts. Whether a notification says what it must is not tested. A
#   procedure for these decisions must be on record.
# related_resources:
#   - description: Delegated Regulation (EU) 2025/301, time limits of incident reports
#     ref: https://eur-lex.europa.eu/eli/reg_del/2025/301/oj
#   - description: Regulation (EU) 2016/679, Art. 33 and 34
#     ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
#   - description: 17 CFR 248.30, Regulation S-P
#     ref: https://www.ecfr.gov/current/title-17/section-248.30
# schemas:
#   - input: schema["dossier-incident"]
# custom:
#   id: ir-notification-clocks
#   severity: critical
#   subject: incident
#   evidence: attestation
#   requires: [incident.aware_at, notifications]
#   elements:
#     - id: gdpr-authority
#       title: notification of the supervisory authority
#       shows: Whether the notification of the supervisory authority was decided on, and sent in time if it was due.
#       criterion: {law: "Regulation (EU) 2016/679 art. 33(1)"}
#       evidence: data
#     - id: gdpr-data-subjects
#       title: communication to data subjects
#       shows: >-
#         Whether the communication to data subjects was decided on, and sent by the date that the record gives if it
#         was due.
#       criterion: entity
#       evidence: data
#     - id: gdpr-controller
#       title: notice to the controller
#       shows: >-
#         Whether the notice of a processor to the controller was decided on, and sent by the date that the record
#         gives if it was due.
#       criterion: entity
#       evidence: data
#     - id: dora-classification
#       title: decision on a presumed major incident
#       shows: Whether an incident that is presumed major under DORA was decided to be reported.
#       criterion: {law: "Delegated Regulation (EU) 2024/1772 art. 8"}
#       evidence: data
#     - id: dora-initial
#       title: initial report under DORA
#       shows: Whether the initial report was decided on, and sent in time if it was due.
#       criterion: {law: "Delegated Regulation (EU) 2025/301 art. 5"}
#       evidence: data
#     - id: dora-intermediate
#       title: intermediate report under DORA
#       shows: Whether the intermediate report was sent in time if the initial one was due.
#       criterion: {law: "Delegated Regulation (EU) 2025/301 art. 5"}
#       evidence: data
#     - id: dora-final
#       title: final report under DORA
#       shows: Whether the final report was sent in time if the initial one was due.
#       criterion: {law: "Delegated Regulation (EU) 2025/301 art. 5"}
#       evidence: data
#     - id: reg-s-p-customers
#       title: notice to customers under Regulation S-P
#       shows: Whether the notice to customers was decided on, and sent in time if it was due.
#       criterion: {law: "17 CFR 248.30(a)(4)"}
#       evidence: data
#     - id: reg-s-p-covered-institution
#       title: notice to the covered institution
#       shows: >-
#         Whether the notice of a service provider to the covered institution was sent by the date that the record
#         gives.
#       criterion: entity
#       evidence: data
#     - id: finra-4530
#       title: report under FINRA rule 4530
#       shows: Whether the report was decided on, and sent in time if it was due.
#       criterion: {law: "FINRA rule 4530"}
#       evidence: data
#     - id: card-brands
#       title: notice to card brands or acquirer
#       shows: Whether the notice was decided on, and sent by the date that the record gives if it was due.
#       criterion: entity
#       evidence: data
#     - id: procedure
#       title: procedure for notifications
#       shows: Whether a procedure for these decisions is on record and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#       requires: [attestations]
#   params:
#     max_age_days: 365
#     gdpr_hours: 72
#     dora_classified_hours: 4
#     dora_aware_hours: 24
#     dora_intermediate_hours: 72
#     customers_days: 30
#     finra_days: 30
#   remediation: >-
#     Decide on each notification now, record decision, reason and time, send what is due with the reason for the delay,
#     and put the clocks into the incident procedure.
#   effort: process
#   closed_by: >-
#     The notification records show a decision with its reason for every duty, and when what was due was sent. That it
#     was late stays on record with the incident.
package policies.incident.ir_notification_clocks

import future.keywords.not

import data.lib.age
import data.lib.clock
import data.lib.evidence

not_applicable contains "the incident was detected after the as-of date" if {
	age.after(input.incident.detected_at, input.as_of.ms)
}

not_applicable contains "no regime of notification concerns the incident, as far as the facts stated go" if {
	count(concerned) == 0
	count(unknown_facts) == 0
}

violations contains {
	"element": regime,
	"message": sprintf("no decision on %s is recorded; %s ended on %s", [name, limit.words, moment(limit.late_after)]),
	"facts": {"regime": regime, "decided": "never", "clock_ended": moment(limit.late_after)},
	"records": [input.incident.source],
} if {
	some regime, limit in limits
	name := names[regime]
	complete
	not decided(regime)
	count(decisions(regime)) == 0
	ended(limit)
}

violations contains {
	"element": regime,
	"message": sprintf("%s was due by %s (%s), and no record says that it was sent", [
		name,
		moment(limit.late_after),
		limit.words,
	]),
	"facts": {"regime": regime, "sent": "never", "clock_ended": moment(limit.late_after)},
	"records": sources(regime),
} if {
	some regime, limit in limits
	name := names[regime]
	complete
	due(regime)
	never_sent(regime)
	ended(limit)
}

violations contains {
	"element": regime,
	"message": sprintf("%s was sent on %s, after %s (%s)", [
		name,
		clock.moment(first_sent(regime)),
		moment(limit.late_after),
		limit.words,
	]),
	"facts": {"regime": regime, "sent": clock.moment(first_sent(regime)), "clock_ended": moment(limit.late_after)},
	"records": sources(regime),
} if {
	some regime, limit in limits
	name := names[regime]
	due(regime)
	age.earliest(first_sent(regime)) > limit.late_after
}

violations contains {
	"element": regime,
	"message": sprintf("the decision that %s is not due gives no reason", [name]),
	"facts": {"regime": regime, "required": false, "reason": ""},
	"records": [decision.source],
} if {
	some regime in concerned
	name := names[regime]
	some decision in decisions(regime)
	decision.required == false
	trim_space(decision.reason) == ""
}

violations contains {
	"element": regime,
	"message": sprintf("that %s is not due was decided on %s, after %s (%s)", [
		name,
		clock.moment(decision.decided_at),
		moment(limit.late_after),
		limit.words,
	]),
	"facts": {
		"regime": regime,
		"required": false,
		"decided": clock.moment(decision.decided_at),
		"clock_ended": moment(limit.late_after),
	},
	"records": [input.incident.source, decision.source],
} if {
	some regime, limit in limits
	name := names[regime]
	not due(regime)
	some decision in decisions(regime)
	decision.required == false
	age.past(decision.decided_at, input.as_of.ms)
	age.earliest(decision.decided_at) > limit.late_after
}

violations contains {
	"element": "dora-classification",
	"message": concat(" ", [
		"the initial report under DORA was decided not to be due, although access was malicious and data may",
		"be lost: such an incident is presumed major",
	]),
	"facts": {"regime": "dora-initial", "required": false, "presumed_major": true},
	"records": [input.incident.source, decision.source],
} if {
	presumed_major
	"dora-initial" in concerned
	not due("dora-initial")
	some decision in decisions("dora-initial")
	decision.required == false
}

not_applicable contains {
	"reason": sprintf("%s does not concern the incident, as far as the facts stated go", [name]),
	"elements": [regime],
} if {
	some regime, name in names
	not regime in concerned
	not open_question(regime)
}

not_applicable contains {
	"reason": "the entity is no financial entity of the EU",
	"elements": ["dora-classification"],
} if {
	input.entity.eu_financial_entity == false
}

missing contains {"path": path, "elements": [regime]} if {
	some path in unknown_facts
	some regime in asked_by[path]
	not regime in concerned
}

# Whether the later reports follow is open until the initial one is decided on, and while that goes against what is
# presumed.
missing contains {"path": "notifications.records.required (of the initial report)", "elements": [regime]} if {
	some regime in later_reports
	later_reports_open
}

missing contains {
	"path": "notifications.records.required (of the initial report)",
	"elements": ["dora-classification"],
} if {
	initial_undecided
}

missing contains evidence.cut("notifications", input.notifications)

missing contains {
	"path": "notifications.records (no decision on a regime that concerns the incident)",
	"elements": [regime],
} if {
	some regime in concerned
	complete
	not decided(regime)
	count(decisions(regime)) == 0
	not ended(limits[regime])
}

missing contains {"path": "notifications.records.required", "elements": [regime]} if {
	some regime in concerned
	some decision in decisions(regime)
	not is_boolean(decision.required)
}

missing contains {"path": "incident.classified_at", "elements": ["dora-initial"]} if {
	"dora-initial" in concerned
	due("dora-initial")
	not input.incident.classified_at.state in {"known", "never"}
}

missing contains {"path": "notifications.records.sent_at (before the bank was aware)", "elements": [regime]} if {
	some regime in concerned
	age.later_than(input.incident.aware_at, first_sent(regime), 0)
}

missing contains {"path": "incident.aware_at (not a date)", "elements": [regime]} if {
	some regime in {"gdpr-authority", "dora-initial", "reg-s-p-customers"}
	regime in concerned
	not age.earliest(input.incident.aware_at)
}

missing contains {"path": "notifications.records.decided_at", "elements": [regime]} if {
	some regime in concerned
	some decision in decisions(regime)
	is_boolean(decision.required)
	not age.past(decision.decided_at, input.as_of.ms)
}

missing contains {"path": "notifications.records.reason", "elements": [regime]} if {
	some regime in concerned
	some decision in decisions(regime)
	decision.required == false
	not is_string(decision.reason)
}

missing contains {"path": "notifications.records.sent_at", "elements": [regime]} if {
	some regime in concerned
	due(regime)
	not overdue(regime)
	not in_time(regime)
}

# Whether an incident that was decided not to be reported is presumed major.
missing contains {"path": concat(".", ["incident", fact]), "elements": ["dora-classification"]} if {
	"dora-initial" in concerned
	not due("dora-initial")
	decided("dora-initial")
	not harmless
	some fact in presuming
	not is_boolean(input.incident[fact])
}

params := data.params["ir-notification-clocks"]

complete if evidence.complete(input.notifications)

names := {
	"gdpr-authority": "the notification of the supervisory authority (GDPR Art. 33(1))",
	"gdpr-data-subjects": "the communication to data subjects (GDPR Art. 34)",
	"gdpr-controller": "the notice to the controller (GDPR Art. 33(2))",
	"dora-initial": "the initial report under DORA",
	"dora-intermediate": "the intermediate report under DORA",
	"dora-final": "the final report under DORA",
	"reg-s-p-customers": "the notice to customers (Regulation S-P)",
	"reg-s-p-covered-institution": "the notice to the covered institution (Regulation S-P)",
	"finra-4530": "the report under FINRA rule 4530",
	"card-brands": "the notice to card brands or acquirer",
}

# A regime concerns the incident where the fact about the entity and the fact about the incident both say so.
controller if input.entity.gdpr_role in {"controller", "both"}

processor if input.entity.gdpr_role in {"processor", "both"}

concerned contains regime if {
	controller
	input.incident.personal_data_breach == true
	some regime in {"gdpr-authority", "gdpr-data-subjects"}
}

concerned contains "gdpr-controller" if {
	processor
	input.incident.personal_data_breach == true
}

concerned contains "dora-initial" if input.entity.eu_financial_entity == true

concerned contains regime if {
	input.entity.eu_financial_entity == true
	due("dora-initial")
	some regime in {"dora-intermediate", "dora-final"}
}

concerned contains "reg-s-p-customers" if {
	input.entity.covered_institution == true
	input.incident.customer_information_accessed == true
}

concerned contains "finra-4530" if input.entity.finra_member == true

concerned contains "card-brands" if input.incident.card_data_affected == true

# Whether it serves such an institution no export says; where a decision is on record, it does.
concerned contains "reg-s-p-covered-institution" if count(decisions("reg-s-p-covered-institution")) > 0

unknown_facts contains concat(".", ["entity", fact]) if {
	some fact in ["eu_financial_entity", "finra_member"]
	not is_boolean(input.entity[fact])
}

unknown_facts contains "entity.gdpr_role" if {
	not is_string(input.entity.gdpr_role)
	not input.incident.personal_data_breach == false
}

unknown_facts contains "entity.covered_institution" if {
	not is_boolean(input.entity.covered_institution)
	not input.incident.customer_information_accessed == false
}

unknown_facts contains "incident.personal_data_breach" if {
	not is_boolean(input.incident.personal_data_breach)
	is_string(input.entity.gdpr_role)
}

unknown_facts contains "incident.customer_information_accessed" if {
	not is_boolean(input.incident.customer_information_accessed)
	input.entity.covered_institution == true
}

unknown_facts contains "incident.card_data_affected" if not is_boolean(input.incident.card_data_affected)

# The regimes that a fact decides on.
asked_by["entity.eu_financial_entity"] := ["dora-classification", "dora-initial", "dora-intermediate", "dora-final"]

asked_by["entity.finra_member"] := ["finra-4530"]

asked_by["entity.gdpr_role"] := ["gdpr-authority", "gdpr-data-subjects", "gdpr-controller"]

asked_by["entity.covered_institution"] := ["reg-s-p-customers"]

asked_by["incident.personal_data_breach"] := ["gdpr-authority", "gdpr-data-subjects", "gdpr-controller"]

asked_by["incident.customer_information_accessed"] := ["reg-s-p-customers"]

asked_by["incident.card_data_affected"] := ["card-brands"]

open_question(regime) if {
	some path in unknown_facts
	regime in asked_by[path]
}

open_question(regime) if {
	regime in later_reports
	later_reports_open
}

initial_undecided if {
	"dora-initial" in concerned
	not decided("dora-initial")
}

later_reports := ["dora-intermediate", "dora-final"]

later_reports_open if initial_undecided

later_reports_open if {
	"dora-initial" in concerned
	not due("dora-initial")
	presumed_major
}

# Together they make an incident presumed major.
presuming := {"malicious_unauthorised_access", "possible_data_loss"}

presumed_major if {
	every fact in presuming { input.incident[fact] == true }
}

harmless if {
	some fact in presuming
	input.incident[fact] == false
}

decisions(regime) := [record | some record in input.notifications.records; record.regime == regime]

sources(regime) := array.concat([input.incident.source], [decision.source | some decision in decisions(regime)])

decided(regime) if {
	some decision in decisions(regime)
	is_boolean(decision.required)
}

# The later reports of DORA follow from the initial one and need no decision of their own.
decided(regime) if {
	regime in {"dora-intermediate", "dora-final"}
	due("dora-initial")
}

due(regime) if {
	some decision in decisions(regime)
	decision.required == true
}

due(regime) if {
	regime in {"dora-intermediate", "dora-final"}
	some decision in decisions("dora-initial")
	decision.required == true
}

some_sent(regime) if first_sent(regime)

first_sent(regime) := min([[age.earliest(decision.sent_at), decision.sent_at] |
	some decision in decisions(regime)
	age.past(decision.sent_at, input.as_of.ms)
])[1]

last_sent(regime) := max([[age.earliest(decision.sent_at), decision.sent_at] |
	some decision in decisions(regime)
	age.past(decision.sent_at, input.as_of.ms)
])[1]

# Regimes whose clock is the date that the record gives.
by_record := {"gdpr-data-subjects", "gdpr-controller", "card-brands", "reg-s-p-covered-institution"}

# By regime: the moment after which a notification is late whatever its dates mean, the moment up to which it is in
# time, and the clock in words.
limits["gdpr-authority"] := after_hours([[input.incident.aware_at, params.gdpr_hours]], words) if {
	"gdpr-authority" in concerned
	words := sprintf("%d hours after awareness", [params.gdpr_hours])
}

limits["dora-initial"] := after_hours(starts, words) if {
	"dora-initial" in concerned
	not classified_late
	words := sprintf("%d hours after classification and %d after awareness", [
		params.dora_classified_hours,
		params.dora_aware_hours,
	])
	starts := [[instant, hours] |
		some [instant, hours] in [
			[input.incident.classified_at, params.dora_classified_hours],
			[input.incident.aware_at, params.dora_aware_hours],
		]
		instant.state == "known"
	]
}

limits["dora-initial"] := after_hours([[input.incident.classified_at, params.dora_classified_hours]], words) if {
	"dora-initial" in concerned
	classified_late
	words := sprintf("%d hours after classification, which came more than %d after awareness", [
		params.dora_classified_hours,
		params.dora_aware_hours,
	])
}

# Classified as major only when the time from awareness had passed: Delegated Regulation (EU) 2025/301, Art. 5(2).
classified_late if {
	age.past(input.incident.classified_at, input.as_of.ms)
	age.later_than(input.incident.classified_at, input.incident.aware_at, params.dora_aware_hours * age.hour_ms)
}

limits["dora-intermediate"] := after_hours([[first_sent("dora-initial"), params.dora_intermediate_hours]], words) if {
	"dora-intermediate" in concerned
	words := sprintf("%d hours after the initial report", [params.dora_intermediate_hours])
}

limits["dora-final"] := {
	"late_after": clock.month_later(age.latest(last_sent("dora-intermediate"))),
	"in_time_until": clock.month_later(age.earliest(last_sent("dora-intermediate"))),
	"words": "one month after the latest intermediate report",
} if {
	"dora-final" in concerned
}

limits["reg-s-p-customers"] := after_days(input.incident.aware_at, params.customers_days, words) if {
	"reg-s-p-customers" in concerned
	words := sprintf("%d days after awareness", [params.customers_days])
}

limits["finra-4530"] := after_days(decision.decided_at, params.finra_days, words) if {
	"finra-4530" in concerned
	words := sprintf("%d days after the decision", [params.finra_days])
	decision := [decision | some decision in decisions("finra-4530"); decision.required == true][0]
}

limits[regime] := {
	"late_after": age.latest(decision.due_at),
	"in_time_until": age.latest(decision.due_at),
	"words": "the date that the record gives",
} if {
	some regime in by_record
	regime in concerned
	decision := [decision | some decision in decisions(regime); decision.required == true][0]
}

after_hours(starts, words) := {
	"late_after": min([moment_ms |
		some [instant, hours] in starts
		moment_ms := age.latest(instant) + (hours * age.hour_ms)
	]),
	"in_time_until": min([moment_ms |
		some [instant, hours] in starts
		moment_ms := age.earliest(instant) + (hours * age.hour_ms)
	]),
	"words": words,
}

after_days(instant, days, words) := {
	"late_after": clock.day_end(age.latest(instant)) + (days * age.day_ms),
	"in_time_until": clock.day_end(age.earliest(instant)) + (days * age.day_ms),
	"words": words,
}

ended(limit) if input.as_of.ms > limit.late_after

# The register says so: it has no record of the report, or says that it was never sent.
never_sent(regime) if {
	every decision in decisions(regime) { decision.sent_at.state == "never" }
}

overdue(regime) if {
	ended(limits[regime])
	never_sent(regime)
}

in_time(regime) if age.latest(first_sent(regime)) <= limits[regime].in_time_until

# Sent late is a violation and no gap; sent without any clock of its own is not late.
in_time(regime) if age.earliest(first_sent(regime)) > limits[regime].late_after

in_time(regime) if {
	regime in by_record
	some_sent(regime)
	not limits[regime]
}

# A report whose clock still runs, or starts with one that is still to come, is not due yet.
in_time(regime) if {
	not some_sent(regime)
	not ended(limits[regime])
	regime in {"dora-intermediate", "dora-final"}
}

moment(ms) := clock.moment({"state": "known", "ms": ms, "tolerance_ms": 0})
