package policies.transport.transport_no_cleartext_key_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.transport_no_cleartext_key.verdict

calls(fields) := object.union({"total": 500, "url_examined": 500, "credential_in_url": 0, "example": null}, fields)

settings := {
	"url": "https://api.example/payments",
	"min_tls": "1.2",
	"credential_in": "header",
	"key_delivery": "vault",
	"source": fixture.source("doc 1"),
}

dossier(fields, requests) := fixture.dossier("route", {"route": object.union(settings, fields), "requests": requests})

route(fields) := dossier(fields, calls({}))

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("doc 1")]}

seen := violation(
	"a credential stands in the address of 2 of the 480 logged calls whose address was examined",
	{"credential_in_url": 2, "url_examined": 480, "logged_calls": 500},
)

test_pass_outside_the_address if {
	every place in ["header", "body", "cookie", "certificate"] {
		verdict == fixture.nothing with input as route({"credential_in": place})
	}
}

test_pass_closed_channels if {
	every channel in ["vault", "portal", "encrypted-mail", "none"] {
		verdict == fixture.nothing with input as route({"key_delivery": channel})
	}
}

test_fail_credential_in_logged_addresses if {
	requests := calls({"credential_in_url": 2, "url_examined": 480})
	expected := object.union(fixture.fails({seen}), {"missing": {"requests.url_examined (not every logged call)"}})
	verdict == expected with input as dossier({}, requests)
}

test_fail_names_the_event_where_one_is_known if {
	event := {"file": "log.ndjson", "record": "line 9"}
	requests := calls({"credential_in_url": 2, "url_examined": 480, "total": 480, "example": event})
	expected := {object.union(seen, {
		"facts": object.union(seen.facts, {"logged_calls": 480}),
		"records": [event, fixture.source("doc 1")],
	})}
	verdict == fixture.fails(expected) with input as dossier({}, requests)
}

test_fail_credential_in_the_address_by_design if {
	every place in ["query", "path"] {
		message := sprintf("callers put the credential into the %s of the address", [place])
		verdict == fixture.fails({violation(message, {"credential_in": place})}) with input as route({"credential_in": place})
	}
}

test_fail_clear_text_address if {
	every url in ["http://api.example", "WS://api.example"] {
		expected := {violation(
			sprintf("keys can reach the route in clear text: its address is %s", [url]),
			{"url": url, "min_tls": "1.2"},
		)}
		verdict == fixture.fails(expected) with input as route({"url": url})
	}
}

test_fail_clear_text_accepted if {
	expected := {violation(
		"keys can reach the route in clear text: it accepts connections without TLS and its address is http://a.example",
		{"url": "http://a.example", "min_tls": "none"},
	)}
	verdict == fixture.fails(expected) with input as route({"url": "http://a.example", "min_tls": "none"})
}

test_fail_open_channels if {
	every channel, words in {"mail": "unencrypted mail", "chat": "chat", "ticket": "ticket"} {
		message := sprintf("keys are handed to callers by %s", [words])
		verdict == fixture.fails({violation(message, {"key_delivery": channel})})
			with input as route({"key_delivery": channel})
	}
}

test_fail_retired_with_credentials_in_the_log if {
	requests := calls({"credential_in_url": 2, "url_examined": 480, "total": 480})
	expected := {object.union(seen, {"facts": object.union(seen.facts, {"logged_calls": 480})})}
	old := {"status": "retired", "credential_in": "query", "key_delivery": "mail", "min_tls": "none"}
	verdict == fixture.fails(expected) with input as dossier(old, requests)
}

test_no_evidence_no_call_logged if {
	verdict == fixture.lacks({"requests.total (no call was logged)"})
		with input as dossier({}, calls({"total": 0, "url_examined": 0}))
}

test_no_evidence_addresses_not_told if {
	expected := fixture.lacks({"requests.url_examined (not every logged call)"})
	verdict == expected with input as dossier({}, calls({"url_examined": 499}))
	verdict == expected with input as dossier({}, object.remove(calls({}), ["url_examined"]))
}

test_unknown_values_are_no_violation if {
	unknown := {"url": null, "min_tls": null, "credential_in": null, "key_delivery": null}
	verdict == fixture.lacks({"route.credential_in", "route.key_delivery"}) with input as route(unknown)
	verdict == fixture.nothing with input as dossier({}, null)
}

test_not_applicable_retired if {
	expected := fixture.exempt({"the route is retired"})
	verdict == expected with input as route({"status": "retired", "credential_in": "query"})
}

test_retired_without_a_log_is_no_reason if {
	verdict == fixture.nothing with input as dossier({"status": "retired", "credential_in": "query"}, null)
}

test_elements if {
	fixture.failed(said) == {"logged"} with input as dossier({}, calls({"credential_in_url": 2}))
	fixture.failed(said) == {"place"} with input as route({"credential_in": "query"})
	fixture.failed(said) == {"clear-text"} with input as route({"min_tls": "none"})
	fixture.failed(said) == {"delivery"} with input as route({"key_delivery": "mail"})
	fixture.lacking(said) == {"logged"} with input as dossier({}, calls({"total": 0, "url_examined": 0}))
}

test_settings_of_a_retired_route_do_not_apply if {
	outcome := said with input as dossier({"status": "retired"}, null)
	{reason.elements | some reason in outcome.not_applicable} == {["place", "clear-text", "delivery"]}
}
