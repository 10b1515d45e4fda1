package lib.age_stated_test

import data.lib.age
import data.lib.fixture_test as fixture

vendor(fields) := fixture.stated_until(
	fixture.dossier("vendor", {"vendor": fields}),
	["contract_expires", "reviewed_at"],
	50,
)

test_a_limit_is_judged_when_the_export_was_taken if {
	judged := {days: is |
		some days in [60, 80, 400]
		fields := {"reviewed_at": fixture.days_ago(days)}
		is := age.judge("vendor.reviewed_at", fields, 70).is with input as vendor(fields)
	}
	judged == {60: "within", 80: "unknown", 400: "over"}
}

test_an_end_is_judged_when_the_export_was_taken if {
	judged := {days: is |
		some days in [-1, 10, 60]
		fields := {"contract_expires": fixture.days_ago(days)}
		is := age.judge_end("vendor.contract_expires", fields).is with input as vendor(fields)
	}
	judged == {-1: "running", 10: "unknown", 60: "ended"}
}

test_what_is_missing_names_the_export if {
	fields := {"contract_expires": fixture.days_ago(10)}
	missing := age.judge_end("vendor.contract_expires", fields).missing with input as vendor(fields)
	missing == fixture.export_of("vendor.contract_expires", 50)
}

test_records_of_others_speak_for_the_as_of_date if {
	fields := {"reviewed_at": fixture.days_ago(80)}
	age.judge("keys.reviewed_at", fields, 70).is == "over" with input as vendor(fields)
}
