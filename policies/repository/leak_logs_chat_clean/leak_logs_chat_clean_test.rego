package policies.repository.leak_logs_chat_clean_test

import data.lib.age
import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.leak_logs_chat_clean.verdict

as_of_ms := fixture.as_of.ms

channels := data.params["leak-logs-chat-clean"].channels

until_as_of(instant) := {"from_ms": instant.ms, "to_ms": as_of_ms}

control(fields) := object.union(
	{
		"control": "leak-scan",
		"channels": ["log"],
		"total": 90,
		"failures": 0,
		"silences": [until_as_of(fixture.days_ago(1))],
		"source": fixture.source("run 1"),
	},
	fields,
)

# One control for each channel; those of the test take the place of the one for their channel.
controls(own) := array.concat(own, [one |
	some channel in channels
	not channel in {name | some other in own; some name in other.channels}
	one := control({"control": concat("-", [channel, "scan"]), "channels": [channel]})
])

organisation(spilled, runs) := fixture.dossier(
	"organisation",
	{"spilled": spilled, "control_runs": runs, "attestations": null},
)

scanned(own) := organisation(fixture.list([]), controls(own))

spilled(findings) := organisation(fixture.list(findings), controls([]))

finding(fields) := object.union(
	{
		"finding_id": "f1",
		"channel": "chat",
		"rule": "generic-api-key",
		"path": "ops-2026-09.json",
		"state": "open",
		"source": fixture.source("/0"),
	},
	fields,
)

facts(fields) := object.union(
	{
		"finding": "f1",
		"rule": "generic-api-key",
		"channel": "chat",
		"path": "ops-2026-09.json",
		"state": "open",
		"verified": false,
	},
	fields,
)

stopped(name, channel, date, days) := {
	"message": sprintf(
		"no run of %s, which looks at the channel %s, has succeeded since %s, %s before the as-of date; the limit is 7 days",
		[name, channel, date, days],
	),
	"facts": {"channel": channel, "control": name, "silent_from": date, "limit_days": 7},
	"records": [fixture.source("run 1")],
}

# The finding that a channel is not scanned leaves open what a scan would have found.
fails_unscanned(violations, names) := object.union(
	fixture.fails(violations),
	{"missing": {sprintf("control_runs (no scan of %s in time)", [name]) | some name in names}},
)

fifty(days) := [{"from_ms": 0, "to_ms": days * age.day_ms} | some _ in numbers.range(1, 50)]

test_pass_scanned_and_clean if verdict == fixture.nothing with input as scanned([])

test_pass_exactly_the_limit if {
	verdict == fixture.nothing with input as scanned([control({"silences": [until_as_of(fixture.days_ago(7))]})])
}

test_pass_closed_findings_and_other_channels if {
	verdict == fixture.nothing with input as spilled([
		finding({"state": "resolved"}),
		finding({"state": "suppressed", "reason": "example of the manual"}),
		finding({"channel": "client"}),
	])
}

test_pass_last_stretch_is_among_those_left_out if {
	verdict == fixture.nothing with input as scanned([control({"silences": fifty(7)})])
}

test_pass_one_of_two_controls_still_runs if {
	old := control({"control": "old-scan", "silences": [until_as_of(fixture.days_ago(90))]})
	verdict == fixture.nothing with input as scanned([old, control({})])
}

test_fail_open_finding if {
	expected := {{
		"message": "open finding f1 (generic-api-key) in a chat: ops-2026-09.json",
		"facts": facts({"verified": true}),
		"records": [fixture.source("/0")],
	}}
	verdict == fixture.fails(expected) with input as spilled([finding({"verified": true})])
}

test_fail_open_finding_with_little_known if {
	expected := {{
		"message": "open finding f1 (not stated) in a log: not stated",
		"facts": facts({"rule": "not stated", "path": "not stated", "channel": "log"}),
		"records": [fixture.source("/0")],
	}}
	verdict == fixture.fails(expected) with input as spilled([finding({"rule": null, "path": null, "channel": "log"})])
}

test_fail_suppressed_without_reason if {
	expected := {{
		"message": "finding f1 (generic-api-key) in a chat is suppressed without a reason: ops-2026-09.json",
		"facts": facts({"state": "suppressed"}),
		"records": [fixture.source("/0")],
	}}
	verdict == fixture.fails(expected) with input as spilled([finding({"state": "suppressed", "reason": " "})])
}

