# METADATA
# title: Every grant on a key is reviewed quarterly, management acknowledges it, and removals are carried out
# description: >-
#   Access that nobody looks at only grows. For every grant in force on an active key the last review must be at most
#   92 days before the as-of date and must hold a decision. A grant fails if its review is older, never took place
#   (unless the grant itself is younger than the limit), or was left blank, and if the reviewer asked for removal
#   and the grant was still in force more than 30 days later. A review in an export of its own counts for the same
#   right of the same holder in a list of rights; a right that only a review names may be gone since, so that its
#   removal has no evidence. A review counts only if somebody else made it: one by the
#   holder, by a program or the review tool itself (an automatic decision) or by nobody fails, and a reviewer of whom
#   no record shows a person, or who may be the holder under another name, is missing evidence. A key on which no
#   export lists any grant lacks evidence. Management's acknowledgement must be on record as a document, approved at
#   most 92 days before the as-of date; one approved before the last review of a grant is no evidence that this review
#   was acknowledged. With an audit period a grant fails, too, for every stretch of the period in which its newest
#   review was older than the limit; if no review from before the period is known, its beginning cannot be judged.
#   Reading chosen: 92 days for every kind of account; a risk analysis of the bank may set another limit. What laws and
#   standards ask for at least once a year, or every six months, is judged beside that, at the as-of date, as 366 and
#   184 days.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, AC-2(j)
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: access-review-periodic
#   severity: high
#   subject: key
#   evidence: attestation
#   applies: {status: active}
#   requires: [key.status, grants]
#   absences: [grants]
#   elements:
#     - id: review
#       title: age of the last review
#       shows: Whether every grant in force was reviewed within the limit.
#       criterion: {params: [max_review_age_days]}
#       evidence: data
#     - id: half-yearly
#       title: review in the last six months
#       shows: Whether every grant in force was reviewed in the six months before the as-of date.
#       criterion: {params: [half_year_days]}
#       evidence: data
#     - id: yearly
#       title: review in the last year
#       shows: Whether every grant in force was reviewed in the year before the as-of date.
#       criterion: {params: [year_days]}
#       evidence: data
#     - id: by-function
#       title: review by what the key supports
#       shows: >-
#         Whether every grant in force was reviewed in the year before the as-of date, or in the six months before it if
#         the key supports a critical or important function.
#       criterion: {params: [half_year_days, year_days]}
#       evidence: data
#     - id: reviewer
#       title: reviewer of the grant
#       shows: Whether a person other than the holder made the last review.
#       criterion: none
#       evidence: data
#     - id: decision
#       title: decision of the review
#       shows: Whether the review of every grant in force holds a decision.
#       criterion: none
#       evidence: data
#     - id: removal
#       title: removals that a review asked for
#       shows: Whether grants that a review asked to remove were gone within the limit.
#       criterion: {params: [max_removal_days]}
#       evidence: data
#     - id: acknowledgement
#       title: acknowledgement by management
#       shows: Whether a document of management on the last review is on record and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#       requires: [attestations]
#   params:
#     max_review_age_days: 92
#     half_year_days: 184
#     year_days: 366
#     max_removal_days: 30
#     max_age_days: 92
#     system_reviewers:
#       - aad access reviews
#       - azure ad access reviews
#       - microsoft entra id
#       - system
#       - automatic
#       - auto-approved
#   action: Put the grants into the next access review and carry out its removals
#   remediation: >-
#     Put the grants listed into the next access review, have somebody other than the holder record a decision for each,
#     carry out the removals within 30 days, and have management acknowledge the result.
#   effort: process
#   closed_by: >-
#     The access review shows a decision by another person on every grant within the limit, and that removals were
#     carried out. A document on management's acknowledgement, approved after these reviews, is on record.
package policies.access.access_review_periodic

import future.keywords.not

import data.lib.age
import data.lib.attestation
import data.lib.evidence
import data.lib.grant
import data.lib.people
import data.lib.period

violations contains {
	"element": "review",
	"absent": ["grants"],
	"message": sprintf("%s of %s was last reviewed on %s; the limit is %s", [
		right(held),
		held.principal_id,
		age.describe_by(review_in(held), held.reviewed_at),
		age.days_word(params.max_review_age_days),
	]),
	"facts": object.union(facts(held), {"reviewed": age.day(held.reviewed_at)}),
	"records": cited(held),
} if {
	some held in in_force
	age.before(held.reviewed_at, review_cutoff)
	not age.only_since(review_in(held), held.reviewed_at, params.max_review_age_days)
}

