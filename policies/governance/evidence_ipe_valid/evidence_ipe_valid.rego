# METADATA
# title: The exported evidence is complete, dated, unchanged and without contradictions
# description: >-
#   A finding is worth what the export behind it is worth. Rests on the records of how each file was taken. A file fails
#   if it holds another number of records than the system says, or has another SHA-256 than when it was taken; if
#   system, query or extractor are blank; if it was taken more than 24 hours before or after the as-of date, unless
#   it states a stretch of time that it covers; and if it was taken before that stretch ended. The exports of a
#   system that state one fail if none reaches within 24 hours of the as-of date or, in an audit of a period, if a
#   part of the period is covered by none. Records of one thing that disagree on a field fail, unless all their files
#   state when they were taken: then the newest counts. Reading chosen: a file without such a record is missing
#   evidence, not a violation. The exports of one system count together, so each log is to be named as a system of its
#   own; and an export of a log that states no stretch is judged like a list, for its record does not say that it is
#   one. A document may state why the rule does not concern the entity; it excuses nothing that the records prove.
# related_resources:
#   - description: PCAOB AS 1105, Audit Evidence, paragraph .10
#     ref: https://pcaobus.org/oversight/standards/auditing-standards/details/AS1105
# schemas:
#   - input: schema["dossier-organisation"]
# custom:
#   id: evidence-ipe-valid
#   severity: high
#   subject: organisation
#   requires: []
#   elements:
#     - id: agreement
#       title: agreement with the source
#       shows: Whether each file holds the records that the system counted, and is unchanged since it was taken.
#       criterion: none
#       requires: [inputs]
#     - id: extraction
#       title: record of the extraction
#       shows: Whether system, query and extractor of each file are written down.
#       criterion: none
#       requires: [inputs]
#     - id: whole
#       title: exports taken after what they cover
#       shows: Whether no file was taken before the end of what it is said to cover.
#       criterion: none
#       requires: [inputs]
#     - id: stretch
#       title: time that exports cover
#       shows: Whether files were taken in time, and exports of a system leave no gap in what they cover.
#       criterion: {params: [max_hours, max_gap_seconds]}
#       requires: [inputs]
#     - id: consistency
#       title: records that agree with each other
#       shows: Whether no two records of one thing disagree on a field.
#       criterion: none
#       requires: [conflicts]
#   params:
#     max_hours: 24
#     max_gap_seconds: 1
#     max_age_days: 365
#   action: Take the exports listed again, with query, time, count and SHA-256
#   remediation: >-
#     Take the exports listed again, with query, time, record count and SHA-256 written down as they are taken, and
#     correct the records that disagree, or state in keyproof.yaml when their files were taken.
#   effort: process
#   closed_by: >-
#     The register of extracts states system, query, extractor, time, record count and SHA-256 of every file supplied,
#     these match the files, and the records agree with each other.
package policies.governance.evidence_ipe_valid

import future.keywords.not

import data.lib.age
import data.lib.attestation
import data.lib.duration
import data.lib.evidence

not_applicable contains reason if {
	count(violations) == 0
	some reason in attestation.excused(rule_id, params.max_age_days)
}

violations contains {
	"element": "agreement",
	"message": sprintf(`"%s" holds %d records; the system says %v`, [
		fact.file,
		fact.records,
		stated(fact, "record_count"),
	]),
	"facts": {"file": fact.file, "records": fact.records, "record_count": stated(fact, "record_count")},
	"records": sources(fact),
} if {
	some fact in input.inputs.other_count.records
}

violations contains {
	"element": "agreement",
	"message": sprintf(`"%s" has another SHA-256 than when it was taken`, [fact.file]),
	"facts": {"file": fact.file, "sha256": object.get(fact, "sha256", null), "sha256_taken": stated(fact, "sha256")},
	"records": sources(fact),
} if {
	some fact in input.inputs.other_hash.records
}

violations contains {
	"element": "extraction",
	"message": sprintf(`the record of how "%s" was taken leaves %s blank`, [fact.file, concat(", ", blank)]),
	"facts": {"file": fact.file, "blank": blank},
	"records": sources(fact),
} if {
	some fact in documented
	blank := [field | some field in ["system", "query", "extractor"]; trim_space(fact.extract[field]) == ""]
	count(blank) > 0
}