test_fail_one_ms_over_the_limit if {
	late := control({"silences": [until_as_of(fixture.one_ms_older(fixture.days_ago(7)))]})
	expected := {stopped("leak-scan", "log", "2026-09-23", "more than 7 days")}
	verdict == fails_unscanned(expected, {"log"}) with input as scanned([late])
	fixture.failed(said) == {"scan"} with input as scanned([late])
	fixture.lacking(said) == {"open", "reason"} with input as scanned([late])
}

test_fail_one_control_for_two_channels_stopped if {
	late := control({"channels": ["chat", "log"], "silences": [until_as_of(fixture.days_ago(30))]})
	expected := {
		stopped("leak-scan", "chat", "2026-08-31", "30 days"),
		stopped("leak-scan", "log", "2026-08-31", "30 days"),
	}
	verdict == fails_unscanned(expected, {"chat", "log"}) with input as scanned([late])
}

test_fail_every_run_failed if {
	expected := {{
		"message": "all 3 runs of leak-scan, which looks at the channel log, failed",
		"facts": {"channel": "log", "control": "leak-scan", "runs": 3, "failures": 3},
		"records": [fixture.source("run 1")],
	}}
	unscanned := fails_unscanned(expected, {"log"})
	verdict == unscanned with input as scanned([control({"total": 3, "failures": 3})])
	verdict == unscanned with input as scanned([control({"total": 3, "failures": 3, "silences": []})])
}

test_findings_name_their_element if {
	fixture.failed(said) == {"open"} with input as spilled([finding({})])
	fixture.failed(said) == {"reason"} with input as spilled([finding({"state": "suppressed", "reason": ""})])
}

test_fail_no_document_excuses_a_finding if {
	excused := {
		"attestations": fixture.list([fixture.document("leak-logs-chat-clean", {"not_applicable_reason": "no chat"})]),
	}
	outcome := verdict with input as object.union(spilled([finding({})]), excused)
	outcome.not_applicable == set()
	count(outcome.violations) == 1
}

test_no_evidence_channel_not_scanned if {
	expected := fixture.lacks({"control_runs (no scan of log alone)"})
	verdict == expected with input as scanned([control({"channels": ["log", "repository"]})])
	all_lacking := fixture.lacks({sprintf("control_runs (no scan of %s alone)", [channel]) | some channel in channels})
	verdict == all_lacking with input as organisation(fixture.list([]), [])
	verdict == all_lacking with input as organisation(fixture.list([]), [control({"channels": []})])
}

test_no_evidence_last_run_without_a_date if {
	expected := fixture.lacks({"control_runs.silences (no date for log)"})
	every silences in [[], [{"from_ms": 0, "to_ms": 1}], fifty(8)] {
		verdict == expected with input as scanned([control({"silences": silences})])
	}
}

test_no_evidence_period_shorter_than_the_limit_without_a_run if {
	begin := fixture.days_ago(3)
	dossier := object.union(scanned([control({"silences": [until_as_of(begin)]})]), {"period": {"start_ms": begin.ms}})
	verdict == fixture.lacks({"control_runs.silences (no date for log)"}) with input as dossier
}

test_no_evidence_findings_not_described if {
	verdict == fixture.lacks({"spilled.records.channel"}) with input as spilled([finding({"channel": null})])
	every closed in [{"state": "resolved"}, {"state": "suppressed", "reason": "a test"}] {
		verdict == fixture.nothing with input as spilled([finding(object.union(closed, {"channel": null}))])
	}
	unknown_place := spilled([finding({"channel": null, "state": "suppressed", "reason": ""})])
	fixture.lacking(said) == {"reason"} with input as unknown_place
	verdict == fixture.lacks({"spilled.records.state"}) with input as spilled([finding({"state": null})])
	suppressed := finding({"state": "suppressed", "reason": null})
	verdict == fixture.lacks({"spilled.records.reason"}) with input as spilled([suppressed])
}

test_no_evidence_list_cut if {
	dossier := organisation(fixture.cut([finding({"state": "resolved"})]), controls([]))
	verdict == fixture.lacks({"spilled.records (the list is cut)"}) with input as dossier
}

test_no_evidence_nothing_supplied if verdict == fixture.nothing with input as organisation(null, null)

test_not_applicable_by_a_document if {
	document := fixture.document("leak-logs-chat-clean", {"not_applicable_reason": "the entity runs no systems"})
	excused := {"attestations": fixture.list([document])}
	expected := fixture.exempt({"the entity runs no systems (Key management policy, approved by CISO)"})
	verdict == expected with input as object.union(organisation(null, null), excused)
}
