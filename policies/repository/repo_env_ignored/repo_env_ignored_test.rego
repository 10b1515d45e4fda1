package policies.repository.repo_env_ignored_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.repo_env_ignored.verdict

repository(fields) := fixture.dossier("repository", {"repository": object.union(
	{
		"repository_id": "subject-1",
		"in_scope": true,
		"sensitive_files": [],
		"ignore_patterns": [".env", "*.pem", "*.p12"],
		"source": fixture.source("row 2"),
	},
	fields,
)})

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("row 2")]}

let_in(names) := {violation(
	sprintf("the ignore file would let files with these names be added: %s", [concat(", ", names)]),
	{"not_ignored": names},
)}

test_pass_nothing_tracked_and_all_ignored if verdict == fixture.nothing with input as repository({})

test_pass_templates_are_allowed if {
	files := [".env.example", "services/api/.env.sample", "deploy/.env.template"]
	verdict == fixture.nothing with input as repository({"sensitive_files": files})
}

test_pass_patterns_that_hold_in_every_folder if {
	every pattern in [".env*", "**/.env", " .env ", ".e?v", ".[ef]nv"] {
		verdict == fixture.nothing with input as repository({"ignore_patterns": [pattern, "*.pem", "*.p12"]})
	}
}

test_pass_what_is_taken_back_concerns_others if {
	patterns := [".env*", "!.env.example", "*.p*", "!public.pem"]
	verdict == fixture.nothing with input as repository({"ignore_patterns": patterns})
}

test_pass_ignored_again if {
	verdict == fixture.nothing with input as repository({"ignore_patterns": ["*.pem", "*.p12", ".env", "!.env", ".env"]})
}

test_fail_one_tracked_file if {
	expected := {violation(
		"1 file is tracked that may hold secrets, such as config/.env",
		{"tracked": ["config/.env"]},
	)}
	verdict == fixture.fails(expected) with input as repository({"sensitive_files": ["config/.env", ".env.example"]})
}

test_fail_several_tracked_files if {
	expected := {violation(
		"2 files are tracked that may hold secrets, such as .env",
		{"tracked": [".env", ".env.example/tls.pem"]},
	)}
	verdict == fixture.fails(expected) with input as repository({"sensitive_files": [".env.example/tls.pem", ".env"]})
}

test_fail_no_patterns if {
	expected := let_in([".env", "any-name.pem", "any-name.p12"])
	verdict == fixture.fails(expected) with input as repository({"ignore_patterns": []})
}

test_fail_pattern_does_not_hold_in_every_folder if {
	every pattern in ["/.env", "services/.env", "**/api/.env", "# .env", ".env.local", ".env/"] {
		verdict == fixture.fails(let_in([".env"])) with input as repository({"ignore_patterns": [pattern, "*.pem", "*.p12"]})
	}
}

test_fail_pattern_taken_back if {
	every pattern in ["!.env", "!**/.env", "!.e*"] {
		verdict == fixture.fails(let_in([".env"]))
			with input as repository({"ignore_patterns": ["*.pem", "*.p12", ".env", pattern]})
	}
}

test_unknown_values_are_no_violation if {
	verdict == fixture.nothing with input as repository({"sensitive_files": null, "ignore_patterns": null})
}

test_not_applicable_out_of_scope if {
	outcome := verdict with input as repository({"in_scope": false, "ignore_patterns": null})
	outcome == fixture.exempt({"the repository is out of scope of secret scanning"})
}

test_fail_out_of_scope_and_tracked if {
	outcome := verdict with input as repository({"in_scope": false, "sensitive_files": ["tls.pem"]})
	outcome.not_applicable == set()
	count(outcome.violations) == 1
}

test_no_evidence_out_of_scope_and_files_unknown if {
	verdict == fixture.nothing with input as repository({"in_scope": false, "sensitive_files": null})
}
