# METADATA
# title: Logs cannot be altered unseen, are kept centrally, and open to approved readers only
# description: >-
#   A log that can be edited proves nothing against the one who edits it. A log fails if its record says that entries
#   can be changed and its hash chain was not verified within 31 days before the as-of date, that it is not copied to a
#   central store, that somebody reads it who is not among the approved readers, or that somebody can delete entries.
#   Readings chosen: write-once storage or a verified hash chain is enough; a reader that stands for everybody is never
#   approved. Change and deletion of logs designated a required record are judged apart, too, as laws on such records
#   are about no other log. Every log that events name needs a record, and a document on the protection of logs must
#   count. The records state how logs are protected; no system was asked.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, AU-9
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
#   - description: NIST SP 800-92, log management
#     ref: https://csrc.nist.gov/pubs/sp/800/92/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: log-integrity
#   severity: high
#   subject: organisation
#   evidence: attestation
#   requires: [log_sources, logs, attestations]
#   elements:
#     - id: readers
#       title: readers of the logs
#       shows: Whether the readers that the records state are all among the approved ones.
#       criterion: entity
#     - id: change
#       title: change of entries
#       shows: Whether entries are stated to be write-once, or the hash chain was verified within the limit.
#       criterion: {params: [max_verification_age_days]}
#     - id: deletion
#       title: deletion of entries
#       shows: Whether the records state that nobody can delete entries.
#       criterion: none
#     - id: required-change
#       title: change of required records
#       shows: Whether entries of required records are write-once, or their hash chain was verified within the limit.
#       criterion: {params: [max_verification_age_days]}
#     - id: required-deletion
#       title: deletion of required records
#       shows: Whether the records state that nobody can delete entries of logs designated a required record.
#       criterion: none
#     - id: central
#       title: central copy of the logs
#       shows: Whether the records state that the logs are copied to a central store.
#       criterion: none
#     - id: document
#       title: document on the protection of logs
#       shows: Whether a document on the protection of logs is on record and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#   params:
#     max_age_days: 365
#     max_verification_age_days: 31
#     everybody: ["*", all, anyone, everyone, everybody, public]
#   action: Protect the log from change, copy it centrally and limit its readers
#   remediation: >-
#     Write the log to write-once storage or verify its hash chain monthly, copy it to the central store, and leave it
#     to the approved readers; nobody may delete entries.
#   effort: configuration
#   closed_by: >-
#     The records of how logs are kept show write-once storage or a verified hash chain, a central copy, approved
#     readers only and nobody who can delete, and a document on it is on record.
package policies.logging.log_integrity

import future.keywords.not

import data.lib.age
import data.lib.log_source
import data.lib.people

not_applicable contains {
	"reason": "no log is designated a required record",
	"elements": ["required-change", "required-deletion"],
} if {
	count(log_source.undescribed) == 0
	every log in sources { log.required_record == false }
}

violations contains {
	"element": "change",
	"message": sprintf(`entries of the log "%s" can be changed, and its hash chain %s`, [log.log, verified]),
	"facts": {
		"log": log.log,
		"immutable": false,
		"hash_chain": verified,
		"limit_days": params.max_verification_age_days,
	},
	"records": [log.source],
} if {
	some log in sources
	log.immutable == false
	verified := unverified(log)
}

violations contains {
	"element": "central",
	"message": sprintf(`the log "%s" is not copied to a central store`, [log.log]),
	"facts": {"log": log.log, "central": false},
	"records": [log.source],
} if {
	some log in sources
	log.central == false
}

violations contains {
	"element": "readers",
	"message": sprintf(
		`the log "%s" is read by some who are not among its approved readers: %s`,
		[log.log, concat(", ", others)],
	),
	"facts": {"log": log.log, "not_approved": others, "approved": log.allowed_readers},
	"records": [log.source],
} if {
	some log in sources
	others := unapproved(log)
	count(others) > 0
}

violations contains {
	"element": "deletion",
	"message": sprintf(`entries of the log "%s" can be deleted by %s`, [log.log, concat(", ", log.deleters)]),
	"facts": {"log": log.log, "deleters": log.deleters},
	"records": [log.source],
} if {
	some log in sources
	count(log.deleters) > 0
}

