package lib.rotation_log_test

import data.lib.fixture_test as fixture
import data.lib.rotation_log

step(name, at, fields) := object.union({"step": name, "rotation_id": "r1", "at": at}, fields)

key(fields, steps) := fixture.key_dossier({"key": fields, "rotations": fixture.list(steps)})

said(lookback_days) := {"none": rotation_log.none(lookback_days), "missing": rotation_log.unshown(lookback_days)}

none(reason) := {"none": {reason}, "missing": {"rotations.records (no rotation of this key)"}}

shown := {"none": set(), "missing": set()}

missing(text) := {"none": set(), "missing": {text}}

period(start) := {"period": {"start_ms": start.ms, "end_ms": fixture.as_of.ms}}

test_rotation_in_the_stretch if {
	said(365) == shown with input as key({}, [step("deployed", fixture.days_ago(365), {})])
	dossier := object.union(key({}, [step("failed", fixture.days_ago(9), {})]), period(fixture.days_ago(9)))
	said(365) == shown with input as dossier
}

test_stretch_begins_with_the_period if {
	rotation_log.begin(365) == fixture.days_ago(365).ms with input as key({}, [])
	rotation_log.begin(365) == fixture.days_ago(9).ms with input as object.union(key({}, []), period(fixture.days_ago(9)))
}

test_none_where_the_inventory_says_so_too if {
	before := step("deployed", fixture.one_ms_older(fixture.days_ago(365)), {})
	expected := none("no rotation took place in the last 365 days")
	said(365) == expected with input as key({"last_rotated": before.at}, [before])
	said(365) == expected with input as key({"last_rotated": fixture.never}, [])
	said(365) == expected with input as key({"last_rotated": fixture.days_ago(9), "created": fixture.days_ago(9)}, [])
	dossier := object.union(key({"last_rotated": fixture.days_ago(10)}, []), period(fixture.days_ago(9)))
	said(365) == none("no rotation took place in the period") with input as dossier
}

test_log_without_a_rotation_that_the_inventory_dates_is_silent if {
	expected := missing("rotations.records (no rotation of this key)")
	said(365) == expected with input as key({"last_rotated": fixture.days_ago(365)}, [])
	said(365) == expected with input as key({}, [])
	said(365) == expected
		with input as key({"last_rotated": fixture.days_ago(9)}, [step("rotated", fixture.days_ago(-1), {})])
}

test_drill_is_no_rotation if {
	drill := [step("drill", fixture.days_ago(3), {}), step("generated", fixture.days_ago(3), {})]
	said(365) == none("no rotation took place in the last 365 days")
		with input as key({"last_rotated": fixture.never}, drill)
}

test_revocation_alone_is_no_rotation if {
	steps := [step(name, fixture.days_ago(3), {}) | some name in ["created", "revoked", "logged", "alerted"]]
	said(365) == none("no rotation took place in the last 365 days")
		with input as key({"last_rotated": fixture.never}, steps)
}

test_cut_list_and_undated_step_say_nothing if {
	rotated := step("rotated", fixture.days_ago(3), {})
	cut := object.union(key({}, []), {"rotations": fixture.cut([rotated])})
	said(365) == missing("rotations.records (the list is cut)") with input as cut
	said(365) == missing("rotations.records.at") with input as key({}, [rotated, step("rotated", null, {})])
}

test_no_log_supplied if {
	said(365) == shown with input as fixture.key_dossier({"key": {"last_rotated": fixture.never}, "rotations": null})
}
