# METADATA
# title: Every incident has a recorded decision on each notification, and what was due was sent before its clock ended
# description: >-
#   A legal clock runs whether or not somebody looks at it. Which regimes concern an incident follows from facts
#   stated about the entity and the incident: a breach of personal data (GDPR Art. 33 and 34), a financial entity of
#   the EU (DORA Art. 19) or a payment service provider that is none (PSD2 Art. 96), customer information accessed
#   at a covered institution (Regulation S-P), a violation that a FINRA member concluded (rule 4530), a banking
#   organization of the United States (36 hours), a registrant of the SEC (Form 8-K or 6-K), a covered entity under
#   23 NYCRR 500, a firm that reports in the United Kingdom (from 18 March 2027), card data (card brands or
#   acquirer). For each of them a decision must be on record, with a reason if it says that nothing is due; a
#   decision that one is due and a fact by which it does not concern the incident contradict each other. An incident
#   fails if the clock of a regime has ended without a decision or without the notification, if either came
#   after it, if "not due" has no reason, and if malicious access with possible loss of data, presumed major
#   under Delegated Regulation (EU) 2024/1772, was decided not to be reported. Clocks: 72 hours after awareness to
#   the authority (GDPR); under DORA 4 hours after classification and 24 after awareness, or the 4 hours alone if
#   the incident was first classified as major after these 24, 72 hours after the initial report, one month after
#   the latest intermediate one; 30 calendar days after awareness (Regulation S-P) and after the conclusion (FINRA);
#   36 hours (banks of the United States), four business days (Form 8-K), 72 hours (23 NYCRR 500), 24 or 4 hours
#   (United Kingdom) after the moment the record states as the start of the clock. What is late needs the reasons on
#   record (GDPR Art. 33(1)), and under DORA the authority must have been told of the delay before the clock ended;
#   a notification of the authority under GDPR that came late with reasons on record is left to a person, as whether
#   they excuse the delay is not judged. A clock of DORA that ends on a weekend or a bank holiday of the Member
#   State ends at noon (there) of the next working day, for the initial and intermediate report only if the entity
#   is no credit institution, central counterparty, trading venue or essential or important entity. Readings chosen:
#   under Regulation (EEC, Euratom) No 1182/71 the hour in which a clock of the EU starts may not be counted, and a
#   period of 72 hours may have to hold two working days, so that what is sent in the time that this adds is neither
#   late nor in time; a month ends with the day of the same number, or the last one of a shorter month, by the
#   clocks of the Member State; thirty days end with a day in the United States, and between its midnight in New
#   York and in Hawaii a time is open; banks may be closed on days that are no public holiday, and holidays of a
#   region are in no calendar unless `bank_holidays` lists them; a Form 8-K counts up to 17:30 in New York; it and a
#   notice to customers under Regulation S-P may wait if the Attorney General allows it, so that what comes after
#   the limit and by the date that the record gives as due is left to a person; for
#   processors, data subjects, payment service providers outside DORA, Form 6-K, card brands, covered institutions
#   and banks that are served, and later reports in the United Kingdom no period is set here, and the date the
#   record gives as due counts (`never` if there is none). Whether a notification says what it must is not tested. A
#   procedure for these decisions must be on record.
# related_resources:
#   - description: Delegated Regulation (EU) 2025/301, time limits of incident reports
#     ref: https://eur-lex.europa.eu/eli/reg_del/2025/301/oj
#   - description: Regulation (EU) 2016/679, Art. 33 and 34
#     ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
#   - description: Directive (EU) 2015/2366, Art. 96
#     ref: https://eur-lex.europa.eu/eli/dir/2015/2366/oj
#   - description: 17 CFR 248.30, Regulation S-P
#     ref: https://www.ecfr.gov/current/title-17/section-248.30
#   - description: 12 CFR 53.3, notification of computer-security incidents
#     ref: https://www.ecfr.gov/current/title-12/section-53.3
#   - description: 12 CFR 53.4, notice of a bank service provider
#     ref: https://www.ecfr.gov/current/title-12/section-53.4
#   - description: Form 8-K, Item 1.05
#     ref: https://www.sec.gov/files/form8-k.pdf
#   - description: 23 NYCRR 500.17
#     ref: https://www.law.cornell.edu/regulations/new-york/23-NYCRR-500.17
#   - description: FCA PS26/2, operational incident and third party reporting
#     ref: https://www.fca.org.uk/publications/policy-statements/ps26-2-operational-incident-third-party-reporting
# schemas:
#   - input: schema["dossier-incident"]
# custom:
#   id: ir-notification-clocks
#   severity: critical
#   subject: incident
#   evidence: attestation
#   requires: [incident.aware_at, notifications]
#   absences: [notifications]
#   supposes: [entity.eu_financial_entity, incident.personal_data_breach]
#   elements:
#     - id: gdpr-authority
#       title: notification of the supervisory authority
#       shows: Whether the notification of the supervisory authority was decided on, and sent in time if it was due.
#       criterion: {law: "Regulation (EU) 2016/679 art. 33(1)"}
#       evidence: data
#     - id: gdpr-delay
#       title: reasons for a late notification
#       shows: >-
#         Whether a notification of the supervisory authority that came late has the reasons for the delay on record.
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
#     - id: dora-delay
#       title: explanation of a late report
#       shows: >-
#         Whether the authority was told of a late report, with the reasons, before the clock of the report ended.
#       criterion: {law: "Delegated Regulation (EU) 2025/301 art. 5(3)"}
#       evidence: data
#     - id: psd2-authority
#       title: notification of a major payment incident
#       shows: >-
#         Whether the notification of a payment service provider that is no financial entity under DORA was decided
#         on, and sent by the date that the record gives if it was due.
#       criterion: entity
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
#       shows: >-
#         Whether a violation that was concluded in an incident was reported in time.
#       criterion: {law: "FINRA rule 4530(b)"}
#       evidence: data
#     - id: us-bank-regulator
#       title: notice to the primary federal regulator
#       shows: >-
#         Whether the notice was decided on, and sent in time if it was due.
#       criterion: {law: "12 CFR 53.3, 225.302 and 304.23"}
#       evidence: data
#     - id: us-bank-customers
#       title: notice of a bank service provider
#       shows: >-
#         Whether the notice of a service provider to the banks affected was sent by the date that the record gives.
#       criterion: entity
#       evidence: data
#     - id: sec-8-k
#       title: report on Form 8-K
#       shows: >-
#         Whether the report was decided on, and filed in time if the incident was determined to be material.
#       criterion: {law: "Form 8-K Item 1.05 and General Instruction B.1"}
#       evidence: data
#     - id: sec-6-k
#       title: report on Form 6-K
#       shows: >-
#         Whether the report was decided on, and furnished by the date that the record gives if it was due.
#       criterion: entity
#       evidence: data
#     - id: nydfs
#       title: notice to the superintendent
#       shows: >-
#         Whether the notice was decided on, and sent in time if it was due.
#       criterion: {law: "23 NYCRR 500.17(a)"}
#       evidence: data
#     - id: nydfs-extortion-payment
#       title: notice of an extortion payment
#       shows: >-
#         Whether a payment to extortioners that is on record was told to the superintendent in time.
#       criterion: {law: "23 NYCRR 500.17(c)(1)"}
#       evidence: data
#     - id: nydfs-extortion-explanation
#       title: explanation of an extortion payment
#       shows: >-
#         Whether the superintendent was told in time why a payment to extortioners that is on record was made.
#       criterion: {law: "23 NYCRR 500.17(c)(2)"}
#       evidence: data
#     - id: uk-operational-incident
#       title: report of an operational incident
#       shows: >-
#         Whether the initial report to the regulators of the United Kingdom was decided on, and sent in time if it was
#         due.
#       criterion: {law: "FCA PS26/2 (SUP 15.18) and PRA PS7/26"}
#       evidence: data
#     - id: uk-payment-incident
#       title: report of a payment service provider
#       shows: >-
#         Whether the initial report of a payment service provider in the United Kingdom was decided on, and sent in
#         time if it was due.
#       criterion: {law: "FCA PS26/2 (SUP 15.18)"}
#       evidence: data
#     - id: uk-intermediate
#       title: intermediate report in the United Kingdom
#       shows: >-
#         Whether an intermediate report that a record decides on was sent by the date that the record gives.
#       criterion: entity
#       evidence: data
#     - id: uk-final
#       title: final report in the United Kingdom
#       shows: >-
#         Whether a final report that a record decides on was sent by the date that the record gives.
#       criterion: entity
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
#     bank_holidays: []
#   action: Decide on each notification now, and send what is due with its reasons
#   remediation: >-
#     Decide on each notification now, record decision, reason and time, send what is due with the reason for the delay,
#     and put the clocks into the incident procedure.
#   effort: process
#   closed_by: >-
#     The notification records show a decision with its reason for every duty, when its clock started, when what was due
#     was sent, and the reasons of what was late. That it was late stays on record with the incident.
package policies.incident.ir_notification_clocks

