# METADATA
# title: Each rotation raises the version by one, and security is told of it
# description: >-
#   Whoever must find out which secret was in force when needs a version that counts rotations, and people who know that
#   one took place. For every completed rotation in the period, or in the 365 days before the as-of date, the version
#   after it must be one above that after the completed rotation before it in the log; numbers that a rotation in
#   between used up and that failed are no gap. The first rotation of a log has nothing to be compared with. A version
#   is a running number such as 12, v12 or .../versions/12; an id or a date is none, and a rotation that has no other
#   version is missing evidence. The log must name people who were told of the rotation, one of them a security contact:
#   a name with one of the words in `security_contacts`, or one listed there whole. A step that names nobody, if
#   another step of the rotation does, told nobody.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: rotation-version-notified
#   severity: low
#   subject: key
#   applies: {status: active}
#   requires: [key.status, rotations]
#   absences: [rotations]
#   elements:
#     - id: version
#       title: running version
#       shows: Whether each completed rotation raised the version by one.
#       criterion: none
#     - id: notice
#       title: notice of the rotation
#       shows: Whether a security contact was told of each completed rotation.
#       criterion: {params: [security_contacts]}
#   params:
#     lookback_days: 365
#     security_contacts: [security, infosec, secops, soc, csirt, ciso]
#   action: Let the pipeline number each version and notify security of it
#   remediation: >-
#     Let the pipeline number the versions, log the number with each rotation, and send a notice of each to the security
#     team's address.
#   effort: code
#   closed_by: >-
#     The rotation log shows a version one above the last for each new rotation, and a security contact among those
#     told. A rotation without stays on record while it lies in the time examined.
package policies.rotation.rotation_version_notified

import future.keywords.not

import data.lib.age
import data.lib.evidence
import data.lib.rotation
import data.lib.rotation_log
import data.lib.word

not_applicable contains reason if some reason in rotation_log.none(params.lookback_days)

not_applicable contains "every rotation in the log failed, was rolled back or is not in place yet" if {
	count(recent_steps) > 0
	evidence.complete(input.rotations)
	count(rotation_log.undated) == 0
	count(loose) == 0
	count(recent) == 0
}

violations contains {
	"element": "version",
	"absent": ["rotations"],
	"message": sprintf(
		"the rotation of %s left version %d, and the one before it, of %s, version %d; the version is to rise by one",
		[age.day(later.at), later.number, age.day(earlier.at), earlier.number],
	),
	"facts": {
		"rotated": age.day(later.at),
		"version": later.number,
		"rotated_before": age.day(earlier.at),
		"version_before": earlier.number,
	},
	"records": sources(array.concat(earlier.replacing, later.replacing)),
} if {
	evidence.complete(input.rotations)
	count(rotation_log.undated) == 0
	count(loose) == 0
	some [earlier, later] in pairs
	ordered(earlier, later)
	not follows(earlier.number, later.number)
	every step in unnumbered { outside(step, earlier, later) }
}

violations contains {
	"element": "notice",
	"message": sprintf(
		"by the log, the rotation of %s was made known to %s; a security contact is to be among them",
		[age.day(one.at), named],
	),
	"facts": {"rotated": age.day(one.at), "notified": told},
	"records": sources(one.steps),
} if {
	evidence.complete(input.rotations)
	some one in recent
	some step in one.steps
	is_array(step.notified)
	told := notified(one)
	every name in told { not name in contacted }
	named := listed(told)
}

missing contains text if some text in rotation_log.unshown(params.lookback_days)

missing contains "rotations.records.rotation_id" if count(loose) > 0

missing contains {"path": "rotations.records.version", "elements": ["version"]} if {
	some one in recent
	count(versions(one)) == 0
}

missing contains {"path": "rotations.records.version", "elements": ["version"]} if {
	some [earlier, later] in pairs
	not follows(earlier.number, later.number)
	some step in unnumbered
	not outside(step, earlier, later)
}

missing contains {"path": "rotations.records.version (not a running number)", "elements": ["version"]} if {
	some one in recent
	count(versions(one)) > 0
	every version in versions(one) { not number(version) }
}

missing contains {"path": "rotations.records.at (time zone unknown)", "elements": ["version"]} if {
	some [earlier, later] in pairs
	not ordered(earlier, later)
}

