# METADATA
# title: Secrets are looked for before they get into a repository
# description: >-
#   A secret stopped before it is pushed needs no rotation. A repository in scope fails if neither a pre-commit hook
#   nor push protection is switched on; one of the two is enough. A hook counts only if the bank enforces it, as the
#   record has it: one that developers may install, or not, is no control. Which secrets the hook knows is not tested.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-repository"]
# custom:
#   id: repo-precommit-scanning
#   severity: medium
#   subject: repository
#   applies: {in_scope: true}
#   requires: [repository.in_scope]
#   action: Switch on push protection, or enforce a scan before each commit
#   remediation: Switch push protection on for the repository, or enforce a pre-commit hook that scans for secrets.
#   effort: configuration
#   closed_by: >-
#     The list of repositories shows push protection or an enforced pre-commit hook for the repository.
package policies.repository.repo_precommit_scanning

import future.keywords.not

violations contains {
	"message": "neither a pre-commit hook nor push protection is switched on",
	"facts": {"pre_commit_hook": false, "push_protection": false},
	"records": [input.repository.source],
} if {
	every control in controls { input.repository[control] == false }
}

missing contains concat("", ["repository.", control]) if {
	not guarded
	some control in controls
	not is_boolean(input.repository[control])
}

controls := ["pre_commit_hook", "push_protection"]

guarded if {
	some control in controls
	input.repository[control] == true
}
