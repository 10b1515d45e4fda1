# METADATA
# title: Every repository in scope is scanned for secrets on time, private ones too
# description: >-
#   A leak is cheap in the first hours and expensive later. A repository in scope fails if it was never scanned,
#   if the last complete scan is more than 7 days before the as-of date, and if its whole history has not been
#   scanned once.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-repository"]
# custom:
#   id: repo-scan-coverage
#   severity: high
#   subject: repository
#   applies: {in_scope: true}
#   requires: [repository.in_scope]
#   elements:
#     - id: scanned
#       title: a scan at all
#       shows: Whether the repository was ever scanned.
#       criterion: none
#       requires: [repository.last_scanned]
#     - id: schedule
#       title: scan on schedule
#       shows: Whether the last complete scan of the repository was within the limit before the as-of date.
#       criterion: {params: [max_scan_age_days]}
#       requires: [repository.last_scanned]
#     - id: history
#       title: scan of the whole history
#       shows: Whether the whole history of the repository was scanned once.
#       criterion: none
#       requires: [repository.full_history_scanned]
#   params:
#     max_scan_age_days: 7
#   action: Put the repository on the scan schedule, and scan its whole history
#   remediation: Put the repository on the scan schedule and scan its whole history once, with every branch.
#   effort: configuration
#   closed_by: >-
#     The list of repositories shows a scan within the limit and a scan of the whole history.
package policies.repository.repo_scan_coverage

import future.keywords.not

import data.lib.age

not_applicable contains {"reason": "the repository was never scanned", "elements": ["schedule"]} if {
	input.repository.last_scanned.state == "never"
}

violations contains {
	"element": "scanned",
	"message": "never scanned for secrets",
	"facts": {"last_scanned": "never"},
	"records": [input.repository.source],
} if {
	input.repository.last_scanned.state == "never"
}

violations contains {
	"element": "schedule",
	"message": sprintf("last scanned %s; the limit is %s", [
		age.describe_stated("repository.last_scanned", input.repository.last_scanned),
		age.days_word(limit),
	]),
	"facts": {
		"last_scanned": age.day(input.repository.last_scanned),
		"days": age.days_before(input.repository.last_scanned, age.stated_until("repository.last_scanned")),
		"limit_days": limit,
	},
	"records": [input.repository.source],
} if {
	last_scan.is == "over"
}

violations contains {
	"element": "history",
	"message": "the history of the repository has never been scanned as a whole",
	"facts": {"full_history_scanned": false},
	"records": [input.repository.source],
} if {
	input.repository.full_history_scanned == false
}

missing contains {"path": last_scan.missing, "elements": ["schedule"]}

params := data.params["repo-scan-coverage"]

limit := params.max_scan_age_days

last_scan := age.judge("repository.last_scanned", input.repository, limit)
