# METADATA
# title: Every key found in a repository is replaced or revoked in time
# description: >-
#   Deleting a line leaves the secret in every clone, so only a new secret ends a leak. For every finding that is a
#   key of the inventory the secret must have been replaced, or the key revoked, within 24 hours of its being first
#   seen (72 for medium and low tiers); if the tier is unknown the longer limit proves a violation and the shorter
#   one a pass. A finding fails if the time is up and the records show neither, or only a later one in the period
#   (without a period, in the 365 days before the as-of date); and if a revoked key has a later use on record.
#   Reading chosen: a reason for suppressing a finding revokes nothing, so a key of the inventory is judged whatever
#   the state of its finding; a replacement ends a leak only with the old secret revoked, which the log must show; if
#   no log shows it, there is no evidence. That nothing replaced it is proved only if the inventory dates the last
#   rotation.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-repository"]
# custom:
#   id: repo-leak-revoked
#   severity: critical
#   subject: repository
#   requires: [findings]
#   criterion: {params: [max_hours]}
#   params:
#     max_hours: {critical: 24, high: 24, medium: 72, low: 72}
#     lookback_days: 365
#   action: Revoke or rotate the keys found in repositories
#   remediation: >-
#     Revoke or rotate the key today, look through the logs for its use since it was first seen, and rotate related keys
#     too.
#   effort: rotation
#   closed_by: >-
#     The rotation log or the inventory shows the leaked secret replaced or revoked, and no use of it since. That it
#     was late stays on record while it lies in the time examined.
package policies.repository.repo_leak_revoked

import future.keywords.not

import data.lib.age
import data.lib.duration
import data.lib.evidence
import data.lib.exposure
import data.lib.lifecycle

not_applicable contains "no secret was found in the repository and its history" if {
	input.findings.total == 0
	scanned
	input.repository.full_history_scanned == true
}

not_applicable contains "the repository is out of scope of secret scanning, and no secret was found in it" if {
	input.findings.total == 0
	input.repository.in_scope == false
}

not_applicable contains concat(" ", [
	"every finding in the repository is suppressed with a reason, and none is known to be a key of the",
	"inventory",
]) if {
	count(input.findings.records) > 0
	evidence.complete(input.findings)
	every finding in input.findings.records { dismissed(finding) }
}

violations contains {
	"message": sprintf(`the key "%s" was first seen in %s on %s%s; the limit is %s; %s`, [
		finding.key.key_id,
		place(finding),
		age.describe(finding.first_seen, input.as_of.ms),
		ending(finding.key),
		duration.words(limits(finding.key).longest),
		use(finding.key),
	]),
	"facts": object.union(facts(finding), {"limit_hours": limits(finding.key).longest}),
	"records": [finding.source, finding.key.source],
	"severity": severity(finding.key),
} if {
	some finding in exposed
	broken(finding)
}

violations contains {
	"message": sprintf(`the key "%s", found in %s, was revoked on %s and has a later use on record, on %s`, [
		finding.key.key_id,
		place(finding),
		age.day(revoked),
		age.day(finding.key.last_used),
	]),
	"facts": facts(finding),
	"records": [finding.source, finding.key.source],
} if {
	some finding in exposed
	revoked := revoked_at(finding.key)
	age.past(revoked, input.as_of.ms)
	age.later_than(finding.key.last_used, revoked, 0)
}

missing contains "repository.last_scanned" if {
	input.findings.total == 0
	not scanned
}

missing contains "repository.full_history_scanned (the history has not been scanned)" if {
	input.findings.total == 0
	not input.repository.full_history_scanned == true
}

missing contains evidence.cut("findings", input.findings)

missing contains "findings.records.key (the secret is not in the inventory)" if {
	some finding in input.findings.records
	not is_object(finding.key)
	not dismissed(finding)
}

missing contains undecided(finding) if {
	some finding in exposed
	not settled(finding)
	not broken(finding)
}

params := data.params["repo-leak-revoked"]

as_of := {"state": "known", "ms": input.as_of.ms, "tolerance_ms": 0}

scanned if age.past(input.repository.last_scanned, input.as_of.ms)

exposed := [finding | some finding in input.findings.records; is_object(finding.key)]

dismissed(finding) if {
	not is_object(finding.key)
	finding.state == "suppressed"
	trim_space(finding.reason) != ""
}

# An unknown tier may have any of the limits.
limits(key) := {"shortest": hours, "longest": hours} if {
	hours := params.max_hours[key.risk_tier]
} else := {"shortest": min(hours), "longest": max(hours)} if {
	hours := [hours | some hours in params.max_hours]
}

# The time is up, and neither a replacement nor a revocation can lie within it.
broken(finding) if {
	ms := limits(finding.key).longest * age.hour_ms
	age.later_than(as_of, finding.first_seen, ms)
	worked_on(finding, ms)
	not_revoked_within(finding, ms)
	not settled(finding)
}

worked_on(finding, ms) if not_replaced_within(finding, ms)

worked_on(finding, ms) if exposure.outlived(finding.key, finding.first_seen, ms)

