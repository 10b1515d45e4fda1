package policies.emergency.emergency_rotate_vendor_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.emergency_rotate_vendor.verdict

hour := 3600000

notice := fixture.days_ago(10)

after(ms) := object.union(notice, {"ms": notice.ms + ms})

key(replaced) := {
	"key_id": "k-1",
	"status": "active",
	"created": fixture.days_ago(400),
	"last_rotated": fixture.days_ago(90),
	"replaced": replaced,
	"old_revoked": replaced,
	"revoked": null,
	"uses_after": null,
	"source": fixture.source("k-1"),
}

incident(fields, keys) := fixture.dossier("incident", {
	"incident": object.union(
		{
			"kind": "Vendor-Breach",
			"vendor": "sable-card-network",
			"detected_at": fixture.days_ago(11),
			"notice_received_at": notice,
			"source": fixture.source("doc 1"),
		},
		fields,
	),
	"vendor_keys": fixture.list(keys),
})

broken(event, from, what, replaced) := {
	"message": sprintf(`%s on %s; by the records the key "k-1" %s; the limit is 24 hours`, [event, from, what]),
	"facts": {
		"key": "k-1",
		"exposed_from": from,
		"replaced": replaced,
		"old_revoked": replaced,
		"revoked": null,
		"uses_after": null,
		"limit_hours": 24,
	},
	"records": [fixture.source("doc 1"), fixture.source("k-1")],
}

test_pass_replaced_exactly_at_the_limit if {
	verdict == fixture.nothing with input as incident({}, [key(after(24 * hour))])
}

test_fail_replaced_one_ms_late if {
	expected := {broken(
		"the vendor's notice arrived",
		"2026-09-20 23:59:59 UTC",
		"was first replaced on 2026-09-22 00:00:00 UTC, and its old secret revoked on 2026-09-22 00:00:00 UTC",
		"2026-09-22 00:00:00 UTC",
	)}
	verdict == fixture.fails(expected) with input as incident({}, [key(after((24 * hour) + 1))])
}

test_fail_replaced_before_the_notice_only if {
	expected := {broken(
		"the vendor's notice arrived",
		"2026-09-20 23:59:59 UTC",
		"has neither been replaced nor revoked since",
		null,
	)}
	early := object.union(key(null), {"last_rotated": after(0 - hour)})
	verdict == fixture.fails(expected) with input as incident({}, [early])
}

test_fail_no_notice_arrived if {
	no_notice := {
		"message": "the record of the incident says that no notice of the vendor arrived",
		"facts": {"notice_received": "never"},
		"records": [fixture.source("doc 1")],
	}
	late := broken(
		"no notice of the vendor arrived; the incident was detected",
		"2026-09-19 23:59:59 UTC",
		"was first replaced on 2026-09-21 00:00:00 UTC, and its old secret revoked on 2026-09-21 00:00:00 UTC",
		"2026-09-21 00:00:00 UTC",
	)
	verdict == fixture.fails({no_notice, late})
		with input as incident({"notice_received_at": fixture.never}, [key(after(1))])
	verdict == fixture.fails({no_notice}) with input as incident({"notice_received_at": fixture.never}, [key(after(0))])
}

test_no_evidence_undecided_key if {
	verdict == fixture.lacks({"vendor_keys.records.status"})
		with input as incident({}, [object.union(key(null), {"status": null})])
}

test_no_evidence_no_key_of_the_vendor if {
	expected := fixture.lacks({"vendor_keys.records (no key of the vendor in the inventory)"})
	verdict == expected with input as incident({}, [])
}

test_fail_old_secret_worked_on if {
	overlapped := object.union(key(after(hour)), {"old_revoked": after((24 * hour) + 1)})
	count(verdict.violations) == 1 with input as incident({}, [overlapped])
}

test_pass_cut_where_the_last_listed_is_settled if {
	dossier := object.union(incident({}, []), {"vendor_keys": fixture.cut([key(after(hour))])})
	verdict == fixture.nothing with input as dossier
}

test_no_evidence_list_cut if {
	open := object.union(key(after(hour)), {"old_revoked": null})
	dossier := object.union(incident({}, []), {"vendor_keys": fixture.cut([open])})
	silent := "vendor_keys.records.old_revoked (no log tells when the old secret was revoked)"
	verdict == fixture.lacks({"vendor_keys.records (the list is cut)", silent}) with input as dossier
}

test_no_evidence_kind_empty if {
	verdict == fixture.lacks({"incident.kind (an empty text)"}) with input as incident({"kind": ""}, [key(after(hour))])
}

test_no_evidence_notice_or_detection_unknown if {
	verdict == fixture.lacks({"incident.notice_received_at"})
		with input as incident({"notice_received_at": null}, [key(null)])
	settled := object.union(key(null), {"status": "revoked", "revoked": fixture.days_ago(300)})
	unknown := incident({"notice_received_at": fixture.never, "detected_at": null}, [settled])
	"incident.detected_at" in verdict.missing with input as unknown
}

test_not_applicable_another_kind if {
	outcome := verdict with input as incident({"kind": "credential-compromise"}, [key(null)])
	outcome.not_applicable == {"the kind of the incident is not that of a breach at a vendor"}
}

test_not_applicable_notice_later if {
	outcome := verdict with input as incident({"notice_received_at": fixture.days_ago(-1)}, [])
	outcome.not_applicable == {"the vendor's notice arrived after the as-of date"}
}

test_elements if {
	fixture.failed(said) == {"rotation"} with input as incident({}, [key(after(25 * hour))])
	unannounced := incident({"notice_received_at": fixture.never}, [key(after(0 - (2 * hour)))])
	fixture.failed(said) == {"notice"} with input as unannounced
	fixture.lacking(said) == {"rotation"} with input as incident({}, [])
}