violations contains {
	"element": "review",
	"absent": ["grants"],
	"message": sprintf("%s of %s has never been reviewed", [right(held), held.principal_id]),
	"facts": object.union(facts(held), {"reviewed": "never"}),
	"records": cited(held),
} if {
	some held in in_force
	held.reviewed_at.state == "never"
	age.before(held.granted_at, review_cutoff)
	not age.only_since(review_in(held), held.granted_at, params.max_review_age_days)
}

violations contains {
	"element": "review",
	"absent": ["grants"],
	"message": sprintf("%s of %s went without a review for more than %s on %s of the period: %s", [
		right(held),
		held.principal_id,
		age.days_word(params.max_review_age_days),
		age.days_word(days),
		concat(", ", intervals),
	]),
	"facts": object.union(facts(held), {"days_out_of_tolerance": days, "intervals": intervals}),
	"records": cited(held),
} if {
	period.begin
	some held in in_force
	late := period.overdue(reviews(held), params.max_review_age_days, age.until_of(review_in(held)))
	count(late) > 0
	days := period.days(late)
	intervals := period.intervals(late)
}

violations contains {
	"element": element,
	"message": sprintf("%s of %s was %s; the limit is %s", [
		right(held),
		held.principal_id,
		words,
		age.days_word(longest),
	]),
	"facts": object.union(facts(held), {"reviewed": on, "limit_days": longest}),
	"records": cited(held),
} if {
	some element, [_, longest] in frequencies
	some held in in_force
	[words, on] := stale(held, longest)
}

violations contains {
	"element": "decision",
	"message": sprintf("the review left %s of %s without a decision", [right(held), held.principal_id]),
	"facts": object.union(facts(held), {"decision": "none"}),
	"records": cited(held),
} if {
	some held in in_force
	not held.reviewed_at.state == "never"
	held.decision == "none"
}

violations contains {
	"element": "reviewer",
	"message": sprintf("%s of %s was reviewed by %s on %s, which is no review by another person", [
		right(held),
		held.principal_id,
		by,
		age.day(held.reviewed_at),
	]),
	"facts": object.union(facts(held), {"reviewed": age.day(held.reviewed_at)}),
	"records": cited(held),
} if {
	some held in in_force
	took_place(held)
	by := no_other_person(held)
}

violations contains {
	"element": "removal",
	"message": sprintf("the review of %s asked to remove %s of %s, which is still in force; the limit is %s", [
		age.describe_by(held, held.reviewed_at),
		right(held),
		held.principal_id,
		age.days_word(params.max_removal_days),
	]),
	"facts": object.union(facts(held), {"decision": "revoke", "reviewed": age.day(held.reviewed_at), "removed": null}),
	"records": cited(held),
} if {
	some held in in_force
	held.decision == "revoke"
	not held.known_by_review == true
	age.over(held.reviewed_at, age.until_of(held), params.max_removal_days)
}

violations contains {
	"element": "removal",
	"message": sprintf("the review of %s asked to remove %s of %s, which was removed on %s; the limit is %s", [
		age.day(held.reviewed_at),
		right(held),
		held.principal_id,
		age.day(held.removed_at),
		age.days_word(params.max_removal_days),
	]),
	"facts": object.union(facts(held), {
		"decision": "revoke",
		"reviewed": age.day(held.reviewed_at),
		"removed": age.day(held.removed_at),
	}),
	"records": cited(held),
} if {
	some held in rights
	held.decision == "revoke"
	reviewed(held)
	age.past(held.removed_at, input.as_of.ms)
	age.later_than(held.removed_at, held.reviewed_at, params.max_removal_days * age.day_ms)
}

missing contains {
	"path": "attestations.records.approved_on (not after the last review)",
	"elements": ["acknowledgement"],
} if {
	count(acknowledgements) > 0
	some held in in_force
	took_place(held)
	not acknowledged(held)
}

missing contains "grants.records (no grant on this key)" if input.grants.total == 0

missing contains evidence.cut("grants", input.grants)

missing contains {
	"path": "grants.records.reviewed_at",
	"elements": ["review", "decision", "removal", "acknowledgement"],
} if {
	some held in in_force
	not reviewed(held)
	not new(held)
	not overdue(held)
}

# Its review is too old by the as-of date only, and no export shows what was reviewed since.
missing contains {"path": path, "elements": [element]} if {
	some element, longest in longest_of
	some held in in_force
	some instant in dates_of(held)
	age.only_since(review_in(held), instant, longest)
	path := age.not_known_since("grants.records.reviewed_at", age.until_of(review_in(held)))
}

missing contains {
	"path": age.not_known_since("grants.records.removed_at", age.until_of(held)),
	"elements": ["removal"],
} if {
	some held in in_force
	held.decision == "revoke"
	not held.known_by_review == true
	age.only_since(held, held.reviewed_at, params.max_removal_days)
}

