package lib.relationship_test

import data.lib.fixture_test as fixture
import data.lib.relationship

vendor(fields, keys, routes) := fixture.dossier("vendor", {"vendor": fields, "keys": keys, "routes": routes})

none := fixture.list([])

test_ended if {
	expected := {"the relationship has ended"}
	relationship.not_running == expected
		with input as vendor({"status": "terminated", "terminated_at": fixture.days_ago(3)}, none, none)
	relationship.not_running == expected with input as vendor({"status": "terminated"}, none, none)
}

test_not_ended_yet if {
	dossier := vendor({"status": "terminated", "terminated_at": fixture.days_ago(-1)}, none, none)
	relationship.not_running == set() with input as dossier
	relationship.not_running == set() with input as vendor({"status": "active"}, none, none)
}

test_taken_on if {
	expected := {"the vendor is being taken on and has no key and no route yet"}
	relationship.not_running == expected with input as vendor({"status": "onboarding"}, none, none)
	relationship.not_running == set() with input as vendor({"status": "onboarding"}, fixture.list([1]), none)
	relationship.not_running == set() with input as vendor({"status": "onboarding"}, none, fixture.list([1]))
	relationship.not_running == set() with input as vendor({"status": "onboarding"}, none, null)
}
