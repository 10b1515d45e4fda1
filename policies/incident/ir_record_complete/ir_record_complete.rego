# METADATA
# title: Every credential incident is on record from detection to review
# description: >-
#   What was not written down cannot be learnt from, nor shown to a supervisor. An incident fails if a stage
#   (contained, investigated, remediated, closed) never took place or lies before the detection; if root cause or
#   what was affected is stated as not known; if the follow-up actions are not tracked; and if the post-incident
#   review is missing or later than 30 days after the closing. One that was closed before it was contained is asked
#   about. An incident still open within 30 days of its detection is
#   not judged yet; open for longer, it fails.
# related_resources:
#   - description: NIST SP 800-61 rev. 3
#     ref: https://csrc.nist.gov/pubs/sp/800/61/r3/final
# schemas:
#   - input: schema["dossier-incident"]
# custom:
#   id: ir-record-complete
#   severity: high
#   subject: incident
#   requires: [incident.detected_at]
#   elements:
#     - id: facts
#       title: facts of the incident
#       shows: Whether the incident was investigated and its root cause is on record.
#       criterion: {params: [max_open_days]}
#       requires: [incident.investigated_at, incident.root_cause]
#     - id: effects
#       title: effects of the incident
#       shows: Whether what was affected is on record.
#       criterion: none
#       requires: [incident.affected]
#     - id: remedy
#       title: remedial action
#       shows: Whether the incident was contained and remediated, each after it was detected.
#       criterion: {params: [max_open_days]}
#       requires: [incident.contained_at, incident.remediated_at]
#     - id: closing
#       title: closing of the incident
#       shows: Whether the incident was closed, or is open for no longer than the limit.
#       criterion: {params: [max_open_days]}
#       requires: [incident.closed_at, incident.contained_at]
#     - id: review
#       title: review after the incident
#       shows: Whether the incident was reviewed within the limit after its closing.
#       criterion: {params: [max_review_days]}
#       requires: [incident.closed_at, incident.reviewed_at]
#     - id: actions
#       title: follow-up actions
#       shows: Whether the follow-up actions are tracked.
#       criterion: none
#       requires: [incident.actions_tracked]
#   params:
#     max_review_days: 30
#     max_open_days: 30
#   action: Complete the incident record, from detection to review
#   remediation: >-
#     Complete the record from the tickets and logs of the time, hold the post-incident review, and track its actions to
#     the end.
#   effort: process
#   closed_by: >-
#     The incident record states when each stage ended, root cause, what was affected, that actions are tracked, and a
#     review after the closing.
package policies.incident.ir_record_complete

import future.keywords.not

import data.lib.age

not_applicable contains "the incident was detected after the as-of date" if {
	age.after(input.incident.detected_at, input.as_of.ms)
}

not_applicable contains "the incident is still open, within the time allowed" if {
	input.incident.closed_at.state == "never"
	age.within(input.incident.detected_at, input.as_of.ms, params.max_open_days)
}

not_applicable contains {"reason": "the incident is not closed, so that no review is due", "elements": ["review"]} if {
	still_open
}

violations contains {
	"element": element,
	"message": sprintf("detected on %s, and never %s", [age.describe(input.incident.detected_at, input.as_of.ms), stage]),
	"facts": {"detected": age.day(input.incident.detected_at), "stage": stage, "at": "never"},
	"records": [input.incident.source],
} if {
	some stage, instant in stages
	element := element_of[stage]
	instant.state == "never"
	due
}

violations contains {
	"element": element,
	"message": sprintf("%s on %s, before it was detected on %s", [
		stage,
		age.day(instant),
		age.day(input.incident.detected_at),
	]),
	"facts": {
		"detected": age.day(input.incident.detected_at),
		"stage": stage,
		"at": age.day(instant),
	},
	"records": [input.incident.source],
} if {
	some stage, instant in stages
	element := element_of[stage]
	age.later_than(input.incident.detected_at, instant, 0)
}

violations contains {
	"element": element,
	"message": sprintf("the record says that %s is not known", [subject]),
	"facts": {"not_known": subject},
	"records": [input.incident.source],
} if {
	some element, [subject, text] in findings
	trim_space(text) == ""
}

