package policies.inventory.inv_required_fields_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(data.keyproof.policy.inv_required_fields.verdict)

key(fields) := fixture.key_dossier({"key": object.union(
	{
		"fingerprint": "5b1d7c0e9a42f386",
		"provider": "Sable Card Network",
		"type": "api-key",
		"scopes": ["payments:read"],
		"created": fixture.days_ago(400),
		"last_rotated": fixture.days_ago(10),
		"last_used": fixture.days_ago(1),
		"risk_tier": "high",
		"purpose": "Authorises card payments at the acquirer",
	},
	fields,
)})

lacks(fields) := {{
	"message": sprintf("the inventory record lacks %s", [concat(", ", fields)]),
	"facts": {"lacking": fields},
	"records": [fixture.source("row 2")],
}}

test_pass_every_field_is_filled_in if verdict == fixture.nothing with input as key({})

test_pass_statements_count if {
	verdict == fixture.nothing
		with input as key({"scopes": [], "last_used": fixture.never, "last_rotated": fixture.does_not_apply})
}

test_fail_each_field_that_is_null if {
	every field in [
		"fingerprint",
		"provider",
		"environment",
		"type",
		"scopes",
		"created",
		"last_rotated",
		"last_used",
		"risk_tier",
		"purpose",
	] {
		verdict == fixture.fails(lacks([field])) with input as key({field: null})
	}
}

test_fail_field_that_is_not_there if {
	verdict == fixture.fails(lacks(["provider"])) with input as json.remove(key({}), ["key/provider"])
}

test_fail_blank_text_and_untracked_date if {
	expected := fixture.fails(lacks(["last_used", "purpose"]))
	verdict == expected with input as key({"purpose": "  ", "last_used": fixture.not_tracked})
}

# The dossier's dates are the later of inventory and log.
test_fail_date_that_only_a_log_knows if {
	dossier := object.union(key({}), {"filled_in": {"last_rotated": false, "last_used": true}})
	verdict == fixture.fails(lacks(["last_rotated"])) with input as dossier
}

# A cell that cannot be read, or records that contradict each other, leave the field unknown.
test_no_evidence_field_stated_and_unclear if {
	dossier := key({"last_rotated": null, "owner": null, "unclear": ["last_rotated", "owner"]})
	unclear := object.union(dossier, {"filled_in": {"last_rotated": false, "last_used": true}})
	verdict == fixture.lacks({"key.last_rotated"}) with input as unclear
}

test_fail_names_what_is_lacking_only if {
	unclear := key({"created": null, "purpose": null, "unclear": ["created"]})
	verdict.violations == lacks(["purpose"]) with input as unclear
	verdict == fixture.nothing with input as key({"unclear": ["created"]})
}

test_fail_fields_of_the_plan if {
	verdict == fixture.fails(lacks(["vendor"])) with input as key({"purpose": null})
		with data.params as {"inv-required-fields": {"fields": ["type", "vendor"]}}
}

test_fail_inactive_key if {
	verdict == fixture.fails(lacks(["risk_tier"])) with input as key({"status": "inactive", "risk_tier": null})
}

test_no_evidence_status_unknown if verdict == fixture.nothing with input as key({"status": null, "purpose": null})

test_not_applicable_revoked_or_destroyed if {
	verdict.not_applicable == {"the key is revoked"} with input as key({"status": "revoked"})
	verdict.not_applicable == {"the key is destroyed"} with input as key({"status": "destroyed", "purpose": null})
}
