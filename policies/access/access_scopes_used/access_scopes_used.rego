# METADATA
# title: A key uses the scopes it holds, and no others
# description: >-
#   A scope that nobody uses is a right that only a thief will use. An active key fails for each scope it holds of which
#   no call of its log made use, if the log states the scopes of every call and has done so for 60 days or more, and
#   for each scope that a call used although the key does not hold it. A scope ending in `*` covers the scopes below it,
#   and counts as used if one of them is. Calls that failed are left out. Reading chosen: a scope for a rare task,
#   such as a yearly report, is unused as well; the time is a parameter. Logs that do not state scopes, which are most,
#   leave this open, and so does a key without a call.
# related_resources:
#   - description: OWASP Authorization Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Authorization_Cheat_Sheet.html
#   - description: NIST SP 800-53 rev. 5, AC-6(7)
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: access-scopes-used
#   severity: medium
#   subject: key
#   applies: {status: active}
#   requires: [key.status, key.scopes, events]
#   absences: [events]
#   elements:
#     - id: unused
#       title: scopes granted and never used
#       shows: Whether calls made use of each scope that the key holds.
#       criterion: {params: [min_days]}
#     - id: beyond
#       title: scopes used and not granted
#       shows: Whether calls made use of no scope that the key does not hold.
#       criterion: none
#   params:
#     min_days: 60
#   action: Take away the scopes that nobody uses, and look into those not granted
#   remediation: >-
#     Issue a key without the scopes that nobody uses, or record the task that needs them. Find out how a call used a
#     scope that the inventory does not know of.
#   effort: access
#   closed_by: >-
#     The inventory shows the key without the unused scopes, or an audit log that states the scopes of calls shows their
#     use.
package policies.access.access_scopes_used

import future.keywords.not

import data.lib.age
import data.lib.evidence
import data.lib.listed

violations contains {
	"element": "unused",
	"absent": ["events"],
	"message": sprintf("no call since %s used the scopes %s; the limit is %s", [
		age.date(input.events.scopes_since_ms),
		concat(", ", sort(unused)),
		age.days_word(params.min_days),
	]),
	"facts": {"unused": sort(unused), "used": input.events.scopes_used, "calls": input.events.calls},
	"records": [input.key.source],
} if {
	whole
	count(unused) > 0
	long_enough
}

violations contains {
	"element": "beyond",
	"message": sprintf("calls used scopes that the key does not hold by its record: %s", [concat(", ", sort(beyond))]),
	"facts": {"beyond": sort(beyond), "held": input.key.scopes},
	"records": [input.key.source],
} if {
	count(beyond) > 0
}

missing contains "events.calls (none in the logs)" if not input.events.calls > 0

missing contains "events.with_scopes (not stated of every call)" if not stated

missing contains evidence.cut_at("events.scopes_used") if not count(input.events.scopes_used) < 250

missing contains {"path": "events.scopes_since_ms (too few days)", "elements": ["unused"]} if {
	not count(unused) == 0
	not long_enough
}

params := data.params["access-scopes-used"]

# All scopes of all calls are known.
whole if {
	input.events.calls > 0
	stated
	count(input.events.scopes_used) < 250
}

unused := {scope |
	some scope in input.key.scopes
	every used in input.events.scopes_used { not listed.covered(used, [scope]) }
} if {
	is_array(input.events.scopes_used)
}

beyond := listed.beyond(input.events.scopes_used, input.key.scopes)

stated if {
	is_number(input.events.calls)
	input.events.with_scopes >= input.events.calls
}

long_enough if {
	is_number(input.events.scopes_since_ms)
	input.events.scopes_since_ms <= age.cutoff(input.as_of.ms, params.min_days)
}
