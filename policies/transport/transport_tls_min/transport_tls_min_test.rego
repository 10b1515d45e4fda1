package policies.transport.transport_tls_min_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.transport_tls_min.verdict

route(fields) := fixture.dossier("route", {"route": object.union(
	{"url": "https://api.example/payments", "min_tls": "1.2", "ciphers": [], "source": fixture.source("doc 1")},
	fields,
)})

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("doc 1")]}

test_pass_versions_however_spelt if {
	every version in ["1.2", "1.3", "TLSv1.2", "TLS 1.2", "tls_1_3"] {
		verdict == fixture.nothing with input as route({"min_tls": version})
	}
}

test_pass_tls_1_3_needs_no_ciphers if {
	verdict == fixture.nothing with input as route({"min_tls": "1.3", "ciphers": null})
}

test_pass_address_without_scheme if verdict == fixture.nothing with input as route({"url": "api.example/payments"})

test_fail_old_versions if {
	every version in ["1.1", "TLSv1", "1.0", "SSLv3", "ssl2"] {
		expected := {violation(
			sprintf("the lowest version accepted is %s; the limit is TLS 1.2", [version]),
			{"min_tls": version, "limit": "1.2"},
		)}
		verdict == fixture.fails(expected) with input as route({"min_tls": version})
	}
}

test_fail_clear_text if {
	expected := {
		violation("the address HTTP://api.example is not encrypted", {"url": "HTTP://api.example"}),
		violation("the lowest version accepted is clear text; the limit is TLS 1.2", {"min_tls": "none", "limit": "1.2"}),
	}
	verdict == fixture.fails(expected) with input as route({"url": "HTTP://api.example", "min_tls": "none"})
}

test_fail_weak_cipher if {
	expected := {violation("accepts weak cipher suites: DES-CBC3-SHA", {"weak_ciphers": ["DES-CBC3-SHA"]})}
	ciphers := ["DES-CBC3-SHA", "ECDHE-RSA-AES256-GCM-SHA384"]
	verdict == fixture.fails(expected) with input as route({"ciphers": ciphers})
}

test_fail_below_a_stricter_limit if {
	params := object.union(data.params["transport-tls-min"], {"min_version": "1.3"})
	count(verdict.violations) == 1 with input as route({}) with data.params as {"transport-tls-min": params}
}

test_no_evidence_version_unreadable if {
	verdict == fixture.lacks({"route.min_tls (not a TLS version)"}) with input as route({"min_tls": "modern"})
}

test_no_evidence_ciphers_unknown if verdict == fixture.lacks({"route.ciphers"}) with input as route({"ciphers": null})

test_not_applicable_retired if {
	verdict == fixture.exempt({"the route is retired"}) with input as route({"status": "retired"})
}

test_status_that_is_unknown_is_no_reason if {
	count(verdict.violations) == 1 with input as route({"status": null, "min_tls": "1.0"})
	verdict.not_applicable == set() with input as route({"status": null, "min_tls": "1.0"})
}

test_elements if {
	fixture.failed(said) == {"version"} with input as route({"min_tls": "1.1"})
	fixture.failed(said) == {"encrypted"} with input as route({"url": "http://api.example/payments"})
	fixture.failed(said) == {"ciphers"} with input as route({"ciphers": ["TLS_RSA_WITH_RC4_128_SHA"]})
	fixture.lacking(said) == {"ciphers"} with input as route({"ciphers": null})
}
