package policies.repository.repo_precommit_scanning_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.repo_precommit_scanning.verdict)

repository(hook, protection) := fixture.dossier("repository", {"repository": {
	"repository_id": "subject-1",
	"in_scope": true,
	"pre_commit_hook": hook,
	"push_protection": protection,
	"source": fixture.source("row 2"),
}})

test_pass_either_is_enough if {
	every other in [true, false, null] {
		verdict == fixture.nothing with input as repository(true, other)
		verdict == fixture.nothing with input as repository(other, true)
	}
}

test_fail_neither if {
	expected := {{
		"message": "neither a pre-commit hook nor push protection is switched on",
		"facts": {"pre_commit_hook": false, "push_protection": false},
		"records": [fixture.source("row 2")],
	}}
	verdict == fixture.fails(expected) with input as repository(false, false)
}

test_no_evidence_one_unknown_and_the_other_off if {
	verdict == fixture.lacks({"repository.push_protection"}) with input as repository(false, null)
	verdict == fixture.lacks({"repository.pre_commit_hook"}) with input as repository(null, false)
}

test_no_evidence_both_unknown if {
	expected := fixture.lacks({"repository.pre_commit_hook", "repository.push_protection"})
	verdict == expected with input as repository(null, null)
	verdict == expected with input as fixture.dossier("repository", {"repository": {"in_scope": true}})
}

test_not_applicable_out_of_scope if {
	outcome := verdict with input as object.union(repository(false, false), {"repository": {"in_scope": false}})
	outcome.not_applicable == {"the repository is out of scope of secret scanning"}
}
