# METADATA
# title: The compromise of a key was exercised within the year
# description: >-
#   A plan that was never played through fails at the first hour. Rests on attestation records for this rule: one
#   document that counts (SHA-256, owner, another who approved it within 365 days of the as-of date, a next review
#   that has not passed, somebody who attests it) must report an exercise held at most 365 days before the as-of date,
#   whose scenario names a credential, key, secret or token, and list who took part, what was found and what is done
#   about it. Reading chosen: an exercise without any finding or action is no exercise. Fails if no document
#   reports such an exercise; each is named with what it lacks. An exercise of another scenario in time fails
#   `compromised-key` only: laws that ask for a yearly test of plans name no scenario. The record shows what the
#   report is said to hold, never how well the exercise went.
# related_resources:
#   - description: NIST SP 800-84, test, training and exercise programs
#     ref: https://csrc.nist.gov/pubs/sp/800/84/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: ir-tabletop
#   severity: medium
#   subject: organisation
#   evidence: attestation
#   requires: [attestations]
#   elements:
#     - id: held
#       title: exercise of the response to incidents
#       shows: Whether an exercise of the response to incidents took place within the limit.
#       criterion: {params: [max_exercise_age_days]}
#     - id: compromised-key
#       title: exercise of a compromised key
#       shows: >-
#         Whether the scenario of an exercise within the limit names a credential, and who took part, what was found and
#         what is done about it are on record.
#       criterion: {params: [max_exercise_age_days, scenario_words]}
#     - id: document
#       title: report of the exercise
#       shows: Whether the report of an exercise is on record, approved and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#   params:
#     max_age_days: 365
#     max_exercise_age_days: 365
#     scenario_words: [credential, key, secret, token]
#   action: Exercise the compromise of a key and record the result
#   remediation: >-
#     Play the compromise of a key through with those who would decide, and record the date, scenario, participants,
#     findings and actions of the report with its hash.
#   effort: process
#   closed_by: >-
#     The record of the report names an exercise within the year, its scenario, who took part, what was found and what
#     is done about it.
package policies.incident.ir_tabletop

import future.keywords.not

import data.lib.attestation
import data.lib.occasion

violations contains object.union(violation, {"element": "held"}) if {
	some violation in occasion.failing(dated)
}

violations contains object.union(violation, {"element": "compromised-key"}) if {
	some violation in occasion.failing(judged)
}

missing contains {"path": path, "elements": ["held"]} if some path in occasion.undecided(dated)

missing contains {"path": path, "elements": ["compromised-key"]} if some path in occasion.undecided(judged)

rule_id := "ir-tabletop"

params := data.params[rule_id]

dated := [{"document": document, "faults": faults, "gaps": gaps} |
	some document in attestation.sound(rule_id, params.max_age_days)
	faults := occasion.late(document, params.max_exercise_age_days)
	gaps := occasion.undated(document, params.max_exercise_age_days)
]

judged := [{"document": document, "faults": faults(document), "gaps": gaps(document)} |
	some document in attestation.sound(rule_id, params.max_age_days)
]

lists := ["participants", "findings", "actions"]

faults(document) := (occasion.late(document, params.max_exercise_age_days) | empty(document)) | off_topic(document)

empty(document) := {concat(" ", ["no", field]) |
	some field in lists
	is_array(document[field])
	count([text | some text in document[field]; trim_space(text) != ""]) == 0
}

off_topic(document) := {text |
	not regex.match(pattern, lower(document.scenario))
	is_string(document.scenario)
	text := concat(" ", ["a scenario that names none of", concat(", ", params.scenario_words)])
}

gaps(document) := occasion.undated(document, params.max_exercise_age_days) | unstated(document)

unstated(document) := {concat(".", ["attestations.records", field]) |
	some field in array.concat(["scenario"], lists)
	not stated(document[field])
}

stated(value) if is_string(value)

stated(value) if is_array(value)

# One of the words, or its plural, as a word of its own.
pattern := concat("", ["(^|[^a-z])(", concat("|", params.scenario_words), ")s?([^a-z]|$)"])