missing contains {"path": "rotations.records.notified", "elements": ["notice"]} if {
	some one in recent
	every step in one.steps { not is_array(step.notified) }
}

params := data.params["rotation-version-notified"]

begin := rotation_log.begin(params.lookback_days)

recent_steps := rotation_log.since(begin)

# Steps that put a new secret in place, rehearsals left out.
replacements := [step |
	some step in rotation.of_key
	not step.rotation_id in rotation_log.rehearsals
	age.past(step.at, input.as_of.ms)
]

# Single steps that no id joins to their rotation.
loose := [step |
	some step in replacements
	not is_string(step.rotation_id)
	step.step != "rotated"
	age.latest(step.at) >= begin
]

# Every completed rotation: its steps, those that put the secret in place, and when the first of these did.
# Lists, since a set would hash every step.
completed := array.concat(grouped, single)

grouped := [{"at": first(replacing).at, "steps": steps, "replacing": replacing} |
	some id in {step.rotation_id | some step in replacements; is_string(step.rotation_id)}
	replacing := [step | some step in replacements; step.rotation_id == id]
	steps := [step | some step in input.rotations.records; step.rotation_id == id]
]

single := [{"at": step.at, "steps": [step], "replacing": [step]} |
	some step in replacements
	not is_string(step.rotation_id)
	step.step == "rotated"
]

first(steps) := min([[step.at.ms, step] | some step in steps])[1]

recent := [one | some one in completed; age.latest(one.at) >= begin]

# All that have a number, in the order they took place.
numbered := [object.union(entry[2], {"number": entry[1]}) |
	some entry in sort([[one.at.ms, max(borne), one] |
		some one in completed
		borne := {number(version) | some version in versions(one)}
		count(borne) > 0
	])
]

# Steps of rotations, completed or not, of which no step bears a number: any may have used one up.
unnumbered := [step | some step in rotation_log.steps; not bears_number(step)]

bears_number(step) if number(step.version) >= 0

bears_number(step) if step.rotation_id in numbered_ids

numbered_ids contains step.rotation_id if {
	some step in rotation_log.steps
	is_string(step.rotation_id)
	number(step.version) >= 0
}

outside(step, earlier, _) if step.at.ms < earlier.at.ms

outside(step, _, later) if step.at.ms > later.at.ms

# Each numbered rotation of the stretch with the one before it.
pairs := [[earlier, numbered[i + 1]] |
	some i, earlier in numbered
	age.latest(numbered[i + 1].at) >= begin
]

ordered(earlier, later) if age.no_later_than(earlier.at, later.at, 0)

versions(one) := {step.version | some step in one.replacing; is_string(step.version)}

number(version) := numbers[version]

# Each version is read once: several rules ask for its number. Without a pattern, which costs far more.
numbers[version] := number_of(digits) if {
	some version in {step.version | some step in input.rotations.records; is_string(step.version)}
	parts := split(strings.replace_n(separators, lower(trim_space(version))), "/")
	stated := trim_prefix(parts[count(parts) - 1], "v")
	stated != ""
	trim(stated, "0123456789") == ""
	digits := trim_left(stated, "0")
	count(digits) <= 6
}

separators := {":": "/", "@": "/", "#": "/"}

number_of(digits) := to_number(digits) if {
	digits != ""
} else := 0

# Every number that a step in the log bears, completed or not.
used contains number(step.version) if some step in input.rotations.records

follows(before, after) if {
	after > before
	count({between | some between in used; between > before; between < after}) == (after - before) - 1
}

notified(one) := sort({name | some step in one.steps; some name in step.notified; trim_space(name) != ""})

# Names of those told that are security contacts.
contacted contains name if {
	some name in {name | some step in input.rotations.records; some name in step.notified}
	contact(lower(trim_space(name)))
}

# A name with a contact as a word of its own; without a pattern, which costs far more.
contact(name) if {
	name in contacts
} else if {
	some word in contacts
	pieces := split(concat("", [" ", name, " "]), word)
	some i, before in pieces
	before != ""
	apart(substring(before, count(before) - 1, 1))
	apart(substring(pieces[i + 1], 0, 1))
}

apart(character) if {
	character != ""
	not contains(word.letters_and_figures, character)
}

contacts contains lower(one) if some one in params.security_contacts

listed(told) := concat(", ", told) if {
	count(told) > 0
} else := "nobody"

sources(steps) := [step.source | some step in steps]
