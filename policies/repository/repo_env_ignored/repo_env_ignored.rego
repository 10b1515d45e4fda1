# METADATA
# title: Environment and key files are ignored, and none is tracked
# description: >-
#   An environment file or a private key that git tracks is in every clone for ever. A repository fails if it tracks
#   a file that looks like one, other than a template named in `allowed_names`; and if its ignore file would let a
#   file named as in `must_ignore` be added in some folder. Reading chosen: a pattern counts if it holds in every
#   folder, so one with a slash does not (other than a leading `**/`), and a later `!` pattern takes it back. What an
#   ignore file of a person or machine adds is not seen. Out of scope counts as a reason only while nothing of the kind
#   is tracked. What is in a tracked file is not tested here.
# related_resources:
#   - description: Git, gitignore
#     ref: https://git-scm.com/docs/gitignore
# schemas:
#   - input: schema["dossier-repository"]
# custom:
#   id: repo-env-ignored
#   severity: medium
#   subject: repository
#   requires: [repository.in_scope]
#   elements:
#     - id: tracked
#       title: environment or key file tracked
#       shows: Whether the repository tracks no file that looks like an environment or key file, templates left out.
#       criterion: {params: [allowed_names]}
#       requires: [repository.sensitive_files]
#     - id: ignored
#       title: patterns of the ignore file
#       shows: Whether the ignore file keeps environment and key files out.
#       criterion: {params: [must_ignore]}
#       requires: [repository.ignore_patterns]
#   supposes: [repository.in_scope]
#   params:
#     allowed_names: [.env.example, .env.sample, .env.template]
#     must_ignore: [.env, any-name.pem, any-name.p12]
#   action: Revoke what tracked files hold, remove them and ignore their patterns
#   remediation: >-
#     Revoke what the tracked files hold, remove them from the repository and its history, and add the patterns to the
#     ignore file.
#   effort: code
#   closed_by: >-
#     The list of repositories shows no environment or key file tracked, and the patterns required in the ignore file.
package policies.repository.repo_env_ignored

import future.keywords.not

not_applicable contains "the repository is out of scope of secret scanning" if {
	input.repository.in_scope == false
	tracked == []
}

violations contains {
	"element": "tracked",
	"message": sprintf("%s tracked that may hold secrets, such as %s", [files(count(tracked)), tracked[0]]),
	"facts": {"tracked": tracked},
	"records": [input.repository.source],
} if {
	count(tracked) > 0
}

violations contains {
	"element": "ignored",
	"message": sprintf("the ignore file would let files with these names be added: %s", [concat(", ", let_in)]),
	"facts": {"not_ignored": let_in},
	"records": [input.repository.source],
} if {
	count(let_in) > 0
}

params := data.params["repo-env-ignored"]

tracked := sort(found) if {
	is_array(input.repository.sensitive_files)
	found := {file |
		some file in input.repository.sensitive_files
		names := split(file, "/")
		not names[count(names) - 1] in params.allowed_names
	}
}

files(number) := "1 file is" if {
	number == 1
} else := sprintf("%d files are", [number])

let_in := [name |
	is_array(input.repository.ignore_patterns)
	some name in params.must_ignore
	not ignored(name)
]

# Of the patterns that match, the last one decides.
ignored(name) if {
	matching := [pattern |
		some line in input.repository.ignore_patterns
		pattern := trim_space(line)
		matches(trim_prefix(trim_prefix(pattern, "!"), "**/"), name)
	]
	last := matching[count(matching) - 1]
	not startswith(last, "!")
}

matches(pattern, name) if glob.match(pattern, ["/"], name)
