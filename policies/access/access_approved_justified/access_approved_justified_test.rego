package policies.access.access_approved_justified_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.access_approved_justified.verdict

key(grants) := fixture.key_dossier({"grants": grants})

ticket(fields) := {
	"found": true,
	"change": object.union({"status": "closed", "source": fixture.source("REQ-4")}, fields),
}

held(fields) := object.union(
	{
		"principal_id": "ines",
		"principal": {"principal_id": "ines", "name": "Ines Okafor", "aliases": ["ines@bank.example"], "kind": "human"},
		"action": "use",
		"ticket": "REQ-4",
		"change": ticket({}),
		"requested_by": "noor",
		"justification": "runs the card acquirer",
		"approved_by": "tomas",
		"approved_at": fixture.days_ago(40),
		"approved_actions": ["use", "read"],
		"granted_at": fixture.days_ago(40),
		"removed_at": fixture.never,
		"source": fixture.source("row 7"),
	},
	fields,
)

one(fields) := key(fixture.list([held(fields)]))

# Says only that the grant, changed so, has these defects.
defective(defects, fields) if {
	changed := held(fields)
	expected := {{
		"message": sprintf(`the right "%s" of ines: %s`, [changed.action, concat("; ", defects)]),
		"facts": {
			"principal": "ines",
			"action": changed.action,
			"ticket": changed.ticket,
			"requested_by": changed.requested_by,
			"approved_by": changed.approved_by,
			"defects": defects,
		},
		"records": array.concat([fixture.source("row 7")], [fixture.source("REQ-4") | changed.change.found]),
	}}
	verdict == fixture.fails(expected) with input as one(fields)
}

lacking(paths, fields) if verdict == fixture.lacks(paths) with input as one(fields)

no_ticket := {"found": false, "change": null}

test_pass_approved_at_the_moment_of_the_grant if verdict == fixture.nothing with input as one({})

test_pass_approved_and_granted_on_one_day if {
	verdict == fixture.nothing with input as one({"approved_at": fixture.days_ago(40), "granted_at": fixture.day_ago(40)})
	verdict == fixture.nothing with input as one({"approved_at": fixture.day_ago(40), "granted_at": fixture.day_ago(40)})
}

test_pass_order_shows_in_spite_of_an_unknown_zone if {
	verdict == fixture.nothing with input as one({"approved_at": fixture.zone_unknown(50)})
}

test_pass_each_approved_state if {
	every state in ["approved", "implemented", "closed"] {
		verdict == fixture.nothing with input as one({"change": ticket({"status": state})})
	}
}

test_missing_approver_who_may_be_the_holder_under_another_name if {
	path := {"grants.records.approved_by (may be the holder under another name)"}
	nameless := {"principal": {"principal_id": "ines", "name": null, "aliases": [], "kind": "human"}}
	lacking(path, object.union(nameless, {"approved_by": "ines@bank.example"}))
	lacking(path, object.union(nameless, {"approved_by": "Ines Okafor"}))
	verdict == fixture.nothing with input as one({"approved_by": "ines.b@bank.example"})
}

test_missing_approver_who_may_have_asked_under_another_name if {
	path := {"grants.records.approved_by (may be who asked, under another name)"}
	lacking(path, {"approved_by": "noor@bank.example"})
	lacking(path, {"requested_by": "Noor Haddad", "approved_by": "noor.haddad"})
}

test_pass_program_without_other_names if {
	every kind in ["service", "workload"] {
		verdict == fixture.nothing with input as one({"principal": {"aliases": null, "kind": kind}})
	}
}

test_pass_other_grants_are_not_judged if {
	unapproved := {"approved_by": "", "ticket": ""}
	gone := held(object.union(unapproved, {"removed_at": fixture.days_ago(1)}))
	denial := held(object.union(unapproved, {"effect": "deny"}))
	verdict == fixture.nothing with input as key(fixture.list([held({}), gone, denial]))
}

test_fail_ticket if {
	defective(["no ticket"], {"ticket": " ", "change": null})
	defective(["the ticket REQ-4 is open"], {"change": ticket({"status": "open"})})
	defective(["the ticket REQ-4 is rejected"], {"change": ticket({"status": "rejected"})})
	defective(["the ticket REQ-9 is not among the changes supplied"], {"ticket": "REQ-9", "change": no_ticket})
}

test_fail_not_asked_for_or_justified if {
	defective(["nobody asked for it"], {"requested_by": ""})
	defective(["no justification"], {"justification": " "})
}

