# METADATA
# title: Every grant on a key was asked for, justified and approved by somebody else beforehand
# description: >-
#   A right that nobody had to ask for is a right nobody will miss when it is abused. Every grant in force on an active
#   key must name a ticket that is among the changes supplied and is approved or carried out, who asked, a
#   justification, an approver who neither asked for it nor holds it, an approval no later than the grant, and must
#   allow an action that the approval covers. One violation for each grant and element lists what is wrong with it. A
#   ticket that no supplied change has counts as wrong: supply the tickets of old grants too. Names are compared, case
#   and blanks aside, after every name that the records of people link to one person has become one; the holder, unless
#   it is no person, by its other names as well, so a record of the holder is needed. An approver who may be the holder,
#   or who asked, under a name that no record links is no proof of another person.
#   Reading chosen: every environment, and break-glass grants too.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, AC-2(e)
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: access-approved-justified
#   severity: high
#   subject: key
#   applies: {status: active}
#   requires: [key.status, grants]
#   elements:
#     - id: ticket
#       title: ticket of the grant
#       shows: Whether the grant names a ticket among the changes supplied that is approved or carried out.
#       criterion: {params: [approved_states]}
#     - id: request
#       title: request for the grant
#       shows: Whether the record says who asked for the grant, and why.
#       criterion: none
#     - id: approval
#       title: approval of the grant
#       shows: Whether somebody who neither asked for the grant nor holds it approved it, no later than it was given.
#       criterion: none
#     - id: coverage
#       title: action covered by the approval
#       shows: Whether the grant allows no action but those that the approval names.
#       criterion: entity
#   params:
#     approved_states: [approved, implemented, closed]
#   action: Have somebody else approve each grant, with ticket and reason, or remove it
#   remediation: >-
#     Have somebody who neither asked for nor holds the right approve or remove it, and record ticket, justification,
#     approver and date.
#   effort: access
#   closed_by: >-
#     The list of access rights shows for the grant a ticket, who asked, a justification and an approval by somebody
#     else, or no longer holds it. The changes supplied show the ticket approved.
package policies.access.access_approved_justified

import future.keywords.not

import data.lib.age
import data.lib.evidence
import data.lib.grant
import data.lib.people

violations contains {
	"element": element,
	"message": sprintf("%s of %s: %s", [right(held), held.principal_id, concat("; ", found)]),
	"facts": {
		"principal": held.principal_id,
		"action": object.get(held, "action", null),
		"ticket": object.get(held, "ticket", null),
		"requested_by": object.get(held, "requested_by", null),
		"approved_by": object.get(held, "approved_by", null),
		"defects": found,
	},
	"records": array.concat([held.source], [ticket.source | ticket := held.change.change; is_object(ticket)]),
} if {
	some held in in_force
	some element, found in defects(held)
	count(found) > 0
}

missing contains "grants.records (no grant in force on this key)" if {
	evidence.complete(input.grants)
	count(in_force) == 0
}

missing contains evidence.cut("grants", input.grants)

missing contains {"path": concat("", ["grants.records.", field]), "elements": elements} if {
	some held in in_force
	some field, elements in needed_by
	not is_string(held[field])
}

missing contains {"path": "grants.records.approved_actions", "elements": ["coverage"]} if {
	some held in in_force
	not is_array(held.approved_actions)
}

missing contains {"path": "grants.records.change (no changes were supplied)", "elements": ["ticket"]} if {
	some held in in_force
	stated(held.ticket)
	not is_boolean(held.change.found)
}

missing contains {"path": "grants.records.change.change.status", "elements": ["ticket"]} if {
	some held in in_force
	held.change.found
	not is_string(held.change.change.status)
}

missing contains {"path": path, "elements": ["approval"]} if {
	some held in in_force
	stated(held.approved_by)
	not by_holder(held)
	path := unidentified(held)
}

missing contains {
	"path": "grants.records.approved_by (may be the holder under another name)",
	"elements": ["approval"],
} if {
	some held in in_force
	not grant.no_person(held)
	people.may_be_one_of(held.approved_by, people.names_of(held))
}

missing contains {
	"path": "grants.records.approved_by (may be who asked, under another name)",
	"elements": ["approval"],
} if {
	some held in in_force
	people.may_be_same(held.approved_by, held.requested_by)
}

missing contains {"path": path, "elements": ["approval"]} if {
	some held in in_force
	some path in undated(held)
}

params := data.params["access-approved-justified"]

in_force := [held | some held in input.grants.records; grant.in_force(held, input.as_of.ms)]

# The elements that rest on a field of the grant: who asked is also compared with who approved.
needed_by := {
	"ticket": ["ticket"],
	"requested_by": ["request", "approval"],
	"justification": ["request"],
	"approved_by": ["approval"],
	"action": ["coverage"],
}

# What is wrong with a grant, by element.
defects(held) := {
	"ticket": stating([without_ticket(held)]),
	"request": stating([unasked(held), unjustified(held)]),
	"approval": stating([unapproved(held), approved_late(held)]),
	"coverage": stating([beyond_approval(held)]),
}

stating(texts) := sort([text | some text in texts; text != ""])

without_ticket(held) := "no ticket" if {
	blank(held.ticket)
} else := concat("", ["the ticket ", held.ticket, " is not among the changes supplied"]) if {
	held.change.found == false
} else := concat("", ["the ticket ", held.ticket, " is ", held.change.change.status]) if {
	is_string(held.change.change.status)
	not held.change.change.status in params.approved_states
} else := ""

unasked(held) := "nobody asked for it" if {
	blank(held.requested_by)
} else := ""

unjustified(held) := "no justification" if {
	blank(held.justification)
} else := ""

unapproved(held) := "no approver" if {
	blank(held.approved_by)
} else := concat("", ["approved by ", held.approved_by, ", its holder"]) if {
	by_holder(held)
} else := concat("", ["approved by ", held.approved_by, ", who asked for it"]) if {
	people.same(held.approved_by, held.requested_by)
} else := ""

approved_late(held) := "never approved" if {
	held.approved_at.state == "never"
} else := sprintf("approved on %s, granted before that on %s", [
	age.day(held.approved_at),
	age.day(held.granted_at),
]) if {
	age.later_than(held.approved_at, held.granted_at, 0)
} else := ""

beyond_approval(held) := concat("", [`"`, held.action, `" is not among the actions approved (`, approved, ")"]) if {
	is_string(held.action)
	is_array(held.approved_actions)
	not held.action in held.approved_actions
	approved := concat(", ", array.concat(sort(held.approved_actions), ["none" | count(held.approved_actions) == 0]))
} else := ""

by_holder(held) if {
	some name in people.names_of(held)
	people.same(held.approved_by, name)
}

# What is missing to tell the holder from the approver. A program approves nothing, whatever it is called.
unidentified(held) := "grants.records.principal" if {
	not is_object(held.principal)
} else := "grants.records.principal.aliases" if {
	not is_array(held.principal.aliases)
	not grant.no_person(held)
}

undated(held) := {path |
	approved_late(held) == ""
	not age.no_later_than(held.approved_at, held.granted_at, 0)
	some field in ["approved_at", "granted_at"]
	path := concat("", ["grants.records.", field, vague(object.get(held, field, null))])
}

vague(instant) := "" if {
	not age.earliest(instant)
} else := " (time zone unknown)" if {
	not age.precise(instant)
}

blank(text) if trim_space(text) == ""

stated(text) if trim_space(text) != ""

right(held) := concat("", [`the right "`, held.action, `"`]) if {
	is_string(held.action)
} else := "the grant"
