# METADATA
# title: People who hold a right on a key were trained in handling secrets within the year
# description: >-
#   Most keys leak by a habit, not by an attack. Of the people who hold a right on a key at least 95 percent must have
#   been trained at most 365 days (whole days) before the as-of date. The rule fails if more than the rest is proved
#   not to be: last trained longer ago, or never, as the record states. People of whom no training date is on record are
#   neither trained nor untrained; if they decide, evidence is missing, and so it is if a group holds a right
#   whose members no directory lists, unless the rule fails on the people known. A training plan must count: a document
#   with SHA-256, owner, another who approved it within 365 days, a next review that has not passed, and somebody who
#   attests it. What the training taught is not judged.
# related_resources:
#   - description: NIST SP 800-50 rev. 1, awareness and training
#     ref: https://csrc.nist.gov/pubs/sp/800/50/r1/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: gov-training
#   severity: low
#   subject: organisation
#   evidence: attestation
#   requires: []
#   elements:
#     - id: trained
#       title: people trained
#       shows: Whether the share of people with a right on a key who were trained within the limit is reached.
#       criterion: {params: [max_training_age_days, min_percent]}
#       evidence: data
#       requires: [training]
#     - id: plan
#       title: training plan
#       shows: Whether a training plan is on record and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#       requires: [attestations]
#   params:
#     max_age_days: 365
#     max_training_age_days: 365
#     min_percent: 95
#   action: Train the people named in handling secrets, or take their rights away
#   remediation: >-
#     Train those named, or take their rights on keys away, and record the date of each training where the directory of
#     people is exported.
#   effort: process
#   closed_by: >-
#     The directory of people shows a training within the year for everybody who holds a right on a key, and the
#     record of the training is supplied.
package policies.governance.gov_training

import future.keywords.not

import data.lib.age
import data.lib.evidence

violations contains {
	"element": "trained",
	"message": sprintf(
		concat(" ", [
			"at least %d of %d people known to hold a right on a key were last trained more than %s before the",
			"as-of date, or never; %v percent must be trained",
		]),
		[untrained, training.people, age.days_word(params.max_training_age_days), params.min_percent],
	),
	"facts": {
		"people": training.people,
		"untrained": untrained,
		"untrained_listed": [person.principal_id | some person in listed],
		"limit_days": params.max_training_age_days,
		"limit_percent": params.min_percent,
	},
	"records": [person.source | some person in listed],
} if {
	too_few
}

missing contains {"path": "training.people (nobody holds a right on a key)", "elements": ["trained"]} if {
	training.people == 0
}

missing contains {
	"path": "training.unlisted_groups (a group whose members no directory lists)",
	"elements": ["trained"],
} if {
	training.unlisted_groups > 0
}

missing contains {
	"path": "training.unknown_holders (not stated whether they are people)",
	"elements": ["trained"],
} if {
	training.unknown_holders > 0
	untrained * 100 > training.people * (100 - params.min_percent)
	not too_few
}

missing contains {
	"path": "training.unknown_holders (not stated whether they are people)",
	"elements": ["trained"],
} if {
	trained * 100 >= training.people * params.min_percent
	trained * 100 < (training.people + training.unknown_holders) * params.min_percent
}

missing contains {"path": age.not_known_since(dates, until), "elements": ["trained"]} if {
	undecided
	until := min([person.stated_until_ms | some person in training.longest_ago.records; stated_before(person)])
}

missing contains {"path": dates, "elements": ["trained"]} if {
	undecided
	every person in training.longest_ago.records { not stated_before(person) }
	training.longest_ago.total <= count(training.longest_ago.records)
}

missing contains {"path": path, "elements": ["trained"]} if {
	undecided
	path := evidence.cut("training.longest_ago", training.longest_ago)
}

params := data.params["gov-training"]

training := input.training

dates := "training.longest_ago.records.trained_at"

trained := sum([group.people |
	some group in training.by_age
	group.days >= 0
	group.days <= params.max_training_age_days
])

# People whose record proves it, as far as they are listed if it says "never".
untrained := sum([group.people |
	some group in training.by_age
	stated_days(group) > params.max_training_age_days
]) + count(never)

# Days from a training to the last moment that the export speaks for: later no file says who was trained.
stated_days(group) := group.stated_days if {
	is_number(group.stated_days)
} else := group.days

never := [person | some person in training.longest_ago.records; never_trained(person)]

never_trained(person) if {
	person.trained_at.state == "never"
	age.until_of(person) == input.as_of.ms
}

# Trained too long ago by the as-of date, and not when the export was taken.
stated_before(person) if {
	not not_trained(person)
	is_number(person.stated_until_ms)
	too_old(person)
}

too_old(person) if person.trained_at.state == "never"

too_old(person) if age.over(person.trained_at, input.as_of.ms, params.max_training_age_days)

listed := [person |
	some person in training.longest_ago.records
	not_trained(person)
]

not_trained(person) if never_trained(person)

not_trained(person) if age.over(person.trained_at, age.until_of(person), params.max_training_age_days)

# Whoever else holds a right may be a trained person: it fails if too few are trained even then. How many people are in
# a group that no source lists, nothing bounds.
too_few if {
	training.unlisted_groups == 0
	untrained * 100 > (training.people + training.unknown_holders) * (100 - params.min_percent)
}

undecided if {
	not trained * 100 >= training.people * params.min_percent
	not untrained * 100 > training.people * (100 - params.min_percent)
}