test_fail_approver if {
	defective(["no approver"], {"approved_by": ""})
	defective(["no approver"], {"approved_by": "", "principal": null})
	defective(["approved by Noor , who asked for it"], {"approved_by": "Noor "})
	every name in ["INES", "Ines Okafor", "ines@bank.example"] {
		defective([sprintf("approved by %s, its holder", [name])], {"approved_by": name})
	}
	defective(["approved by ines, its holder"], {"approved_by": "ines", "principal": null})
	defective(["approved by p-9, its holder"], {"approved_by": "p-9", "principal": {"principal_id": "p-9"}})
}

test_fail_approved_late if {
	defective(["never approved"], {"approved_at": fixture.never})
	late := "approved on 2026-08-21, granted before that on 2026-08-21"
	defective([late], {"granted_at": fixture.one_ms_older(fixture.days_ago(40))})
	defective(["approved on 2026-08-22, granted before that on 2026-08-21"], {
		"approved_at": fixture.day_ago(39),
		"granted_at": fixture.day_ago(40),
	})
}

test_fail_beyond_the_approval if {
	defective([`"admin" is not among the actions approved (read, use)`], {"action": "admin"})
	defective([`"use" is not among the actions approved (none)`], {"approved_actions": []})
}

test_fail_several_defects_of_one_element_in_one_sentence if {
	defective(["no justification", "nobody asked for it"], {"justification": "", "requested_by": ""})
}

test_each_defect_names_its_element if {
	fixture.failed(said) == {"ticket", "request", "approval"}
		with input as one({"approved_by": "", "justification": "", "ticket": "", "change": null})
	fixture.failed(said) == {"coverage"} with input as one({"approved_actions": []})
}

test_missing_paths_name_their_element if {
	fixture.lacking(said) == {"request", "approval"} with input as one({"requested_by": null})
	fixture.lacking(said) == {"ticket"} with input as one({"change": null})
	fixture.lacking(said) == {"approval"} with input as one({"approved_at": null})
	fixture.lacking(said) == {"coverage"} with input as one({"approved_actions": null})
}

test_fail_with_unknown_action if {
	messages := {violation.message | some violation in verdict.violations}
		with input as one({"action": null, "ticket": "", "change": null})
	messages == {"the grant of ines: no ticket"}
}

test_no_evidence_text_unknown if {
	every field in ["ticket", "requested_by", "justification", "approved_by", "action"] {
		lacking({concat("", ["grants.records.", field])}, {field: null})
	}
}

test_no_evidence_approved_actions_unknown if lacking({"grants.records.approved_actions"}, {"approved_actions": null})

test_no_evidence_no_changes_supplied if {
	lacking({"grants.records.change (no changes were supplied)"}, {"change": null})
}

test_no_evidence_state_of_the_ticket_unknown if {
	lacking({"grants.records.change.change.status"}, {"change": ticket({"status": null})})
}

test_no_evidence_holder_unknown if {
	lacking({"grants.records.principal"}, {"principal": null})
	lacking({"grants.records.principal.aliases"}, {"principal": {"aliases": null}})
	lacking({"grants.records.principal.aliases"}, {"principal": {"aliases": null, "kind": null}})
}

test_no_evidence_dates_decide_nothing if {
	every instant in [null, fixture.not_tracked, fixture.does_not_apply] {
		lacking({"grants.records.approved_at"}, {"approved_at": instant})
		lacking({"grants.records.granted_at"}, {"granted_at": instant})
	}
	lacking({"grants.records.approved_at", "grants.records.granted_at"}, {"approved_at": null, "granted_at": null})
	lacking({"grants.records.approved_at (time zone unknown)"}, {"approved_at": fixture.zone_unknown(40)})
	lacking({"grants.records.granted_at (time zone unknown)"}, {"granted_at": fixture.zone_unknown(40)})
}

test_fail_approved_in_the_future if {
	defective(["approved on 2026-10-01, granted before that on 2026-08-21"], {"approved_at": fixture.days_ago(-1)})
}

test_no_evidence_no_grant_in_force if {
	expected := fixture.lacks({"grants.records (no grant in force on this key)"})
	verdict == expected with input as key(fixture.list([]))
	verdict == expected with input as one({"granted_at": fixture.days_ago(-1)})
}

test_no_evidence_list_cut if {
	verdict == fixture.lacks({"grants.records (the list is cut)"}) with input as key(fixture.cut([held({})]))
	verdict == fixture.lacks({"grants.records (the list is cut)"}) with input as key(fixture.cut([]))
}

test_no_grants_supplied_is_no_violation if verdict == fixture.nothing with input as key(null)

test_not_applicable_revoked if {
	dossier := object.union(one({}), {"key": {"status": "revoked"}})
	verdict == fixture.exempt({"the key is revoked"}) with input as dossier
}