missing contains {"path": "grants.records.reviewed_at", "elements": [element]} if {
	some element, [_, longest] in frequencies
	some held in in_force
	not since_export(held, longest)
	not stale(held, longest)
	not fresh(held, longest)
}

missing contains {"path": "key.critical_or_important_function", "elements": [element]} if {
	some element, [shortest, longest] in frequencies
	shortest < longest
	some held in in_force
	fresh(held, longest)
	not fresh(held, shortest)
}

missing contains {
	"path": "grants.records.previous_review_at (no review known from before the period)",
	"elements": ["review"],
} if {
	period.begin
	some held in in_force
	reviewed(held)
	not known_at_begin(held)
}

# A decision that is not known may be to remove the right.
missing contains {"path": "grants.records.decision", "elements": ["decision", "removal"]} if {
	some held in in_force
	undecided(held)
}

missing contains {"path": "grants.records.removed_at (the time allowed is not over)", "elements": ["removal"]} if {
	some held in in_force
	held.decision == "revoke"
	age.within(held.reviewed_at, input.as_of.ms, params.max_removal_days)
}

missing contains {
	"path": "grants.records.removed_at (nothing shows the right after its review)",
	"elements": ["removal"],
} if {
	some held in in_force
	held.decision == "revoke"
	held.known_by_review == true
	age.over(held.reviewed_at, input.as_of.ms, params.max_removal_days)
}

missing contains {"path": path, "elements": ["reviewer"]} if {
	some held in in_force
	took_place(held)
	not no_other_person(held)
	path := unproved_reviewer(held)
}

missing contains {"path": "grants.records.reviewed_at", "elements": ["reviewer"]} if {
	some held in in_force
	not took_place(held)
	not held.reviewed_at.state == "never"
}

rule_id := "access-review-periodic"

params := data.params[rule_id]

acknowledgements := attestation.sound(rule_id, params.max_age_days)

acknowledged(held) if {
	some document in acknowledgements
	age.no_later_than(held.reviewed_at, document.approved_on, 0)
}

in_force := [held | some held in rights; grant.in_force(held, input.as_of.ms)]

# Each right once: a list of rights often has no reviews, and an export of reviews no other rights.
rights := [reviewed_elsewhere(held) |
	some held in input.grants.records
	not told_by_a_list(held)
]

reviews_alone := [held |
	some held in input.grants.records
	held.known_by_review == true
	took_place(held)
]

# A review of a right that a list of rights has, too.
told_by_a_list(review) if {
	review.known_by_review == true
	took_place(review)
	some held in input.grants.records
	takes_reviews(held)
	same_right(review, held)
}

takes_reviews(held) if {
	not held.known_by_review == true
	not is_object(held.reviewed_at)
	not held.effect == "deny"
}

reviewed_elsewhere(held) := object.union(held, review_of(held)) if {
	count(reviews_alone) > 0
	takes_reviews(held)
} else := held

default review_of(_) := {}

# The newest review of a right that its own record does not tell, and the day of the one before.
review_of(held) := {
	"reviewed_at": newest.reviewed_at,
	"previous_review_at": previous_of(found),
	"reviewer": newest.reviewer,
	"reviewer_kind": newest.reviewer_kind,
	"decision": newest.decision,
	"review_source": newest.source,
	"review_stated_until_ms": object.get(newest, "stated_until_ms", null),
} if {
	found := sort([[age.earliest(review.reviewed_at), index] |
		some index, review in reviews_alone
		same_right(review, held)
	])
	newest := reviews_alone[found[count(found) - 1][1]]
}

previous_of(found) := reviews_alone[found[count(found) - 2][1]].reviewed_at if {
	count(found) > 1
} else := object.get(reviews_alone[found[0][1]], "previous_review_at", null)

# A review that names no action is of all that its holder has on the key by the role.
same_right(review, held) if {
	review.principal_id == held.principal_id
	not is_in_another_environment(review, held)
	of_action(review, held)
}

is_in_another_environment(review, held) if {
	is_string(review.environment)
	is_string(held.environment)
	review.environment != held.environment
}

of_action(review, held) if {
	is_string(review.action)
	review.action == held.action
} else if {
	not is_string(review.action)
	object.get(review, "role", null) in {null, object.get(held, "role", null)}
}

# The records that show a right and its review.
cited(held) := [held.source, held.review_source] if {
	held.review_source
} else := [held.source]

# What speaks for the review of a right: the export of the right, or of the reviews.
review_in(held) := {"stated_until_ms": held.review_stated_until_ms} if {
	held.review_source
} else := held

longest_of := object.union(
	{"review": params.max_review_age_days},
	{element: longest | some element, [_, longest] in frequencies},
)

dates_of(held) := [held.reviewed_at, held.granted_at] if {
	held.reviewed_at.state == "never"
} else := [held.reviewed_at]