import future.keywords.not

import data.lib.age
import data.lib.clock
import data.lib.evidence
import data.lib.regimes
import data.lib.working_days

not_applicable contains "the incident was detected after the as-of date" if {
	age.after(input.incident.detected_at, input.as_of.ms)
}

not_applicable contains "no regime of notification concerns the incident, as far as the facts stated go" if {
	count(concerned) == 0
	count(unknown_facts) == 0
	count(denied_facts) == 0
}

not_applicable contains {"reason": why_not(regime), "elements": [regime]} if {
	some regime, _ in regimes.table
	not regime in concerned
	not open_question(regime)
}

not_applicable contains {
	"reason": "the entity is no financial entity of the EU",
	"elements": ["dora-classification"],
} if {
	input.entity.eu_financial_entity == false
}

# What is not presumed major is classified by criteria that no record here shows.
not_applicable contains {
	"reason": "no malicious access with possible loss of data, as the record states",
	"elements": ["dora-classification"],
} if {
	harmless
}

not_applicable contains {"reason": "no notification is on record as sent late", "elements": [element]} if {
	some element in {regime.delay.element | some regime in regimes.table}
	asking := {name | some name, regime in regimes.table; regime.delay.element == element}
	count(asking & late_regimes) == 0
}

violations contains {
	"element": regime,
	"absent": ["notifications"],
	"message": sprintf("no decision on %s is recorded; %s ended on %s", [name, limit.words, moment(limit.late_after)]),
	"facts": {"regime": regime, "decided": "never", "clock_ended": moment(limit.late_after)},
	"records": [input.incident.source],
} if {
	some regime in concerned
	limit := limits[regime]
	name := regimes.table[regime].name
	complete
	not decided(regime)
	count(decisions(regime)) == 0
	ended(limit)
}

