# Builders for the policies' tests: dates relative to one as-of date, and dossiers that tests override field by field.
package lib.fixture_test

import data.lib.age

as_of := {"ms": 1790812799999, "iso": "2026-09-30T23:59:59.999Z"}

days_ago(days) := {"state": "known", "ms": as_of.ms - (days * age.day_ms), "tolerance_ms": 0}

one_ms_older(instant) := object.union(instant, {"ms": instant.ms - 1})

day_ago(days) := {"state": "known", "ms": 1790726400000 - (days * age.day_ms), "tolerance_ms": 86399999}

# Known but for its time zone: the limit of so many days falls into the 26 hours it can mean.
zone_unknown(days) := {
	"state": "known",
	"ms": (as_of.ms - (days * age.day_ms)) - (13 * age.hour_ms),
	"tolerance_ms": 93600000,
}

# All that is known is that it was so many days ago or earlier, as of a private key whose certificate has a date.
or_earlier(days) := {
	"state": "known",
	"ms": 0,
	"tolerance_ms": as_of.ms - (days * age.day_ms),
	"day": age.date(as_of.ms - (days * age.day_ms)),
}

never := {"state": "never", "ms": null, "tolerance_ms": 0}

not_tracked := {"state": "not-tracked", "ms": null, "tolerance_ms": 0}

does_not_apply := {"state": "not-applicable", "ms": null, "tolerance_ms": 0}

source(record) := {"file": "evidence.csv", "record": record}

list(records) := {"records": records, "total": count(records)}

cut(records) := {"records": records, "total": count(records) + 1}

dossier(kind, fields) := object.union(
	{"as_of": as_of, "period": null, "subject": {"kind": kind, "id": "subject-1"}},
	fields,
)

# An active production key; tests add the fields their rule reads.
key_dossier(fields) := dossier("key", object.union(
	{"key": {"key_id": "subject-1", "status": "active", "environment": "production", "source": source("row 2")}},
	fields,
))

# A dossier of an audit of the quarter that ends with the as-of date.
in_period(kind, fields) := object.union(
	dossier(kind, fields),
	{"period": {"start_ms": 1782864000000, "end_ms": as_of.ms}},
)

# A document on record that counts for a rule.
document(rule, fields) := object.union(
	{
		"rule": rule,
		"document_title": "Key management policy",
		"document_sha256": concat("", ["0a" | some _ in numbers.range(1, 32)]),
		"owner": "Head of Cryptography",
		"approver": "CISO",
		"approved_on": days_ago(30),
		"effective_from": days_ago(20),
		"next_review": days_ago(-300),
		"attestor": "mara",
		"source": source("doc 2"),
	},
	fields,
)

# What a policy says, whole: nothing (it passes), violations, missing evidence, or a reason for not applying.
nothing := object.union({}, {"not_applicable": set(), "violations": set(), "missing": set()})

fails(violations) := object.union(nothing, {"violations": violations})

lacks(paths) := object.union(nothing, {"missing": paths})

exempt(reasons) := object.union(nothing, {"not_applicable": reasons})

# What a policy says as a whole, without the elements that it names and what its violations rest on: a reason for some
# of them makes nothing else not applicable.
whole(verdict) := {
	"not_applicable": {reason | some reason in verdict.not_applicable; is_string(reason)},
	"violations": {object.remove(violation, {"element", "absent"}) | some violation in verdict.violations},
	"missing": {path_of(missing) | some missing in verdict.missing},
}

path_of(missing) := missing.path if is_object(missing)

else := missing

# The elements that violations name.
failed(verdict) := {violation.element | some violation in verdict.violations}

# The elements that missing paths name.
lacking(verdict) := {element | some missing in verdict.missing; some element in missing.elements}

# METADATA
# description: A group of which no directory lists the members.
group := {
	"principal_id": "sg-payments",
	"aliases": [],
	"name": "sg-payments",
	"kind": null,
	"group": true,
	"roles": [],
	"source": source("row 20"),
}

# METADATA
# description: What is missing where that decides.
members_unknown := "grants.records.principal.kind (a group whose members no directory lists)"

# A dossier of which the export states some fields until so many days before the as-of date.
stated_until(dossier, fields, days) := object.union(
	dossier,
	{"stated_until": {field: days_ago(days).ms | some field in fields}},
)

# What is missing at a path because the export is of a day so many days before the as-of date.
export_of(path, days) := age.not_known_since(path, days_ago(days).ms)