violations contains {
	"element": "required-change",
	"message": sprintf(`entries of the log "%s", designated a required record, can be changed, and its hash chain %s`, [
		log.log,
		verified,
	]),
	"facts": {
		"log": log.log,
		"immutable": false,
		"hash_chain": verified,
		"limit_days": params.max_verification_age_days,
		"required_record": true,
	},
	"records": [log.source],
} if {
	some log in sources
	log.required_record == true
	log.immutable == false
	verified := unverified(log)
}

violations contains {
	"element": "required-deletion",
	"message": sprintf(`entries of the log "%s", designated a required record, can be deleted by %s`, [
		log.log,
		concat(", ", log.deleters),
	]),
	"facts": {"log": log.log, "deleters": log.deleters, "required_record": true},
	"records": [log.source],
} if {
	some log in sources
	log.required_record == true
	count(log.deleters) > 0
}

missing contains {"path": path, "elements": of_logs} if {
	some path in log_source.undescribed
}

# Without a log that is stated to be a required record, no test of such records is known to have a subject.
missing contains {
	"path": "log_sources.records.required_record",
	"elements": ["required-change", "required-deletion"],
} if {
	some log in sources
	not is_boolean(log.required_record)
	not designated
}

# Beside one, a log that may be a required record lacks evidence only if it would fail as one.
missing contains {"path": "log_sources.records.required_record", "elements": ["required-change"]} if {
	some log in sources
	not is_boolean(log.required_record)
	log.immutable == false
	unverified(log)
}

missing contains {"path": "log_sources.records.required_record", "elements": ["required-deletion"]} if {
	some log in sources
	not is_boolean(log.required_record)
	count(log.deleters) > 0
}

missing contains {"path": "log_sources.records.immutable", "elements": [element]} if {
	some log in sources
	some element in concerned("change", log)
	not is_boolean(log.immutable)
	not age.within(log.hash_chain_verified_at, input.as_of.ms, params.max_verification_age_days)
}

missing contains {
	"path": age.undecided_by(verification, log, verified_at, params.max_verification_age_days),
	"elements": [element],
} if {
	some log in sources
	some element in concerned("change", log)
	log.immutable == false
	verified_at := object.get(log, "hash_chain_verified_at", null)
	not unverified(log)
	not age.within(verified_at, input.as_of.ms, params.max_verification_age_days)
}

missing contains {"path": "log_sources.records.central", "elements": ["central"]} if {
	some log in sources
	not is_boolean(log.central)
}

missing contains {"path": concat(".", ["log_sources.records", field]), "elements": [element]} if {
	some log in sources
	some field, part in {"readers": "readers", "allowed_readers": "readers", "deleters": "deletion"}
	some element in concerned(part, log)
	not is_array(log[field])
}

missing contains {"path": may_be_approved, "elements": ["readers"]} if {
	some log in sources
	some reader in log.readers
	some approved in log.allowed_readers
	people.may_be_same(reader, approved)
	not named(reader, log.allowed_readers)
}

params := data.params["log-integrity"]

verification := "log_sources.records.hash_chain_verified_at"

sources := input.log_sources.records

of_logs := ["readers", "change", "deletion", "required-change", "required-deletion", "central"]

designated if {
	some log in sources
	log.required_record == true
}

# The element itself, and the one on required records unless the log is stated to be none.
concerned(element, _) := {element} if not element in {"change", "deletion"}

concerned(element, log) := {element} | {concat("-", ["required", element]) | not log.required_record == false} if {
	element in {"change", "deletion"}
}

unverified(log) := sprintf("was last verified on %s; the limit is %s", [
	age.describe_by(log, log.hash_chain_verified_at),
	age.days_word(params.max_verification_age_days),
]) if {
	age.over(log.hash_chain_verified_at, age.until_of(log), params.max_verification_age_days)
} else := "was never verified" if {
	log.hash_chain_verified_at.state in {"never", "not-applicable"}
}

may_be_approved := "log_sources.records.readers (may be an approved reader under another name)"

named(reader, readers) if {
	some other in readers
	people.same(reader, other)
}

unapproved(log) := [reader |
	is_array(log.allowed_readers)
	approved := {lower(trim_space(name)) | some name in log.allowed_readers}
	some reader in log.readers
	name := lower(trim_space(reader))
	not name in (approved - everybody)
	every other in log.allowed_readers { not people.may_be_same(reader, other) }
]

everybody := {name | some name in params.everybody}
