package policies.environment.env_key_separated_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.env_key_separated.verdict

key(fields) := fixture.key_dossier(object.union(
	{"key": {"fingerprint": "5b1d7c0e9a42f386"}, "twins": [], "events": {"total": 3, "environments": ["production"]}},
	fields,
))

twin(environment) := {
	"key_id": "k2",
	"environment": environment,
	"status": "revoked",
	"source": fixture.source("row 5"),
}

test_pass_secret_of_its_own if {
	verdict == fixture.nothing with input as key({})
	verdict == fixture.nothing with input as key({"twins": [twin("production")]})
	verdict == fixture.nothing with input as key({"events": {"total": 0, "environments": []}})
}

test_pass_other_environments_need_no_log if {
	verdict == fixture.nothing with input as key({"key": {"environment": "staging"}, "events": null})
}

test_fail_shared if {
	expected := {{
		"message": "the same secret is the development key k2",
		"facts": {"environment": "production", "twin": "k2", "twin_environment": "development"},
		"records": [fixture.source("row 2"), fixture.source("row 5")],
	}}
	verdict == fixture.fails(expected) with input as key({"twins": [twin("development")]})
}

test_fail_used_from_elsewhere if {
	expected := {{
		"message": "the production key was used from staging, test",
		"facts": {"environment": "production", "used_from": ["staging", "test"]},
		"records": [fixture.source("row 2")],
	}}
	verdict == fixture.fails(expected)
		with input as key({"events": {"total": 3, "environments": ["test", "production", "staging"]}})
}

test_no_evidence_environment_of_the_twin if {
	verdict == fixture.lacks({"twins.environment"}) with input as key({"twins": [twin(null)]})
}

test_no_evidence_no_log if verdict == fixture.lacks({"events"}) with input as key({"events": null})

test_no_evidence_log_without_environments if {
	verdict == fixture.lacks({"events.environments"}) with input as key({"events": {"total": 3, "environments": []}})
}

test_not_applicable_destroyed if {
	verdict == fixture.exempt({"the key is destroyed"}) with input as key({"key": {"status": "destroyed"}})
}

test_elements if {
	fixture.failed(said) == {"own-key"} with input as key({"twins": [twin("development")]})
	fixture.failed(said) == {"use"} with input as key({"events": {"total": 3, "environments": ["test"]}})
	fixture.lacking(said) == {"own-key"} with input as key({"twins": [twin(null)]})
	fixture.lacking(said) == {"use"} with input as key({"events": null})
}