violations contains {
	"element": "stretch",
	"message": sprintf(`"%s" was taken on %s, more than %s from the as-of date %s`, [
		fact.file,
		age.day(fact.extract.extracted_at),
		duration.words(params.max_hours),
		age.date(input.as_of.ms),
	]),
	"facts": {
		"file": fact.file,
		"taken": age.day(fact.extract.extracted_at),
		"as_of": age.date(input.as_of.ms),
		"limit_hours": params.max_hours,
	},
	"records": sources(fact),
} if {
	some fact in documented
	not covers_a_stretch(fact.extract)
	far_from_as_of(fact.extract.extracted_at)
}

violations contains {
	"element": "whole",
	"message": sprintf(`"%s" was taken on %s, before the end of what it is said to cover, %s`, [
		fact.file,
		age.day(fact.extract.extracted_at),
		age.day(fact.extract.covers_to),
	]),
	"facts": {
		"file": fact.file,
		"taken": age.day(fact.extract.extracted_at),
		"covers_to": age.day(fact.extract.covers_to),
	},
	"records": sources(fact),
} if {
	some fact in documented
	age.later_than(fact.extract.covers_to, fact.extract.extracted_at, 0)
}

violations contains {
	"element": "stretch",
	"message": sprintf("the exports of \"%s\" cover nothing from %s to %s (%s)", [
		extracts[0].system,
		age.date(gap.from_ms),
		age.date(gap.to_ms),
		length(gap.to_ms - gap.from_ms),
	]),
	"facts": {"system": extracts[0].system, "from": age.date(gap.from_ms), "to": age.date(gap.to_ms)},
	"records": [extract.source | some extract in extracts],
} if {
	everything_documented
	some extracts in stretches
	some gap in gaps(extracts)
}

violations contains {
	"element": "consistency",
	"message": sprintf(`two records of %s (%s) disagree on %s: %s`, [
		conflict.id,
		conflict.kind,
		conflict.field,
		concat(" and ", [sprintf(`"%s"`, [value]) | some value in conflict.values]),
	]),
	"facts": {
		"kind": conflict.kind,
		"id": conflict.id,
		"field": conflict.field,
		"values": conflict.values,
	},
	"records": conflict.records,
} if {
	some conflict in input.conflicts.records
}

violations contains {
	"element": "consistency",
	"message": sprintf(
		"%d of %d fields on which records disagree are listed",
		[count(input.conflicts.records), input.conflicts.total],
	),
	"facts": {"listed": count(input.conflicts.records), "conflicts": input.conflicts.total},
	"records": [source | some conflict in input.conflicts.records; some source in conflict.records],
} if {
	input.conflicts.total > count(input.conflicts.records)
}

missing contains "inputs.total (no file was read)" if input.inputs.total == 0

missing contains {
	"path": "inputs.undocumented (files without a record of how they were taken)",
	"elements": on_files,
} if {
	input.inputs.undocumented.total > 0
}

missing contains {"path": path, "elements": on_files} if {
	path := evidence.cut("inputs.documented", input.inputs.documented)
}

missing contains {"path": "inputs.documented.records.sha256", "elements": ["agreement"]} if {
	some fact in documented
	not is_string(fact.sha256)
}

missing contains {"path": concat("", ["inputs.documented.records.extract.", field]), "elements": elements} if {
	some fact in documented
	some field, elements in elements_of
	not evidence.known(stated(fact, field))
}

# Which exports are to leave no gap between them is not known.
missing contains {"path": "inputs.documented.records.extract.system", "elements": ["stretch"]} if {
	some fact in documented
	covers_a_stretch(fact.extract)
	not evidence.known(stated(fact, "system"))
}

missing contains {"path": "inputs.documented.records.extract.extracted_at", "elements": ["whole"]} if {
	some fact in documented
	stated(fact, "extracted_at").state == "known"
	not dated(fact.extract.extracted_at)
}

missing contains {"path": vague_time, "elements": ["stretch"]} if {
	some fact in documented
	not covers_a_stretch(fact.extract)
	fact.extract.extracted_at.state == "known"
	not near_as_of(fact.extract.extracted_at)
	not far_from_as_of(fact.extract.extracted_at)
}

