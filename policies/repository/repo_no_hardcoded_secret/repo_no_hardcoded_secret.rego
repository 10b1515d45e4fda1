# METADATA
# title: No secret is open in a repository, on any branch or in its history
# description: >-
#   Whoever can read a repository, a fork or an old clone has the secrets in it. A repository fails for every open
#   finding, proved to work or not, and for every finding suppressed without a reason. It passes only if it has been
#   scanned, its whole history has been scanned once, and no finding is open: an empty list of findings alone shows
#   nothing. Resolved findings are left to the rule on revoking leaked secrets. Out of scope counts as a reason only
#   while no finding is open. What is shipped to clients is told by the path of the finding (web code that is built or
#   public, source maps, resources of apps) or by its channel; a client that is built elsewhere is seen only if what
#   is built was scanned.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-repository"]
# custom:
#   id: repo-no-hardcoded-secret
#   severity: critical
#   subject: repository
#   requires: [findings, repository.last_scanned, repository.full_history_scanned]
#   elements:
#     - id: open
#       title: secret in a repository
#       shows: Whether no secret found in the repository is open, or suppressed without a reason.
#       criterion: none
#     - id: client-side
#       title: secret in what is shipped to clients
#       shows: Whether no such secret stands in web code that is built or public, a source map or resources of an app.
#       criterion: none
#   action: Revoke the secrets open in repositories, then remove them from the code
#   remediation: >-
#     Revoke the secret first, then move it to the secrets manager and remove it from the code. Removing the line alone
#     leaves it in the history.
#   effort: code
#   closed_by: >-
#     A scan of the repository's whole history reports no finding that is open or suppressed without a reason.
package policies.repository.repo_no_hardcoded_secret

import future.keywords.not

import data.lib.age
import data.lib.evidence

not_applicable contains "the repository is out of scope of secret scanning" if {
	input.repository.in_scope == false
	count(violations) == 0
	evidence.complete(input.findings)
	every finding in input.findings.records {
		finding.state in {"resolved", "suppressed"}
	}
}

violations contains {
	"element": "open",
	"message": sprintf("open finding %s (%s) %s%s", [
		finding.finding_id,
		text(finding, "rule"),
		place(finding),
		shipped(finding),
	]),
	"facts": facts(finding),
	"records": [finding.source],
} if {
	some finding in standing
	finding.state == "open"
}

violations contains {
	"element": "open",
	"message": sprintf("finding %s (%s) %s%s is suppressed without a reason", [
		finding.finding_id,
		text(finding, "rule"),
		place(finding),
		shipped(finding),
	]),
	"facts": facts(finding),
	"records": [finding.source],
} if {
	some finding in standing
	finding.state == "suppressed"
}

violations contains {
	"element": "client-side",
	"message": sprintf("finding %s shows a secret %s, a place of what is shipped to clients", [
		finding.finding_id,
		place(finding),
	]),
	"facts": facts(finding),
	"records": [finding.source],
} if {
	some finding in standing
	finding.client_side == true
}

missing contains age.undecided("repository.last_scanned", input.repository.last_scanned, input.as_of.ms) if not scanned

missing contains "repository.full_history_scanned (the history has not been scanned)" if {
	input.repository.full_history_scanned == false
}

missing contains evidence.cut("findings", input.findings)

missing contains {"path": "findings.records.path", "elements": ["client-side"]} if {
	some finding in standing
	not finding.client_side == true
	not is_string(finding.path)
}

missing contains {"path": "findings.records.state", "elements": concerned(finding)} if {
	some finding in input.findings.records
	not finding.state in {"open", "resolved", "suppressed"}
}

missing contains {"path": "findings.records.reason", "elements": concerned(finding)} if {
	some finding in input.findings.records
	finding.state == "suppressed"
	not is_string(finding.reason)
}

concerned(finding) := ["open", "client-side"] if {
	may_be_shipped(finding)
} else := ["open"]

may_be_shipped(finding) if finding.client_side == true

may_be_shipped(finding) if not is_string(finding.path)

scanned if age.past(input.repository.last_scanned, input.as_of.ms)

standing := [finding | some finding in input.findings.records; stands(finding)]

stands(finding) if finding.state == "open"

stands(finding) if {
	finding.state == "suppressed"
	trim_space(finding.reason) == ""
}

shipped(finding) := ", in what is shipped to clients" if {
	finding.client_side == true
} else := ""

facts(finding) := {
	"finding": finding.finding_id,
	"rule": text(finding, "rule"),
	"path": object.get(finding, "path", null),
	"line": object.get(finding, "line", null),
	"state": finding.state,
	"verified": object.get(finding, "verified", null) == true,
	"in_inventory": is_object(object.get(finding, "key", null)),
}

place(finding) := sprintf("in %s, line %d", [finding.path, finding.line]) if {
	is_number(finding.line)
} else := concat(" ", ["in", finding.path]) if {
	is_string(finding.path)
} else := "at a place that is not stated"

text(finding, field) := finding[field] if {
	is_string(finding[field])
} else := "not stated"
