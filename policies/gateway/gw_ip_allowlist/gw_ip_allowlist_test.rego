package policies.gateway.gw_ip_allowlist_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.gw_ip_allowlist.verdict

key(allowed, ips) := fixture.key_dossier({"key": {"ip_allowlist": allowed}, "events": {"source_ips": ips}})

outside(message, allowed, extra) := {{
	"message": message,
	"facts": object.union({"ip_allowlist": allowed}, extra),
	"records": [fixture.source("row 2")],
}}

test_pass_used_from_the_listed_networks if {
	verdict == fixture.nothing
		with input as key(["198.51.100.0/24", "203.0.113.7", "192.0.2.9/32"], ["198.51.100.255", "203.0.113.7", "192.0.2.9"])
	verdict == fixture.nothing with input as key(["2001:db8:1::/48"], ["2001:db8:1::17"])
}

test_pass_mapped_address_is_the_ipv4_address if {
	dotted := ["::ffff:10.20.3.4", "::FFFF:10.20.3.4", "0:0:0:0:0:ffff:10.20.3.4"]
	every ip in array.concat(dotted, ["::ffff:a14:304", "0:0:0:0:0:FFFF:0A14:0304"]) {
		verdict == fixture.nothing with input as key(["10.20.0.0/16"], [ip])
		verdict == fixture.nothing with input as key(["10.20.3.4/32"], [ip])
		count(verdict.violations) == 1 with input as key(["10.21.0.0/16"], [ip])
	}
}

test_mapped_network_is_the_ipv4_network if {
	every network in ["::ffff:10.20.0.0/112", "::ffff:a14:0/112"] {
		verdict == fixture.nothing with input as key([network], ["10.20.3.4", "::ffff:a14:304"])
		count(verdict.violations) == 1 with input as key([network], ["10.21.3.4"])
	}
	count(verdict.violations) == 1 with input as key(["::ffff:0:0/96"], ["10.20.3.4"])
	count(verdict.violations) == 1 with input as key(["2001:db8::ffff:a14:304"], ["10.20.3.4"])
}

test_fail_networks_that_cover_everything_together if {
	halves := ["0.0.0.0/1", "128.0.0.0/1"]
	message := "the key may be used from any network: its allow-list holds 0.0.0.0/1, 128.0.0.0/1"
	verdict == fixture.fails(outside(message, halves, {})) with input as key(halves, [])
	verdict == fixture.nothing with input as key(["0.0.0.0/1", "10.0.0.0/8"], ["10.1.1.1"])
}

test_pass_names_are_not_addresses if {
	verdict == fixture.nothing with input as key(["198.51.100.0/24"], ["secretsmanager.amazonaws.com", "AWS Internal"])
}

test_fail_empty_list if {
	expected := outside("the key may be used from any network: its allow-list is empty", [], {})
	verdict == fixture.fails(expected) with input as key([], ["198.51.100.1"])
}

test_fail_open_to_all if {
	every range in ["0.0.0.0/0", "::/0"] {
		expected := outside(sprintf("the key may be used from any network: its allow-list holds %s", [range]), [range], {})
		verdict == fixture.fails(expected) with input as key([range], [])
	}
}

test_fail_used_from_outside if {
	expected := outside(
		"called from outside its allow-list: 198.51.101.0, 2001:db8::1",
		["198.51.100.0/24"],
		{"outside": ["198.51.101.0", "2001:db8::1"]},
	)
	verdict == fixture.fails(expected)
		with input as key(["198.51.100.0/24"], ["2001:db8::1", "198.51.100.0", "198.51.101.0"])
}

test_no_evidence_addresses_cut if {
	ips := [sprintf("198.51.100.%d", [n]) | some n in numbers.range(1, 250)]
	verdict == fixture.lacks({"events.source_ips (the list is cut)"}) with input as key(["198.51.100.0/24"], ips)
}

test_no_evidence_addresses_unknown if {
	verdict == fixture.lacks({"events.source_ips"}) with input as key(["198.51.100.0/24"], null)
}

test_not_applicable_states if {
	staging := object.union(key([], []), {"key": {"environment": "staging"}})
	outcome := verdict with input as staging
	outcome.not_applicable == {"the key belongs to staging"}
	revoked := verdict with input as object.union(key([], []), {"key": {"status": "revoked"}})
	revoked.not_applicable == {"the key is revoked"}
}

test_unknown_environment_is_no_violation if {
	unknown := object.union(key([], []), {"key": {"environment": null}})
	verdict.violations == set() with input as unknown
}

test_elements if {
	fixture.failed(said) == {"list"} with input as key(["0.0.0.0/0"], ["192.0.2.9"])
	fixture.failed(said) == {"use"} with input as key(["203.0.113.7"], ["192.0.2.9"])
	fixture.lacking(said) == {"use"} with input as key(["203.0.113.7"], null)
}

test_use_from_outside_an_empty_list_does_not_apply if {
	outcome := said with input as key([], ["192.0.2.9"])
	{reason.elements | some reason in outcome.not_applicable} == {["use"]}
}