violations contains {
	"element": regime,
	"absent": ["notifications"],
	"message": sprintf("%s was due by %s (%s), and no record says that it was sent", [
		name,
		moment(limit.late_after),
		limit.words,
	]),
	"facts": {"regime": regime, "sent": "never", "clock_ended": moment(limit.late_after)},
	"records": sources(regime),
} if {
	some regime in concerned
	limit := limits[regime]
	name := regimes.table[regime].name
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
	some regime in concerned
	limit := limits[regime]
	name := regimes.table[regime].name
	late(regime)
	not explained(regime)
}

violations contains {
	"element": regime,
	"message": sprintf("the decision that %s is not due gives no reason", [name]),
	"facts": {"regime": regime, "required": false, "reason": ""},
	"records": [decision.source],
} if {
	some regime in concerned
	name := regimes.table[regime].name
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
	some regime in concerned
	limit := limits[regime]
	name := regimes.table[regime].name
	not due(regime)
	some decision in decisions(regime)
	decision.required == false
	age.past(decision.decided_at, input.as_of.ms)
	age.earliest(decision.decided_at) > limit.late_after
}

violations contains {
	"element": element,
	"message": sprintf("%s was late, and %s", [name, fault]),
	"facts": {
		"regime": regime,
		"sent": clock.moment(first_sent(regime)),
		"clock_ended": moment(clock_ended),
	},
	"records": sources(regime),
} if {
	some regime in late_regimes
	clock_ended := limits[regime].late_after
	element := regimes.table[regime].delay.element
	name := regimes.table[regime].name
	some fault in faults(regime)
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

missing contains {"path": path, "elements": [element]} if {
	some regime, paths in unknown_facts
	some path in paths
	some element in elements_of(regime)
}

missing contains {"path": path, "elements": [regime]} if {
	some regime, paths in denied_facts
	some path in paths
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

missing contains {"path": no_decision(regime), "elements": [regime]} if {
	some regime in concerned
	complete
	not decided(regime)
	count(decisions(regime)) == 0
	not ended(limits[regime])
}

missing contains {"path": "notifications.records.required", "elements": [regime]} if some regime in unanswered

missing contains {"path": "incident.classified_at", "elements": ["dora-initial"]} if {
	"dora-initial" in concerned
	due("dora-initial")
	not input.incident.classified_at.state in {"known", "never"}
}

missing contains {"path": "notifications.records.sent_at (before the bank was aware)", "elements": [regime]} if {
	some regime in concerned
	age.later_than(input.incident.aware_at, first_sent(regime), 0)
}

missing contains {"path": "incident.aware_at (not a date)", "elements": [element]} if {
	some regime in concerned
	some element in timed_elements(regime)
	started_by(regime, "aware_at")
	not age.earliest(input.incident.aware_at)
}

missing contains {"path": "notifications.records.clock_started_at", "elements": [regime]} if {
	some regime in concerned
	due(regime)
	unstarted(regime)
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

missing contains {"path": not_sent(regime), "elements": [regime]} if {
	some regime in concerned
	due(regime)
	not overdue(regime)
	not in_time(regime)
	not explained(regime)
	count(relief_asks(regime)) == 0
}

missing contains {"path": path, "elements": [regime]} if {
	some regime in concerned
	due(regime)
	not overdue(regime)
	not in_time(regime)
	some path in relief_asks(regime)
}

missing contains {"path": "notifications.records.due_at", "elements": [regime]} if {
	some regime in concerned
	some_sent(regime)
	date := due_date(regime)
	not age.earliest(date)
	not date.state == "never"
}

missing contains {
	"path": "notifications.records.delay_reason (whether it excuses the delay is for a person to judge)",
	"elements": [regime],
} if {
	some regime in late_regimes
	explained(regime)
}

missing contains {"path": path, "elements": [element]} if {
	some regime in late_regimes
	element := regimes.table[regime].delay.element
	some path in unknown_of_delay(regime)
}

missing contains {"path": path, "elements": [element]} if {
	some regime in (possible - late_regimes)
	element := regimes.table[regime].delay.element
	some path in lateness_asks(regime)
}

# Whether an incident is presumed major.
missing contains {"path": concat(".", ["incident", fact]), "elements": ["dora-classification"]} if {
	"dora-initial" in concerned
	not harmless
	some fact in presuming
	not is_boolean(incident[fact])
}

params := data.params["ir-notification-clocks"]

no_decision(regime) := "notifications.records (the time allowed is not over)" if {
	running(regime)
} else := "notifications.records (no decision on a regime that concerns the incident)"

not_sent(regime) := sprintf("notifications.records.due_at (whether %s allowed the delay)", [allowing]) if {
	allowing := regimes.table[regime].postponed_by
	waits(regime)
} else := "notifications.records.sent_at (the time allowed is not over)" if {
	running(regime)
} else := "notifications.records.sent_at (in time or late by how the clock is counted)" if {
	first_sent(regime).tolerance_ms == 0
	not undated_sending(regime)
	not late(regime)
} else := "notifications.records.sent_at"

running(regime) if limits[regime].in_time_until > input.as_of.ms

# What is asked by name of the record of the incident. Its keys are not among it, so what is missing of them does not
# weaken the result.
incident := {
	"aware_at": object.get(input.incident, "aware_at", null),
	"card_data_affected": object.get(input.incident, "card_data_affected", null),
	"classified_at": object.get(input.incident, "classified_at", null),
	"customer_information_accessed": object.get(input.incident, "customer_information_accessed", null),
	"detected_at": object.get(input.incident, "detected_at", null),
	"malicious_unauthorised_access": object.get(input.incident, "malicious_unauthorised_access", null),
	"personal_data_breach": object.get(input.incident, "personal_data_breach", null),
	"possible_data_loss": object.get(input.incident, "possible_data_loss", null),
}

complete if evidence.complete(input.notifications)

# A regime concerns the incident if the facts about the entity and those about the incident all say so.
concerned contains regime if {
	some regime, rule in regimes.table
	every fact, values in object.get(rule, "entity", {}) { input.entity[fact] in values }
	every fact, values in object.get(rule, "incident", {}) { incident[fact] in values }
	in_force(rule)
	follows(rule)
	not unrecorded(regime)
}

# It concerns the incident, or would by facts that are not known or a decision that is open.
possible contains regime if {
	some regime, rule in regimes.table
	not excluded(rule)
	not unrecorded(regime)
	may_follow(rule)
}

may_follow(rule) if not rule.follows

may_follow(rule) if may_be_due(rule.follows)

may_be_due(regime) if due(regime)

may_be_due(regime) if not decided(regime)

may_be_due(regime) if {
	initial := regimes.table[regime].follows
	not decided(initial)
}

in_force(rule) if not rule.from

in_force(rule) if age.earliest(input.incident.detected_at) >= rule.from.ms

# What a bank is aware of was detected before.
before_force(rule) if {
	some moment in ["detected_at", "aware_at"]
	age.before(incident[moment], rule.from.ms)
}

follows(rule) if not rule.follows

follows(rule) if due(rule.follows)

unrecorded(regime) if {
	regimes.table[regime].recorded
	count(decisions(regime)) == 0
}

excluded(rule) if not_bound(rule)

excluded(rule) if count(denials(rule)) > 0

excluded(rule) if before_force(rule)

not_bound(rule) if {
	some fact, values in object.get(rule, "entity", {})
	evidence.known(input.entity[fact])
	not input.entity[fact] in values
}

# The facts about the incident by which a regime does not concern it.
denials(rule) := {fact |
	some fact, values in object.get(rule, "incident", {})
	evidence.known(incident[fact])
	not incident[fact] in values
}

# By regime: the facts that contradict a decision on record that the regime is due. Which of both holds is not known.
denied_facts[regime] := paths if {
	some regime, rule in regimes.table
	some decision in decisions(regime)
	decision.required == true
	may_bind(rule)
	paths := {sprintf("incident.%s (contradicts the decision that %s is due)", [fact, rule.name]) |
		some fact in denials(rule)
	}
	count(paths) > 0
}

# By regime: the facts that would tell whether it concerns the incident. Those about the incident are asked only of an
# entity that the regime is known to bind.
unknown_facts[regime] := paths if {
	some regime, rule in regimes.table
	not excluded(rule)
	not unrecorded(regime)
	not unrecorded(rule.follows)
	paths := asked(rule)
	count(paths) > 0
}

asked(rule) := asked_of_entity(rule) if {
	count(asked_of_entity(rule)) > 0
} else := {"incident.detected_at"} if {
	not in_force(rule)
} else := {concat(".", ["incident", fact]) |
	some fact, _ in object.get(rule, "incident", {})
	not evidence.known(incident[fact])
}

asked_of_entity(rule) := {concat(".", ["entity", fact]) |
	some fact, _ in object.get(rule, "entity", {})
	not evidence.known(input.entity[fact])
}

# An element may ask more of a regime than its clock.
elements_of(regime) := {regime, regimes.table[regime].classification} if {
	regimes.table[regime].classification
} else := {regime}

# What a moment decides: the clock, and whether a delay must be explained.
timed_elements(regime) := {regime, regimes.table[regime].delay.element} if {
	regimes.table[regime].delay
} else := {regime}

why_not(regime) := sprintf("%s is a duty for incidents detected from %s", [rule.name, rule.from.day]) if {
	rule := regimes.table[regime]
	before_force(rule)
} else := "no record says that a violation of law or rules was concluded in the incident" if {
	regime == "finra-4530"
	input.entity.finra_member == true
} else := concat(" ", [regimes.table[regime].name, "does not concern the incident, as far as the facts stated go"])

open_question(regime) if unknown_facts[regime]

open_question(regime) if denied_facts[regime]

open_question(regime) if regime in unanswered

open_question(regime) if {
	regime in later_reports
	later_reports_open
}

# A record of a decision, its own or of the report that it follows, does not tell what was decided.
unanswered contains regime if {
	some regime, rule in regimes.table
	may_bind(rule)
	some decision in decisions(regime)
	not is_boolean(decision.required)
}

unanswered contains regime if {
	some regime, rule in regimes.table
	may_bind(rule)
	not due(rule.follows)
	some decision in decisions(rule.follows)
	not is_boolean(decision.required)
}

may_bind(rule) if {
	not not_bound(rule)
	not before_force(rule)
}

initial_undecided if {
	"dora-initial" in concerned
	not decided("dora-initial")
}

later_reports contains regime if {
	some regime, rule in regimes.table
	rule.follows == "dora-initial"
}

later_reports_open if initial_undecided

# It is presumed to be major, or what would tell is not known.
later_reports_open if {
	"dora-initial" in concerned
	not due("dora-initial")
	not harmless
}

# Together they make an incident presumed major.
presuming := {"malicious_unauthorised_access", "possible_data_loss"}

presumed_major if {
	every fact in presuming { incident[fact] == true }
}

harmless if {
	some fact in presuming
	incident[fact] == false
}

decisions(regime) := object.get(recorded_decisions, regime, [])

recorded_decisions[regime] := [record | some record in input.notifications.records; record.regime == regime] if {
	some regime in {record.regime | some record in input.notifications.records}
}

sources(regime) := array.concat([input.incident.source], [decision.source | some decision in decisions(regime)])

decided(regime) if {
	some decision in decisions(regime)
	is_boolean(decision.required)
}

# The later reports of DORA follow from the initial one and need no decision of their own.
decided(regime) if due(regimes.table[regime].follows)

due(regime) if {
	some decision in decisions(regime)
	decision.required == true
}

due(regime) if {
	some decision in decisions(regimes.table[regime].follows)
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

# A record may be of one more time that it was sent.
undated_sending(regime) if {
	some decision in decisions(regime)
	not decision.required == false
	not decision.sent_at.state == "never"
	not age.earliest(decision.sent_at)
}

# As long as one is undated, the first and the last may lie anywhere between awareness and the as-of date.
first_event(regime) := first_sent(regime) if not undated_sending(regime)

first_event(regime) := span(age.earliest(input.incident.aware_at), age.latest(first_sent(regime))) if {
	undated_sending(regime)
}

first_event(regime) := since_awareness if unsent_or_undated(regime)

last_event(regime) := last_sent(regime) if not undated_sending(regime)

last_event(regime) := span(age.earliest(last_sent(regime)), input.as_of.ms) if undated_sending(regime)

last_event(regime) := since_awareness if unsent_or_undated(regime)

unsent_or_undated(regime) if {
	undated_sending(regime)
	not some_sent(regime)
}

since_awareness := span(age.earliest(input.incident.aware_at), input.as_of.ms)

span(from_ms, to_ms) := {"state": "known", "ms": from_ms, "tolerance_ms": to_ms - from_ms}

# Dates that start clocks.
event(regime, "clock_started_at") := started(regime)

# A decision that a report is due comes no earlier than the conclusion that it rests on.
event(regime, "concluded") := concluded(regime)

event(_, name) := incident[name] if name in {"aware_at", "classified_at"}

event(_, name) := started(trim_prefix(name, "started:")) if startswith(name, "started:")

event(_, name) := first_event(trim_prefix(name, "first:")) if startswith(name, "first:")

event(_, name) := last_event(trim_prefix(name, "last:")) if startswith(name, "last:")

started(regime) := [decision.clock_started_at |
	some decision in decisions(regime)
	is_object(decision.clock_started_at)
][0]

concluded(regime) := started(regime) if {
	started(regime).state == "known"
} else := [decision.decided_at | some decision in decisions(regime); decision.required == true][0]

# The clock starts with what the record of this report, or of the one that it follows, does not date.
unstarted(regime) if {
	started_by(regime, "clock_started_at")
	not age.earliest(event(regime, "clock_started_at"))
}

unstarted(regime) if {
	name := concat(":", ["started", regimes.table[regime].follows])
	started_by(regime, name)
	not age.earliest(event(regime, name))
}

started_by(regime, name) if {
	some kind in ["hours", "days"]
	regimes.table[regime].clock[kind][name]
}

started_by(regime, name) if regimes.table[regime].clock.business_days.event == name

# By regime: the moment after which a notification is late whatever its dates and the facts mean, the moment up to which
# it is in time, and the clock in words.
limits[regime] := postponed(regime, relieved(regime, limit)) if some regime, limit in plain_limits

plain_limits[regime] := plain_limit(regime) if some regime in possible

plain_limit(regime) := limit if {
	limit := undated_limit(regime)
} else := after_hours(regime, {rule.event: rule.hours}, rule.words) if {
	rule := regimes.table[regime].clock.instead
	age.past(event(regime, rule.event), input.as_of.ms)
	age.later_than(event(regime, rule.event), event(regime, rule.later_than), rule.by_hours * age.hour_ms)
} else := after_hours(regime, hours, regimes.table[regime].clock.words) if {
	hours := regimes.table[regime].clock.hours
} else := {
	"late_after": max(day_ends(age.latest(instant), instant, days)),
	"in_time_until": min(day_ends(age.earliest(instant), instant, days)),
	"words": regimes.table[regime].clock.words,
} if {
	some name, days in regimes.table[regime].clock.days
	instant := event(regime, name)
} else := {
	"late_after": max(month_ends(age.latest(instant), instant)),
	"in_time_until": min(month_ends(age.earliest(instant), instant)),
	"words": regimes.table[regime].clock.words,
} if {
	instant := event(regime, regimes.table[regime].clock.month)
} else := after_business_days(regime, event(regime, rule.event), rule) if {
	rule := regimes.table[regime].clock.business_days
	working_days.known_year(age.latest(event(regime, rule.event)))
} else := {
	"late_after": age.latest(due_date(regime)),
	"in_time_until": age.latest(due_date(regime)),
	"words": "the date that the record gives",
}

# What may have come later than the other events allow leaves open when its clock ends.
undated_limit(regime) := object.union(
	after_hours(regime, own.hours, own.words),
	{"late_after": input.as_of.ms + (own.instead.hours * age.hour_ms)},
) if {
	own := regimes.table[regime].clock
	name := own.instead.event
	not incident[name].state == "never"
	not age.earliest(incident[name])
}

# Whether the delay was allowed no record shows, so what came in the time that it adds is neither late nor in time.
postponed(regime, limit) := object.union(limit, {
	"late_after": until,
	"words": sprintf("%s, or a later date that the record gives if %s allowed it", [limit.words, allowing]),
}) if {
	allowing := regimes.table[regime].postponed_by
	until := max([age.latest(decision.due_at) | some decision in decisions(regime); decision.required == true])
	until > limit.late_after
} else := limit

# Plain limits that a date on record puts off, and which are over.
waits(regime) if {
	regimes.table[regime].postponed_by
	limits[regime].late_after > plain_limits[regime].late_after
	not running(regime)
	not age.latest(first_sent(regime)) <= plain_limits[regime].late_after
}

after_business_days(regime, start, rule) := {
	"late_after": working_days.hour_of_nth(calendar, days, age.latest(start), rule.days, 24) - 1,
	"in_time_until": working_days.hour_of_nth(calendar, days, age.earliest(start), rule.days, rule.hour),
	"words": regimes.table[regime].clock.words,
} if {
	calendar := {"country": rule.country, "wide": false, "more": []}
	days := working_days.around(age.earliest(start))
}

# The date that the record gives, if that is the clock; null if it states nothing.
due_date(regime) := object.get(decision, "due_at", null) if {
	regimes.table[regime].clock.record
	decision := [decision | some decision in decisions(regime); decision.required == true][0]
}

after_hours(regime, hours, words) := {
	"late_after": max({until} | held_open(regime, until)),
	"in_time_until": min([moment_ms |
		some name, number in hours
		moment_ms := age.earliest(event(regime, name)) + (number * age.hour_ms)
	]),
	"words": concat("", [words, uncounted(regime)]),
} if {
	until := min([moment_ms |
		some name, number in hours
		moment_ms := last_of_hours(regime, age.latest(event(regime, name)), number)
	])
}

# Regulation (EEC, Euratom) No 1182/71, Art. 3(1): the hour of the event is not among those counted. Whether it holds
# for these clocks is disputed, so what came in that hour is neither late nor in time.
last_of_hours(regime, ms, number) := ((ms - (ms % age.hour_ms)) + ((number + 1) * age.hour_ms)) - 1 if {
	regimes.table[regime].clock.uncounted
} else := ms + (number * age.hour_ms)

uncounted(regime) := ", the hour in which it started not counted" if {
	regimes.table[regime].clock.uncounted
} else := ""

# Art. 3(5): a period of two days or more has two working days in it; if it had fewer, nothing is late before the second
# of them is over.
held_open(regime, until) := {end |
	regimes.table[regime].clock.two_working_days
	some [from, end] in second_days
	from > until
}

# From when to when the second working day lasts, by the calendars that may be the entity's.
second_days contains [from, end] if {
	aware := age.latest(incident.aware_at)
	working_days.known_year(aware)
	days := working_days.around(aware)
	some calendar in calendars
	second := working_days.open_from(calendar, days, aware)[1]
	from := working_days.at_hour(calendar, second, 0)
	end := working_days.at_hour(calendar, second, 24) - 1
}

# The moments at which the last of so many days ends. A time of day is on a day by the clocks of its place, which may be
# any of the United States, whose laws alone count days here.
day_ends(ms, instant, days) := {clock.day_end(ms) + (days * age.day_ms)} if {
	instant.tolerance_ms > 0
} else := {end |
	some hours in numbers.range(4, 10)
	behind := hours * age.hour_ms
	end := (clock.day_end(ms - behind) + (days * age.day_ms)) + behind
}

# The moments at which the month ends, by the clocks of each state that may be the entity's: further holidays move none.
month_ends(ms, instant) := {clock.month_later(ms)} if {
	instant.tolerance_ms > 0
} else := {end |
	some calendar in calendars
	not calendar.wide
	day := age.days_of(clock.month_later(working_days.local(calendar, ms)))
	end := working_days.at_hour(calendar, day, 24) - 1
}

# Delegated Regulation (EU) 2025/301, Art. 5(4) to (6): a limit that ends on a weekend or a bank holiday of the Member
# State ends at noon of the next working day. As long as a fact that decides on it is open, so is the time between.
relieved(regime, limit) := limit if {
	not moves(regime)
} else := object.union(limit, {"words": concat("", [limit.words, unmoved, kind])}) if {
	kind := exempt(regime)
} else := object.union(limit, {
	"late_after": max(late_ends[regime]),
	"in_time_until": min(early_ends[regime]),
	"words": concat("", [limit.words, until_noon]),
}) if {
	granted(regime)
} else := object.union(limit, {
	"late_after": max(late_ends[regime]),
	"words": concat("", [limit.words, until_noon]),
})

unmoved := "; its end on a weekend or bank holiday does not move it for a "

until_noon := ", and until noon of the next working day as it ends on a weekend or bank holiday"

moves(regime) if late_ends[regime] != {plain_limits[regime].late_after}

moves(regime) if early_ends[regime] != {plain_limits[regime].in_time_until}

# Limits that a weekend or bank holiday may move, and on which something hangs: what was sent in time without relief
# is in time with it.
movable[regime] := limit if {
	some regime, limit in plain_limits
	regimes.table[regime].relief
	not in_plain_time(regime, limit)
}

in_plain_time(regime, limit) if {
	due(regime)
	age.latest(first_sent(regime)) <= limit.in_time_until
}

# The moments at which a limit may end, by the calendars that may be the entity's.
late_ends[regime] := ends(regime, limit.late_after) if some regime, limit in movable

early_ends[regime] := ends(regime, limit.in_time_until) if {
	some regime, limit in movable
	limit.in_time_until != limit.late_after
}

early_ends[regime] := late if {
	some regime, late in late_ends
	plain_limits[regime].in_time_until == plain_limits[regime].late_after
}

# Without a calendar of the year, any day within two weeks may be the next one that banks are open.
# Few limits end on a closed day, and the days that follow are worked out for those.
ends(regime, ms) := {ms, ms + (14 * age.day_ms)} if {
	not working_days.known_year(ms)
} else := {end_in(regime, calendar, days, ms) | some calendar in calendars} if {
	may_be_closed(on_day(regime, ms))
	days := working_days.around(ms)
} else := {ms}

may_be_closed(ms) if {
	today := working_days.on(calendars, ms)
	some calendar in calendars
	working_days.closed_at(calendar, today, ms)
}

end_in(regime, calendar, days, ms) := working_days.next_noon(calendar, days, on_day(regime, ms)) if {
	working_days.closed_at(calendar, days, on_day(regime, ms))
} else := ms

# A limit that counts days ends with one; its noon lies on the same day in every country.
on_day(regime, ms) := ms - (12 * age.hour_ms) if {
	regimes.table[regime].clock.month
} else := ms

calendars := [{"country": country, "wide": wide, "more": params.bank_holidays} |
	some country in countries
	some wide in [false, true]
]

countries := {input.entity.member_state} if {
	is_string(input.entity.member_state)
} else := working_days.member_states

exempt(regime) := exempt_kinds[input.entity.eu_entity_kind] if {
	regimes.table[regime].relief == "unless-exempt"
} else := sprintf("%s entity (NIS2)", [input.entity.nis2_status]) if {
	regimes.table[regime].relief == "unless-exempt"
	input.entity.nis2_status in {"essential", "important"}
} else := "entity that the competent authority excepted" if {
	regimes.table[regime].relief == "unless-exempt"
	input.entity.dora_relief_withdrawn == true
}

exempt_kinds := {
	"credit-institution": "credit institution",
	"central-counterparty": "central counterparty",
	"trading-venue": "trading venue",
}

# Art. 5(6) lets the authority except entities for the initial and the intermediate report alone.
granted(regime) if regimes.table[regime].relief == "always"

granted(_) if {
	input.entity.eu_entity_kind == "other"
	input.entity.nis2_status == "neither"
	input.entity.dora_relief_withdrawn == false
}

# What decides whether a report that was sent after its plain limit was in time.
relief_asks(regime) := paths if {
	age.latest(first_sent(regime)) <= limits[regime].late_after
	age.latest(first_sent(regime)) > limits[regime].in_time_until
	moves(regime)
	paths := relief_paths(regime)
} else := set()

relief_paths(regime) := unknown if {
	unknown := {concat(".", ["entity", fact]) |
		some fact in relief_facts[regimes.table[regime].relief]
		not evidence.known(input.entity[fact])
	}
	count(unknown) > 0
} else := {"entity.member_state (whether its banks were closed on the day that the clock ended)"}

relief_facts := {
	"always": ["member_state"],
	"unless-exempt": ["eu_entity_kind", "nis2_status", "dora_relief_withdrawn", "member_state"],
}

late(regime) if {
	due(regime)
	sent_late(regime)
}

sent_late(regime) if {
	age.earliest(first_sent(regime)) > limits[regime].late_after
	not undated_sending(regime)
}

# What decides whether a notification that may be due was sent late.
lateness_asks(regime) := set() if {
	not may_be_due(regime)
} else := unknown_facts[regime] if {
	may_be_late(regime)
} else := {"notifications.records.sent_at"} if {
	may_be_late(regime)
	regime in concerned
	due(regime)
} else := {"notifications.records.required"} if {
	may_be_late(regime)
} else := relief_asks(regime)

may_be_late(regime) if sent_late(regime)

may_be_late(regime) if {
	undated_sending(regime)
	input.as_of.ms > limits[regime].in_time_until
	not age.latest(first_sent(regime)) <= limits[regime].in_time_until
}

late_regimes contains regime if {
	some regime in concerned
	regimes.table[regime].delay
	late(regime)
}

# Reasons are on record and, if the authority must be told before the clock ends, it was.
explained(regime) if {
	regime in late_regimes
	count(faults(regime)) == 0
	count(unknown_of_delay(regime)) == 0
}

faults(regime) := (reasonless(regime) | untold(regime)) | told_late(regime)

reasonless(regime) := {"no reasons for the delay are on record" |
	not reasoned(regime)
	some decision in decisions(regime)
	is_string(decision.delay_reason)
}

untold(regime) := {"the authority was not told of the delay" |
	regimes.table[regime].delay.told
	not told(regime)
	some decision in decisions(regime)
	decision.delay_told_at.state == "never"
}

told_late(regime) := {sprintf("the authority was told of the delay on %s, after the clock had ended", [told_at]) |
	told_at := clock.moment(told(regime))
	regimes.table[regime].delay.told
	age.earliest(told(regime)) > limits[regime].late_after
}

unknown_of_delay(regime) := unknown_reason(regime) | unknown_telling(regime)

unknown_reason(regime) := {"notifications.records.delay_reason" |
	not reasoned(regime)
	count(reasonless(regime)) == 0
}

unknown_telling(regime) := {"notifications.records.delay_told_at" |
	regimes.table[regime].delay.told
	count(untold(regime) | told_late(regime)) == 0
	not told_in_time(regime)
}

reasoned(regime) if {
	some decision in decisions(regime)
	trim_space(decision.delay_reason) != ""
}

told(regime) := min([[age.earliest(decision.delay_told_at), decision.delay_told_at] |
	some decision in decisions(regime)
	age.past(decision.delay_told_at, input.as_of.ms)
])[1]

told_in_time(regime) if age.latest(told(regime)) <= limits[regime].in_time_until

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
in_time(regime) if late(regime)

# Without a date by which it was due: the record says that there is none, or else `due_at` is missing.
in_time(regime) if {
	regimes.table[regime].clock.record
	some_sent(regime)
	not limits[regime]
}

# A report whose clock still runs, or starts with one that is still to come, is not due yet.
in_time(regime) if {
	not some_sent(regime)
	not input.as_of.ms > limits[regime].in_time_until
	not unstarted(regime)
	regimes.table[regime].follows
}

moment(ms) := clock.moment({"state": "known", "ms": ms, "tolerance_ms": 0})
