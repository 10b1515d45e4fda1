package lib.exposure_test

import future.keywords.not

import data.lib.exposure
import data.lib.fixture_test as fixture

hour := 3600000

start := fixture.days_ago(10)

limit := {
	"start": start,
	"event": "the incident was detected",
	"which": "the key",
	"path": "incident.detected_at",
	"hours": 4,
}

after(ms) := object.union(start, {"ms": start.ms + ms})

key(fields) := object.union(
	{
		"key_id": "k-1",
		"status": "active",
		"created": fixture.days_ago(400),
		"last_rotated": fixture.days_ago(100),
		"revoked": null,
		"replaced": null,
		"old_revoked": null,
		"uses_after": null,
	},
	fields,
)

replaced(at) := key({"replaced": at, "old_revoked": at, "last_rotated": at})

revoked(at) := key({"status": "revoked", "revoked": at})

dossier := fixture.dossier("incident", {})

settled(one) if exposure.settled(one, limit) with input as dossier

broken(one) if exposure.broken(one, limit) with input as dossier

open_at(one, path) if {
	not settled(one)
	not broken(one)
	exposure.undecided("keys", one, limit) == path with input as dossier
}

test_settled_exactly_at_the_limit if {
	settled(replaced(after(4 * hour)))
	settled(replaced(after(0)))
	settled(revoked(after(4 * hour)))
	settled(revoked(fixture.days_ago(300)))
	settled(key({"created": after(0)}))
	not broken(key({"created": after(0)}))
}

test_broken_one_ms_later if {
	broken(replaced(after((4 * hour) + 1)))
	broken(revoked(after((4 * hour) + 1)))
	broken(key({}))
	broken(key({"last_rotated": fixture.never}))
	broken(key({"created": null}))
	broken(replaced(fixture.days_ago(-1)))
}

test_open_where_the_time_is_not_over if {
	young := object.union(
		limit,
		{"start": object.union(fixture.as_of, {"ms": fixture.as_of.ms - (4 * hour), "state": "known", "tolerance_ms": 0})},
	)
	not exposure.broken(key({}), young) with input as dossier
	path := exposure.undecided("keys", key({}), young) with input as dossier
	path == "keys.records.replaced (the time allowed is not over)"
	older := object.union(young, {"start": fixture.one_ms_older(young.start)})
	exposure.broken(key({}), older) with input as dossier
}

test_open_where_the_status_and_a_date_disagree_or_are_unknown if {
	open_at(key({"status": null}), "keys.records.status")
	open_at(key({"revoked": after(0)}), "keys.records.revoked (the status is active)")
	open_at(key({"status": "destroyed"}), "keys.records.revoked")
}

test_open_where_the_inventory_says_nothing if {
	open_at(key({"last_rotated": null}), "keys.records.replaced")
	open_at(key({"last_rotated": null, "created": null}), "keys.records.replaced")
	open_at(key({"last_rotated": fixture.never, "created": null}), "keys.records.created")
	open_at(object.union(replaced(after(9 * hour)), {"created": null}), "keys.records.created")
}

test_open_where_only_the_day_is_known if {
	open_at(replaced(fixture.day_ago(10)), "keys.records.replaced (no time of day)")
	open_at(revoked(fixture.zone_unknown(10)), "keys.records.revoked (no time of day)")
	by_day := object.union(limit, {"start": fixture.day_ago(10)})
	noon := replaced(object.union(start, {"ms": start.ms - (4 * hour)}))
	not exposure.settled(noon, by_day) with input as dossier
	path := exposure.undecided("keys", noon, by_day) with input as dossier
	path == "incident.detected_at (no time of day)"
}

overlap(end) := object.union(replaced(after(hour)), {"old_revoked": end})

test_broken_where_the_old_secret_works_on if {
	settled(overlap(after(4 * hour)))
	broken(overlap(after((4 * hour) + 1)))
	broken(overlap(fixture.never))
	open_at(overlap(null), "keys.records.old_revoked (no log tells when the old secret was revoked)")
	open_at(overlap(fixture.day_ago(9)), "keys.records.old_revoked (no time of day)")
}

test_open_where_the_start_is_unknown if {
	unknown := object.union(limit, {"start": null})
	path := exposure.undecided("keys", key({}), unknown) with input as dossier
	path == "incident.detected_at"
}

test_sentence_and_facts if {
	said := [exposure.sentence(one, limit) |
		some one in [replaced(after(9 * hour)), revoked(after(9 * hour)), key({"uses_after": 0}), key({"uses_after": 12})]
	] with input as dossier
	said == [
		concat(" ", [
			`the incident was detected on 2026-09-20 23:59:59 UTC; by the records the key "k-1" was first`,
			`replaced on 2026-09-21 08:59:59 UTC, and its old secret revoked on 2026-09-21 08:59:59 UTC; the limit is`,
			"4 hours",
		]),
		concat(" ", [
			`the incident was detected on 2026-09-20 23:59:59 UTC; by the records the key "k-1" was revoked on`,
			`2026-09-21 08:59:59 UTC; the limit is 4 hours`,
		]),
		concat(" ", [
			`the incident was detected on 2026-09-20 23:59:59 UTC; by the records the key "k-1" has neither been`,
			`replaced nor revoked since; the limit is 4 hours`,
		]),
		concat("", [
			concat(" ", [
				`the incident was detected on 2026-09-20 23:59:59 UTC; by the records the key "k-1" has neither been`,
				`replaced nor revoked since; `,
			]),
			"the limit is 4 hours; uses on record since: 12",
		]),
	]
	exposure.facts(replaced(after(9 * hour)), limit) == {
		"key": "k-1",
		"exposed_from": "2026-09-20 23:59:59 UTC",
		"replaced": "2026-09-21 08:59:59 UTC",
		"old_revoked": "2026-09-21 08:59:59 UTC",
		"revoked": null,
		"uses_after": null,
		"limit_hours": 4,
	}
}

test_an_old_inventory_says_nothing_of_the_time_since if {
	open_at(key({"stated_until_ms": start.ms}), fixture.export_of("keys.records.status", 10))
	broken(key({"stated_until_ms": start.ms + (5 * hour)}))
}
