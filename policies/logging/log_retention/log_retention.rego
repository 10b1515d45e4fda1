# METADATA
# title: Logs are kept as long as their longest duty asks, and no longer than a stated reason carries
# description: >-
#   An incident is often found months after it began; a log of people is a burden for as long as it is kept. A log fails
#   if its entries are kept for fewer days than a period that applies to it: 365 days for every log, 365 for a log in
#   or connected to the cardholder data environment, 2190 for one designated a required record. It fails if a log in
#   or connected to that environment can be searched at once for fewer than its last 90 days, and if a log of
#   personal data, or one kept for more than 1095 days, gives no reason for the period. The 365 days for every log and
#   the 1095 are the product's own; laws on data protection and on digital resilience set no number. Reading
#   chosen: if it is not stated whether a log is a required record, holds personal data or belongs to the cardholder
#   data environment, it must meet what would follow, or evidence is missing. Every log that events name needs a record,
#   and a retention schedule must count.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, AU-11
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
#   - description: NIST SP 800-92, log management
#     ref: https://csrc.nist.gov/pubs/sp/800/92/final
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: log-retention
#   severity: high
#   subject: organisation
#   evidence: attestation
#   requires: [log_sources, logs, attestations]
#   elements:
#     - id: every-log
#       title: period of every log
#       shows: Whether every log is kept for the days that hold for all of them.
#       criterion: {params: [min_days]}
#     - id: cardholder
#       title: period of logs of the cardholder data environment
#       shows: Whether logs in or connected to the cardholder data environment are kept for the days that hold for them.
#       criterion: {params: [min_days]}
#     - id: required-record
#       title: period of required records
#       shows: Whether logs designated a required record are kept for the days that hold for them.
#       criterion: {params: [min_days]}
#     - id: searchable
#       title: entries that can be searched at once
#       shows: Whether the last days of logs in or connected to the cardholder data environment can be searched at once.
#       criterion: {params: [min_hot_days]}
#     - id: reason
#       title: reason for the retention
#       shows: Whether a reason is on record for logs of personal data, and for those kept longer than the limit.
#       criterion: {params: [justify_above_days]}
#     - id: schedule
#       title: retention schedule
#       shows: Whether a retention schedule is on record and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#   params:
#     max_age_days: 365
#     min_days: {every_log: 365, cardholder: 365, required_record: 2190}
#     min_hot_days: 90
#     justify_above_days: 1095
#   action: Keep the log as long as its longest duty, and record what it rests on
#   remediation: >-
#     Set the retention of the log to the longest period that applies, keep the last 90 days searchable, and record the
#     law, policy or contract that the period rests on.
#   effort: configuration
#   closed_by: >-
#     The records of how logs are kept show a retention that meets every duty of the log, its last days searchable,
#     and a reason if one is needed. A retention schedule is on record.
package policies.logging.log_retention

import future.keywords.not

import data.lib.log_source

not_applicable contains {
	"reason": "no log is in or connected to the cardholder data environment",
	"elements": ["cardholder", "searchable"],
} if {
	described
	every log in sources { log.pci_scope == "out" }
}

not_applicable contains {"reason": "no log is designated a required record", "elements": ["required-record"]} if {
	described
	every log in sources { log.required_record == false }
}

violations contains {
	"element": element,
	"message": sprintf(`entries of the log "%s" are kept for %v days; the limit is %v days (%s)`, [
		log.log,
		log.retention_days,
		least,
		applies,
	]),
	"facts": {
		"log": log.log,
		"retention_days": log.retention_days,
		"limit_days": least,
		"applies": [applies],
	},
	"records": [log.source],
} if {
	some log in sources
	is_number(log.retention_days)
	some duty, least in periods(log)
	element := element_of[duty]
	applies := words[duty]
	log.retention_days < least
}

violations contains {
	"element": "searchable",
	"message": sprintf(`of the log "%s", %s, the last %v days can be searched at once; the limit is %v days`, [
		log.log,
		words.cardholder,
		log.hot_days,
		params.min_hot_days,
	]),
	"facts": {
		"log": log.log,
		"hot_days": log.hot_days,
		"pci_scope": log.pci_scope,
		"limit_days": params.min_hot_days,
	},
	"records": [log.source],
} if {
	some log in sources
	is_number(log.hot_days)
	log.hot_days < params.min_hot_days
	cardholder(log)
}