missing contains {"path": vague_time, "elements": on_stretches} if {
	some fact in documented
	dated(fact.extract.covers_to)
	dated(fact.extract.extracted_at)
	not age.no_later_than(fact.extract.covers_to, fact.extract.extracted_at, 0)
	not age.later_than(fact.extract.covers_to, fact.extract.extracted_at, 0)
}

missing contains {"path": concat("", ["inputs.documented.records.extract.", field]), "elements": on_stretches} if {
	some fact in documented
	covers_a_stretch(fact.extract)
	some field in needed_ends
	not dated(fact.extract[field])
}

missing contains {"path": path, "elements": on_stretches} if {
	some fact in documented
	some field in needed_ends
	dated(fact.extract[field])
	not age.precise(fact.extract[field])
	path := concat("", ["inputs.documented.records.extract.", field, " (time zone unknown)"])
}

rule_id := "evidence-ipe-valid"

vague_time := "inputs.documented.records.extract.extracted_at (time zone unknown)"

on_files := ["agreement", "extraction", "whole", "stretch"]

on_stretches := ["whole", "stretch"]

elements_of := {
	"system": ["extraction"],
	"query": ["extraction"],
	"extractor": ["extraction"],
	"record_count": ["agreement"],
	"sha256": ["agreement"],
	"extracted_at": ["whole", "stretch"],
}

params := data.params[rule_id]

as_of := {"state": "known", "ms": input.as_of.ms, "tolerance_ms": 0}

limit_ms := params.max_hours * age.hour_ms

slack_ms := params.max_gap_seconds * 1000

documented := input.inputs.documented.records

extract_of(fact) := fact.extract if {
	is_object(fact.extract)
} else := {}

stated(fact, field) := object.get(extract_of(fact), field, null)

sources(fact) := [fact.extract.source] if {
	is_object(fact.extract)
} else := []

covers_a_stretch(extract) if dated(extract.covers_from)

covers_a_stretch(extract) if dated(extract.covers_to)

dated(instant) if is_number(age.earliest(instant))

far_from_as_of(instant) if age.later_than(instant, as_of, limit_ms)

far_from_as_of(instant) if age.later_than(as_of, instant, limit_ms)

near_as_of(instant) if {
	age.no_later_than(instant, as_of, limit_ms)
	age.no_later_than(as_of, instant, limit_ms)
}

everything_documented if {
	input.inputs.undocumented.total == 0
	evidence.complete(input.inputs.documented)
}

# When a stretch begins matters in a period only.
default needed_ends := ["covers_to"]

needed_ends := ["covers_from", "covers_to"] if is_object(input.period)

# The exports of each system of which all state what they cover.
stretches contains extracts if {
	some system in {system_of(fact) | some fact in documented; covers_a_stretch(fact.extract)}
	extracts := [fact.extract | some fact in documented; system_of(fact) == system; covers_a_stretch(fact.extract)]
	every extract in extracts {
		every field in needed_ends { dated(extract[field]) }
	}
}

system_of(fact) := lower(trim_space(fact.extract.system))

gaps(extracts) := {gap |
	some begin in array.concat([input.period.start_ms], [age.latest(extract.covers_to) | some extract in extracts])
	begin >= input.period.start_ms
	begin + slack_ms < last_ms
	not covered_from(begin, extracts)
	later := [age.earliest(extract.covers_from) | some extract in extracts; age.earliest(extract.covers_from) > begin]
	gap := {"from_ms": begin, "to_ms": min(array.concat([last_ms], later))}
} if {
	is_object(input.period)
} else := {gap |
	newest := max([age.latest(extract.covers_to) | some extract in extracts])
	gap := {"from_ms": newest, "to_ms": input.as_of.ms}
	gap.to_ms - gap.from_ms > limit_ms
}

# A period may end after the as-of date.
last_ms := min([input.period.end_ms, input.as_of.ms])

covered_from(begin, extracts) if {
	some extract in extracts
	age.earliest(extract.covers_from) <= begin + slack_ms
	age.latest(extract.covers_to) > begin
}

length(ms) := duration.words((ms - (ms % age.hour_ms)) / age.hour_ms) if {
	ms >= age.hour_ms
} else := "less than 1 hour"