never_reviewed_since(held) := held.granted_at if held.reviewed_at.state == "never"

since_export(held, days) if age.only_since(review_in(held), held.reviewed_at, days)

since_export(held, days) if age.only_since(review_in(held), never_reviewed_since(held), days)

review_cutoff := age.cutoff(input.as_of.ms, params.max_review_age_days)

# The moment so many days before the as-of date, for each limit that an element may have.
cutoffs := {
	params.half_year_days: age.cutoff(input.as_of.ms, params.half_year_days),
	params.year_days: age.cutoff(input.as_of.ms, params.year_days),
}

# By element: the days within which a review passes, and those after which none fails. They differ if the fact that
# decides is not known.
frequencies["half-yearly"] := [params.half_year_days, params.half_year_days]

frequencies["yearly"] := [params.year_days, params.year_days]

frequencies["by-function"] := [params.half_year_days, params.half_year_days] if {
	input.key.critical_or_important_function == true
} else := [params.year_days, params.year_days] if {
	input.key.critical_or_important_function == false
} else := [params.half_year_days, params.year_days]

stale(held, days) := [concat(" ", ["last reviewed on", age.describe_by(review_in(held), held.reviewed_at)]), on] if {
	age.before(held.reviewed_at, cutoffs[days])
	not since_export(held, days)
	on := age.day(held.reviewed_at)
} else := ["never reviewed", "never"] if {
	held.reviewed_at.state == "never"
	age.before(held.granted_at, cutoffs[days])
	not since_export(held, days)
}

fresh(held, days) if {
	age.past(held.reviewed_at, input.as_of.ms)
	age.since(held.reviewed_at, cutoffs[days])
} else if {
	held.reviewed_at.state == "never"
	age.past(held.granted_at, input.as_of.ms)
	age.since(held.granted_at, cutoffs[days])
}

reviewed(held) if {
	age.past(held.reviewed_at, input.as_of.ms)
	age.since(held.reviewed_at, review_cutoff)
}

# Reviewed, however long ago: who reviewed is asked of old reviews, too.
took_place(held) if age.past(held.reviewed_at, input.as_of.ms)

# Reviewed, and no decision is known.
undecided(held) if {
	not held.reviewed_at.state == "never"
	not held.decision in {"keep", "revoke", "none"}
}

# Why a review is none by somebody else, in words.
no_other_person(held) := "nobody" if {
	trim_space(held.reviewer) == ""
} else := "the holder" if {
	some name in people.names_of(held)
	people.same(held.reviewer, name)
} else := concat("", [held.reviewer, ", which is no person"]) if {
	held.reviewer_kind in {"service", "workload"}
} else := concat("", [held.reviewer, ", which is no person"]) if {
	people.plain(held.reviewer) in params.system_reviewers
}

unproved_reviewer(held) := "grants.records.reviewer" if {
	not is_string(held.reviewer)
} else := "grants.records.reviewer (may be the holder under another name)" if {
	not grant.no_person(held)
	people.may_be_one_of(held.reviewer, people.names_of(held))
} else := "grants.records.principal (other names of the holder)" if {
	not grant.no_person(held)
	not is_object(held.principal)
} else := "grants.records.reviewer_kind" if {
	not held.reviewer_kind == "human"
}

overdue(held) if {
	age.before(held.reviewed_at, review_cutoff)
} else if {
	held.reviewed_at.state == "never"
	age.before(held.granted_at, review_cutoff)
}

new(held) if {
	held.reviewed_at.state == "never"
	age.past(held.granted_at, input.as_of.ms)
	age.since(held.granted_at, review_cutoff)
}

# The reviews on record; what was never reviewed before is as old as the grant.
reviews(held) := [instant |
	some instant in array.concat(
		[object.get(held, "previous_review_at", null), object.get(held, "reviewed_at", null)],
		first(held),
	)
	age.past(instant, input.as_of.ms)
]

first(held) := [held.granted_at] if {
	never_before(held)
} else := []

never_before(held) if held.reviewed_at.state == "never"

never_before(held) if held.previous_review_at.state == "never"

known_at_begin(held) if {
	some instant in reviews(held)
	age.latest(instant) <= period.begin
} else if {
	# Given so shortly before the first review known that none can be missing between.
	age.earliest(held.granted_at) + (params.max_review_age_days * age.day_ms) >= min([age.earliest(instant) |
		some instant in reviews(held)
	])
}

right(held) := concat("", [`the right "`, held.action, `"`]) if {
	is_string(held.action)
} else := "the grant"

facts(held) := {
	"principal": held.principal_id,
	"action": object.get(held, "action", null),
	"reviewer": object.get(held, "reviewer", null),
}
