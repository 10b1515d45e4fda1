package policies.gateway.gw_server_side_keys_test

import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.gw_server_side_keys.verdict

uses(fields) := {"clients": object.union({"server": 900, "browser": 0, "mobile": 0, "unknown": 0}, fields)}

dossier(leaks, events) := fixture.key_dossier({"leaks": leaks, "events": events})

key(findings) := dossier(fixture.list(findings), uses({}))

finding(fields) := object.union(
	{
		"finding_id": "f1",
		"channel": "repository",
		"path": "app/src/main.ts",
		"state": "open",
		"source": fixture.source("/0"),
	},
	fields,
)

shown(message, fields) := {
	"message": message,
	"facts": object.union(
		{"finding": "f1", "channel": "repository", "path": "app/src/main.ts", "state": "open", "verified": false},
		fields,
	),
	"records": [fixture.source("/0")],
}

at_path(path) := shown(
	sprintf("finding f1 shows the key at %s, which matches a pattern of client code", [path]),
	{"path": path},
)

shipped(fields) := shown(
	"finding f1 shows the key in what is shipped to clients",
	object.union({"channel": "client"}, fields),
)

test_pass_used_by_servers_and_not_found if verdict == fixture.nothing with input as key([])

test_pass_found_elsewhere if {
	every path in ["app/src/main.ts", "webhooks/config.yaml", "docs/client.md", "scripts/build.min.sh"] {
		verdict == fixture.nothing with input as key([finding({"path": path})])
	}
	every channel in ["log", "ticket", "chat"] {
		verdict == fixture.nothing with input as key([finding({"channel": channel, "path": "/var/www/error.txt"})])
		verdict == fixture.nothing with input as key([finding({"channel": channel, "path": null, "state": null})])
	}
}

test_pass_findings_settled if {
	path := {"path": "web/config.js"}
	verdict == fixture.nothing with input as key([finding(object.union(path, {"state": "resolved"}))])
	verdict == fixture.nothing
		with input as key([finding(object.union(path, {"state": "suppressed", "reason": "a placeholder"}))])
}

test_fail_client_paths if {
	every path in [
		"web/config.js",
		"apps/Android/app/src/main/res/values/strings.xml",
		"src/frontend/env.ts",
		"release/bank.apk",
		"Bank.ipa/Payload/Config.plist",
		"dist/app.min.js",
		"dist/main.bundle.js.map",
	] {
		verdict == fixture.fails({at_path(path)}) with input as key([finding({"path": path})])
	}
	built := object.union(
		at_path("out/static/a.js"),
		{"facts": object.union(at_path("out/static/a.js").facts, {"channel": "build"})},
	)
	verdict == fixture.fails({built}) with input as key([finding({"channel": "build", "path": "out/static/a.js"})])
}

test_fail_marked_as_client_side if {
	path := {"path": "out/app.js.map", "client_side": true}
	verdict == fixture.fails({at_path("out/app.js.map")}) with input as key([finding(path)])
}

test_fail_shipped_to_clients if {
	expected := fixture.fails({shipped({"path": null, "verified": true})})
	verdict == expected with input as key([finding({"channel": "client", "path": null, "verified": true})])
}

test_fail_suppressed_without_a_reason if {
	expected := fixture.fails({shipped({"state": "suppressed"})})
	verdict == expected with input as key([finding({"channel": "client", "state": "suppressed", "reason": " "})])
}

test_fail_used_by_browsers_or_apps if {
	counts := {{"browser": 1}: "1 use", {"mobile": 2}: "0 uses", {"browser": 3, "mobile": 2}: "3 uses"}
	every fields, browser_uses in counts {
		clients := object.union({"server": 900, "browser": 0, "mobile": 0, "unknown": 0}, fields)
		expected := {{
			"message": sprintf(
				"the log shows %s of the key by browsers and %d by apps on phones",
				[browser_uses, clients.mobile],
			),
			"facts": clients,
			"records": [fixture.source("row 2")],
		}}
		verdict == fixture.fails(expected) with input as dossier(fixture.list([]), uses(fields))
	}
}

test_no_evidence_list_cut if {
	verdict == fixture.lacks({"leaks.records (the list is cut)"}) with input as dossier(fixture.cut([]), uses({}))
}

test_no_evidence_finding_not_described if {
	client := {"channel": "client"}
	verdict == fixture.lacks({"leaks.records.state"}) with input as key([finding(object.union(client, {"state": null}))])
	suppressed := object.union(client, {"state": "suppressed", "reason": null})
	verdict == fixture.lacks({"leaks.records.reason"}) with input as key([finding(suppressed)])
	verdict == fixture.lacks({"leaks.records.channel"}) with input as key([finding({"channel": null, "path": "web/a.js"})])
	verdict == fixture.lacks({"leaks.records.path"}) with input as key([finding({"path": null})])
	settled := finding({"channel": null, "path": null, "state": "resolved"})
	verdict == fixture.nothing with input as key([settled])
}

test_no_evidence_callers_unknown if {
	expected := fixture.lacks({"events.clients.unknown (not every use says what program called)"})
	verdict == expected with input as dossier(fixture.list([]), uses({"unknown": 1}))
	verdict == expected with input as dossier(fixture.list([]), {})
}

test_no_evidence_no_use_logged if {
	expected := fixture.lacks({"events.clients (no use was logged)"})
	verdict == expected with input as dossier(fixture.list([]), uses({"server": 0}))
}

test_nothing_supplied_is_no_violation if verdict == fixture.nothing with input as dossier(null, null)

test_not_applicable_revoked if {
	verdict == fixture.exempt({"the key is revoked"}) with input as object.union(key([]), {"key": {"status": "revoked"}})
}

test_elements if {
	fixture.failed(said) == {"client-code"} with input as key([finding({"channel": "client"})])
	fixture.failed(said) == {"use"} with input as dossier(fixture.list([]), uses({"browser": 2}))
	fixture.lacking(said) == {"client-code"} with input as key([finding({"channel": null})])
	fixture.lacking(said) == {"use"} with input as dossier(fixture.list([]), uses({"unknown": 1}))
}
