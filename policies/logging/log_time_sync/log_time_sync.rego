# METADATA
# title: The clocks of all logs are synchronised, and the time source is on record
# description: >-
#   Events of several systems tell one story only if their clocks agree. Each log fails if its clock was measured
#   more than 5 seconds off the reference, either way, and if no time source is named. Every log that an audit log
#   export holds must have a record of how its clock is kept, and a document must be on record that says how clocks are
#   synchronised; what it says is not tested. Reading chosen: the largest difference between a clock and the reference,
#   for each log; two logs may then differ by twice as much. The measurement is the bank's own.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, AU-8 and SC-45
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
#   - description: RFC 8633, Network Time Protocol Best Current Practices
#     ref: https://www.rfc-editor.org/rfc/rfc8633
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: log-time-sync
#   severity: medium
#   subject: organisation
#   evidence: attestation
#   requires: []
#   elements:
#     - id: skew
#       title: skew of clocks
#       shows: Whether the clock of each log was within the limit of its reference.
#       criterion: {params: [max_skew_ms]}
#       requires: [log_sources, logs, attestations]
#     - id: source
#       title: source of the time
#       shows: Whether the record of each log names the source that its clock follows.
#       criterion: none
#       requires: [log_sources, logs, attestations]
#     - id: document
#       title: document on the clocks
#       shows: Whether a document on how clocks are synchronised is on record and in force.
#       criterion: {params: [max_age_days]}
#       evidence: document
#       requires: [attestations]
#   params:
#     max_skew_ms: 5000
#     max_age_days: 365
#   action: Synchronise the clocks of the logs and record the time source
#   remediation: >-
#     Point each system at the bank's time servers, watch the difference, and record source and largest difference for
#     each log.
#   effort: configuration
#   closed_by: >-
#     The records of how logs are kept name a time source and a largest difference within the limit for every log, and
#     a document on it is on record.
package policies.logging.log_time_sync

import future.keywords.not

import data.lib.evidence

violations contains {
	"element": "skew",
	"message": sprintf("the clock of log %s was up to %v ms off its reference; the limit is %v ms", [
		log.log,
		abs(log.max_skew_ms),
		params.max_skew_ms,
	]),
	"facts": {"log": log.log, "max_skew_ms": log.max_skew_ms, "limit_ms": params.max_skew_ms},
	"records": [log.source],
} if {
	some log in input.log_sources.records
	abs(log.max_skew_ms) > params.max_skew_ms
}

violations contains {
	"element": "source",
	"message": sprintf("the record of log %s says that its clock has no time source", [log.log]),
	"facts": {"log": log.log, "time_source": ""},
	"records": [log.source],
} if {
	some log in input.log_sources.records
	trim_space(log.time_source) == ""
}

missing contains {"path": "log_sources.records.max_skew_ms", "elements": ["skew"]} if {
	some log in input.log_sources.records
	not is_number(log.max_skew_ms)
}

missing contains {"path": "log_sources.records.time_source", "elements": ["source"]} if {
	some log in input.log_sources.records
	not is_string(log.time_source)
}

missing contains {"path": path, "elements": on_logs} if path := evidence.cut("log_sources", input.log_sources)

missing contains {"path": "log_sources.records (a log without a record)", "elements": on_logs} if {
	some log in input.logs
	not normal(log.log) in recorded
	not normal(log.name) in recorded
}

missing contains {"path": "logs (no event in any log)", "elements": on_logs} if count(input.logs) == 0

params := data.params["log-time-sync"]

on_logs := ["skew", "source"]

recorded contains normal(log.log) if some log in input.log_sources.records

normal(name) := lower(trim_space(name))