not_replaced_within(finding, ms) if age.later_than(finding.key.replaced, finding.first_seen, ms)

not_replaced_within(finding, ms) if {
	not finding.key.replaced.state
	exposure.stated_after(finding.key, finding.first_seen, ms)
	not_rotated_since(finding)
}

not_rotated_since(finding) if finding.key.last_rotated.state == "never"

not_rotated_since(finding) if age.later_than(finding.first_seen, finding.key.last_rotated, 0)

not_revoked_within(finding, ms) if age.later_than(revoked_at(finding.key), finding.first_seen, ms)

not_revoked_within(finding, ms) if {
	finding.key.status == "active"
	exposure.stated_after(finding.key, finding.first_seen, ms)
	not age.past(finding.key.revoked, input.as_of.ms)
}

# A date of revocation beside the status "active" says two things at once, and counts for neither.
revoked_at(key) := key.revoked if lifecycle.not_active[key.status]

settled(finding) if {
	ends(finding, finding.key.replaced)
	ends(finding, finding.key.old_revoked)
}

settled(finding) if ends(finding, revoked_at(finding.key))

ends(finding, instant) if {
	age.past(instant, input.as_of.ms)
	age.no_later_than(instant, finding.first_seen, limits(finding.key).shortest * age.hour_ms)
} else if {
	long_past(instant)
	age.past(finding.first_seen, input.as_of.ms)
}

long_past(instant) if {
	is_object(input.period)
	age.before(instant, input.period.start_ms)
}

long_past(instant) if {
	not is_object(input.period)
	age.over(instant, input.as_of.ms, params.lookback_days)
}

undecided(finding) := path if {
	not age.past(finding.first_seen, input.as_of.ms)
	path := age.undecided("findings.records.first_seen", finding.first_seen, input.as_of.ms)
} else := "findings.records.key.replaced (the time allowed is not over)" if {
	not age.later_than(as_of, finding.first_seen, limits(finding.key).shortest * age.hour_ms)
} else := "findings.records.key.risk_tier" if {
	not params.max_hours[finding.key.risk_tier]
} else := "findings.records.key.status" if {
	not lifecycle.not_active[finding.key.status]
	not finding.key.status == "active"
} else := age.not_known_since("findings.records.key.status", exposure.stated_until(finding.key)) if {
	not finding.key.replaced.state
	finding.key.status == "active"
	not exposure.stated_after(finding.key, finding.first_seen, limits(finding.key).longest * age.hour_ms)
} else := "findings.records.key.revoked (the status is active)" if {
	finding.key.status == "active"
	age.past(finding.key.revoked, input.as_of.ms)
} else := "findings.records.key.revoked" if {
	not finding.key.status == "active"
	not finding.key.revoked.state == "known"
} else := "findings.records.key.old_revoked (no log tells when the old secret was revoked)" if {
	ends(finding, finding.key.replaced)
	not finding.key.old_revoked.state
} else := age.undecided("findings.records.key.old_revoked", finding.key.old_revoked, input.as_of.ms) if {
	ends(finding, finding.key.replaced)
} else := age.undecided("findings.records.key.replaced", object.get(finding.key, "replaced", null), input.as_of.ms)

ending(key) := sprintf(", replaced on %s%s and revoked on %s", [
	age.day(key.replaced),
	exposure.old_secret(key),
	age.day(key.revoked),
]) if {
	age.past(key.replaced, input.as_of.ms)
	age.past(key.revoked, input.as_of.ms)
} else := sprintf(", and replaced on %s%s", [age.day(key.replaced), exposure.old_secret(key)]) if {
	age.past(key.replaced, input.as_of.ms)
} else := sprintf(", and revoked on %s", [age.day(key.revoked)]) if {
	age.past(key.revoked, input.as_of.ms)
} else := ", and neither replaced nor revoked since"

use(key) := sprintf("%s, uses since it was first seen: %d", [last_use(key), key.uses_after]) if {
	is_number(key.uses_after)
} else := last_use(key)

last_use(key) := concat(" ", ["last used on", age.day(key.last_used)]) if {
	key.last_used.state == "known"
} else := "never used" if {
	key.last_used.state == "never"
} else := "last use not on record"

facts(finding) := {
	"finding": finding.finding_id,
	"path": object.get(finding, "path", null),
	"line": object.get(finding, "line", null),
	"key": finding.key.key_id,
	"risk_tier": object.get(finding.key, "risk_tier", null),
	"first_seen": day(finding, "first_seen"),
	"replaced": day(finding.key, "replaced"),
	"old_revoked": day(finding.key, "old_revoked"),
	"revoked": day(finding.key, "revoked"),
	"last_used": day(finding.key, "last_used"),
	"uses_after": object.get(finding.key, "uses_after", null),
}

day(record, field) := age.day(record[field]) if {
	record[field].state == "known"
} else := "never" if {
	record[field].state == "never"
} else := null

severity(key) := "high" if {
	key.risk_tier in {"medium", "low"}
	not key.uses_after > 0
} else := "critical"

place(finding) := finding.path if {
	is_string(finding.path)
} else := "the repository"
