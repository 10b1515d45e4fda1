# METADATA
# title: Every repository in scope is scanned for secrets on time, private ones too
# description: >-
#   A leak is cheap in the first hours and expensive later. A repository in scope fails where it was never scanned, where the last
#   complete scan is more than 7 days before the as-of date, and where its whole history has not been scanned once.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-repository"]
# custom:
#   id: repo-scan-coverage
#   severity: high
#   subject: repository
#   requires: [repository.in_scope, repository.last_scanned, repository.full_history_scanned]
#   params:
#     max_scan_age_days: 7
#   remediation: Put the repository on the scan schedule and scan its whole history once, with every branch.
package policies.repository.repo_scan_coverage

import future.keywords.not

import data.lib.age

not_applicable contains "the repository is out of scope of secret scanning" if input.repository.in_scope == false

violations contains {
	"message": "never scanned for secrets",
	"facts": {"last_scanned": "never"},
	"records": [input.repository.source],
} if {
	input.repository.last_scanned.state == "never"
}

violations contains {
	"message": sprintf("last scanned %s; the limit is %d days", [
		age.describe(input.repository.last_scanned, input.as_of.ms),
		limit,
	]),
	"facts": {
		"last_scanned": age.day(input.repository.last_scanned),
		"days": age.days_before(input.repository.last_scanned, input.as_of.ms),
		"limit_days": limit,
	},
	"records": [input.repository.source],
} if {
	age.over(input.repository.last_scanned, input.as_of.ms, limit)
}

violations contains {
	"message": "the history of the repository has never been scanned as a whole",
	"facts": {"full_history_scanned": false},
	"records": [input.repository.source],
} if {
	input.repository.full_history_scanned == false
}

missing contains age.undecided("repository.last_scanned", input.repository.last_scanned, input.as_of.ms) if {
	count(violations) == 0
	not scanned_lately
}

limit := data.params["repo-scan-coverage"].max_scan_age_days

scanned_lately if age.within(input.repository.last_scanned, input.as_of.ms, limit)