violations contains {
	"element": "actions",
	"message": "the follow-up actions are not tracked",
	"facts": {"actions_tracked": false},
	"records": [input.incident.source],
} if {
	input.incident.actions_tracked == false
}

violations contains {
	"element": "review",
	"message": sprintf("closed on %s, and not reviewed; the limit is %s", [
		age.describe(input.incident.closed_at, input.as_of.ms),
		age.days_word(params.max_review_days),
	]),
	"facts": {
		"closed": age.day(input.incident.closed_at),
		"reviewed": "never",
		"limit_days": params.max_review_days,
	},
	"records": [input.incident.source],
} if {
	input.incident.reviewed_at.state == "never"
	age.over(input.incident.closed_at, input.as_of.ms, params.max_review_days)
}

violations contains {
	"element": "review",
	"message": sprintf("closed on %s and reviewed on %s; the limit is %s", [
		age.day(input.incident.closed_at),
		age.day(input.incident.reviewed_at),
		age.days_word(params.max_review_days),
	]),
	"facts": {
		"closed": age.day(input.incident.closed_at),
		"reviewed": age.day(input.incident.reviewed_at),
		"limit_days": params.max_review_days,
	},
	"records": [input.incident.source],
} if {
	age.later_than(input.incident.reviewed_at, input.incident.closed_at, params.max_review_days * age.day_ms)
}

missing contains age.undecided("incident.detected_at", input.incident.detected_at, input.as_of.ms) if {
	not age.past(input.incident.detected_at, input.as_of.ms)
}

missing contains {
	"path": age.undecided(concat("", ["incident.", stage, "_at"]), instant, input.as_of.ms),
	"elements": elements,
} if {
	some stage, instant in stages
	elements := elements_of[stage]
	not settled(instant)
}

missing contains {
	"path": "incident.closed_at (before the incident was contained)",
	"elements": ["closing"],
} if {
	age.past(input.incident.contained_at, input.as_of.ms)
	age.later_than(input.incident.contained_at, input.incident.closed_at, 0)
}

missing contains {
	"path": age.undecided("incident.reviewed_at", input.incident.reviewed_at, input.as_of.ms),
	"elements": ["review"],
} if {
	not still_open
	not reviewed_too_late
	not reviewed
}

missing contains {
	"path": "incident.reviewed_at (the time allowed is not over)",
	"elements": ["review"],
} if {
	review_due_later
}

params := data.params["ir-record-complete"]

stages["contained"] := input.incident.contained_at

stages["investigated"] := input.incident.investigated_at

stages["remediated"] := input.incident.remediated_at

stages["closed"] := input.incident.closed_at

element_of := {"contained": "remedy", "investigated": "facts", "remediated": "remedy", "closed": "closing"}

# Whether it was closed too early is not known without the day on which it was contained.
elements_of := {
	"contained": ["remedy", "closing"],
	"investigated": ["facts"],
	"remediated": ["remedy"],
	"closed": ["closing"],
}

findings["facts"] := ["the root cause", input.incident.root_cause]

findings["effects"] := ["what was affected", input.incident.affected]

# An incident that is closed, or was open for too long, must have every stage.
due if input.incident.closed_at.state == "known"

due if age.over(input.incident.detected_at, input.as_of.ms, params.max_open_days)

# Took place, and not before the detection.
settled(instant) if {
	age.past(instant, input.as_of.ms)
	age.no_later_than(input.incident.detected_at, instant, 0)
}

settled(instant) if age.later_than(input.incident.detected_at, instant, 0)

settled(instant) if {
	instant.state == "never"
	due
}

still_open if input.incident.closed_at.state == "never"

reviewed_too_late if {
	some violation in violations
	violation.element == "review"
}

reviewed if {
	age.past(input.incident.reviewed_at, input.as_of.ms)
	age.no_later_than(input.incident.reviewed_at, input.incident.closed_at, params.max_review_days * age.day_ms)
}

reviewed if review_due_later

review_due_later if {
	input.incident.reviewed_at.state == "never"
	age.within(input.incident.closed_at, input.as_of.ms, params.max_review_days)
}