# What is not kept cannot be searched.
violations contains {
	"element": "searchable",
	"message": sprintf(
		`entries of the log "%s", %s, are kept for %v days, of which the last %v are to be searched at once`,
		[log.log, words.cardholder, log.retention_days, params.min_hot_days],
	),
	"facts": {
		"log": log.log,
		"retention_days": log.retention_days,
		"pci_scope": log.pci_scope,
		"limit_days": params.min_hot_days,
	},
	"records": [log.source],
} if {
	some log in sources
	not is_number(log.hot_days)
	kept_too_short_to_search(log)
	cardholder(log)
}

violations contains {
	"element": "reason",
	"message": sprintf(`the record gives no reason for the retention of the log "%s", needed for %s`, [
		log.log,
		concat(" and ", causes),
	]),
	"facts": {
		"log": log.log,
		"retention_days": object.get(log, "retention_days", null),
		"needed_for": causes,
	},
	"records": [log.source],
} if {
	some log in sources
	trim_space(log.retention_basis) == ""
	causes := causes_of(log)
	count(causes) > 0
}

missing contains {"path": path, "elements": of_logs} if some path in log_source.undescribed

missing contains {
	"path": "log_sources.records.retention_days",
	"elements": ["every-log", "cardholder", "required-record"],
} if {
	some log in sources
	not is_number(log.retention_days)
}

# A log that may be kept for longer than the limit needs a reason.
missing contains {"path": "log_sources.records.retention_days", "elements": ["reason"]} if {
	some log in sources
	not is_number(log.retention_days)
	not justified(log)
}

missing contains {"path": "log_sources.records.hot_days", "elements": ["searchable"]} if {
	some log in sources
	cardholder(log)
	not is_number(log.hot_days)
	not kept_too_short_to_search(log)
}

missing contains {"path": "log_sources.records.pci_scope", "elements": ["cardholder"]} if {
	some log in sources
	not is_string(log.pci_scope)
	not log.retention_days >= params.min_days.cardholder
}

missing contains {"path": "log_sources.records.pci_scope", "elements": ["searchable"]} if {
	some log in sources
	not is_string(log.pci_scope)
	not log.hot_days >= params.min_hot_days
}

missing contains {"path": "log_sources.records.required_record", "elements": ["required-record"]} if {
	some log in sources
	not is_boolean(log.required_record)
	not log.retention_days >= params.min_days.required_record
}

missing contains {"path": "log_sources.records.retention_basis", "elements": ["reason"]} if {
	some log in sources
	not is_string(log.retention_basis)
	count(causes_of(log)) > 0
}

missing contains {"path": "log_sources.records.personal_data", "elements": ["reason"]} if {
	some log in sources
	not is_boolean(log.personal_data)
	not justified(log)
}

params := data.params["log-retention"]

sources := input.log_sources.records

element_of := {"every_log": "every-log", "cardholder": "cardholder", "required_record": "required-record"}

of_logs := ["every-log", "cardholder", "required-record", "searchable", "reason"]

# Every log in use is described, so that what holds for all records holds for all logs.
described if count(log_source.undescribed) == 0

words := {
	"every_log": "every log",
	"cardholder": "in or connected to the cardholder data environment",
	"required_record": "designated a required record",
}

kept_too_short_to_search(log) if {
	is_number(log.retention_days)
	log.retention_days < params.min_hot_days
}

cardholder(log) if log.pci_scope in {"cde", "connected"}

# The periods that apply to a log, by what they rest on.
periods(log) := {duty: params.min_days[duty] |
	some duty in array.flatten([
		"every_log",
		["cardholder" | cardholder(log)],
		["required_record" | log.required_record == true],
	])
}

causes_of(log) := array.concat(
	["a log of personal data" | log.personal_data == true],
	[long_retention | log.retention_days > params.justify_above_days],
)

justified(log) if trim_space(log.retention_basis) != ""

long_retention := concat(" ", ["more than", format_int(params.justify_above_days, 10), "days"])
