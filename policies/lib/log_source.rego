# METADATA
# title: Whether it is on record how each log is kept
# description: >-
#   A rule on how logs are kept reads records of logs (`log_sources`). It may conclude something only if these are
#   all there and cover every log that events name. A record without an account is about all logs of its name.
package lib.log_source

import future.keywords.not

import data.lib.evidence

# METADATA
# scope: document
# description: What is missing among the records of logs.
undescribed contains "log_sources.records (no log is described)" if input.log_sources.total == 0

undescribed contains evidence.cut("log_sources", input.log_sources)

undescribed contains "log_sources.records (a log in use has no record)" if {
	some seen in input.logs
	not lower(seen.log) in described
	not lower(seen.name) in described
}

described contains lower(log.log) if some log in input.log_sources.records
