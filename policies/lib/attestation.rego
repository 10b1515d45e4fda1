# METADATA
# title: Documents on record
# description: >-
#   What no export shows rests on a document that somebody answers for. A document counts if its record names it with
#   its SHA-256, its owner, an approver who is not the owner and somebody who attests it, if it was approved at most
#   so many days before the as-of date, is in force, and its next review has not passed. It proves that the document
#   exists, never that its content is right. A document may instead state why a rule does not concern its subjects.
package lib.attestation

import future.keywords.not

import data.lib.age
import data.lib.evidence
import data.lib.people
import data.lib.word

# METADATA
# description: >-
#   The documents of a rule that speak for the subject, newest first; those that state why it does not apply are left
#   out.
documents(rule) := [document |
	some document in input.attestations.records
	document.rule == rule
	not states_reason(document)
]

# METADATA
# description: The documents of a rule that count.
sound(rule, max_age_days) := [document |
	some document in documents(rule)
	count(defects(document, max_age_days)) == 0
	not doubtful(document)
]

# METADATA
# description: Reasons why a rule does not apply, each from a document that counts.
excused(rule, max_age_days) := {reason |
	some document in input.attestations.records
	document.rule == rule
	states_reason(document)
	count(defects(document, max_age_days)) == 0
	not doubtful(document)
	reason := sprintf("%s (%s, approved by %s)", [document.not_applicable_reason, title(document), document.approver])
}

# METADATA
# description: One violation for each document, if none counts and all are there.
refused(rule, max_age_days) := {violation |
	complete(rule)
	count(sound(rule, max_age_days)) == 0
	count(in_doubt(rule, max_age_days)) == 0
	some violation in rejected(rule, max_age_days)
}

# METADATA
# description: One violation for each document of a rule that does not count, also if others do.
rejected(rule, max_age_days) := {violation |
	some document in documents(rule)
	found := sort(defects(document, max_age_days))
	count(found) > 0
	violation := {
		"message": sprintf(`the document "%s" does not count: %s`, [title(document), concat("; ", found)]),
		"facts": {"document": title(document), "defects": found},
		"records": [document.source],
	}
}

# METADATA
# description: What is missing if no document counts.
unrecorded(rule, max_age_days) := (absent(rule) | cut(rule, max_age_days)) | in_doubt(rule, max_age_days)

absent(rule) := {"attestations"} if {
	not is_array(input.attestations.records)
} else := {"attestations (none for this rule)"} if {
	count(documents(rule)) == 0
} else := set()

cut(rule, max_age_days) := {left_out(rule) | count(sound(rule, max_age_days)) == 0}

# Documents that would count if owner and approver were known to be two people, if no other does.
in_doubt(rule, max_age_days) := {"attestations.records.approver (may be the owner under another name)" |
	count(sound(rule, max_age_days)) == 0
	some document in documents(rule)
	count(defects(document, max_age_days)) == 0
	doubtful(document)
}

doubtful(document) if people.may_be_same(document.owner, document.approver)

# METADATA
# description: Whether the dossier holds every document of the rule; each rule's list is cut on its own.
complete(rule) if {
	evidence.complete(input.attestations)
} else if {
	is_array(input.attestations.cut_rules)
	not rule in input.attestations.cut_rules
}

# METADATA
# description: The path of the documents, for `missing`, if the dossier does not hold every one of the rule, or none.
left_out(rule) := "attestations" if {
	not is_array(input.attestations.records)
} else := evidence.cut("attestations", input.attestations) if {
	not complete(rule)
}

# METADATA
# description: Why a document does not count.
defects(document, max_age_days) := {text |
	some text in [
		lacking(document),
		unhashed(document),
		self_approved(document),
		stale(document, max_age_days),
		due(document),
		not_in_force(document),
	]
	text != ""
}

# METADATA
# description: What a document is called.
title(document) := document.document_title if {
	is_string(document.document_title)
} else := "untitled"

states_reason(document) if stated(document.not_applicable_reason)

stated(text) if trim_space(text) != ""

lacking(document) := concat(" ", ["no", concat(", ", absent)]) if {
	absent := [field | some field in ["owner", "approver", "attestor"]; not stated(document[field])]
	count(absent) > 0
} else := ""

unhashed(document) := "no SHA-256 of the document" if {
	not is_sha256(document.document_sha256)
} else := ""

# In words of the engine: for a pattern it builds a machine of 64 states at each call.
is_sha256(text) if {
	count(text) == 64
	trim(text, "0123456789abcdef") == ""
}

self_approved(document) := "approved by its owner" if {
	stated(document.owner)
	people.same(document.owner, document.approver)
} else := ""

stale(document, max_age_days) := concat(" ", ["approved on", age.describe(document.approved_on, input.as_of.ms)]) if {
	age.over(document.approved_on, input.as_of.ms, max_age_days)
} else := "no approval date by the as-of date" if {
	not age.within(document.approved_on, input.as_of.ms, max_age_days)
} else := ""

due(document) := concat(" ", ["its review was due on", age.day(document.next_review)]) if {
	age.over(document.next_review, input.as_of.ms, 0)
} else := "no date of the next review" if {
	not document.next_review.state == "known"
} else := ""

not_in_force(document) := concat(" ", ["in force only from", age.day(document.effective_from)]) if {
	age.after(document.effective_from, input.as_of.ms)
} else := ""

# METADATA
# description: The words wanted that no document that counts names in one of its lists.
unnamed(rule, max_age_days, field, wanted) := word.unnamed(wanted, {text |
	some document in sound(rule, max_age_days)
	some text in document[field]
})

# METADATA
# description: >-
#   What must be known before anything may be concluded from what that list lacks in the documents that count.
unread(rule, max_age_days, field) := unlisted | untold if {
	unlisted := {concat(".", ["attestations.records", field]) |
		some document in sound(rule, max_age_days)
		not is_array(document[field])
	}
	untold := {path | path := left_out(rule)}
}

# METADATA
# description: >-
#   The documents of a rule that counted in their time, superseded ones too: they name their SHA-256, owner, another who
#   approved them, and who attests them. They prove when something took place first.
on_file(rule) := [document |
	some document in documents(rule)
	concat("", [lacking(document), unhashed(document), self_approved(document)]) == ""
	not doubtful(document)
]
