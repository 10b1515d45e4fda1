# METADATA
# title: Keys are rotated within the age limit of their risk tier
# description: >-
#   The age of a secret bounds how long a leaked copy is worth something. An active key fails if the newest
#   replacement of its secret, in the inventory or the rotation log, is more than the limit of its tier before the as-of
#   date; an age of exactly the limit is within it. A key never rotated is as old as its creation; a private key is at
#   least as old as its certificate, and may be older. With an audit period the key fails, too, for every stretch of the
#   period in which its secret was older than the limit, as far as the replacements on record show it; if none is
#   known from before the period, its beginning cannot be judged. The limits are the product's defaults; the bank's own
#   risk analysis may set others. The severity of a violation is the key's tier. A key without a tier fails, as one of
#   the low tier would, if it is older than the limit of every tier.
# related_resources:
#   - description: NIST SP 800-57 part 1 rev. 5, cryptoperiods
#     ref: https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: rotation-max-age
#   severity: critical
#   subject: key
#   applies: {status: active}
#   requires: [key.status, key.risk_tier]
#   absences: [rotations]
#   supposes: [key.risk_tier]
#   presence: [rotations]
#   criterion: {params: [max_age_days]}
#   params:
#     max_age_days: {critical: 30, high: 60, medium: 90, low: 180}
#   action: Rotate the keys that are older than the limit of their tier
#   remediation: >-
#     Issue a new secret, move every workload to it, prove that it works, then revoke the old one. Let the store rotate
#     it from then on.
#   effort: rotation
#   closed_by: >-
#     The rotation log shows the new secret deployed and the old version revoked, or the inventory shows the new date
#     of rotation. With an audit period the days over the limit stay on record.
package policies.rotation.rotation_max_age

import future.keywords.not

import data.lib.age
import data.lib.period
import data.lib.rotation
import data.lib.supposed

violations contains {
	"absent": ["rotations"],
	"message": sprintf("%s %s; %s", [
		verb,
		age.describe_stated("key.last_rotated", newest),
		supposed.tier_limit(input.key.risk_tier, limit, params.max_age_days, "older"),
	]),
	"facts": {
		"last_rotated": age.day(newest),
		"age_days": age.days_before(newest, stated_until),
		"risk_tier": input.key.risk_tier,
		"limit_days": limit,
	},
	"records": records,
	"severity": input.key.risk_tier,
} if {
	stated_over
	every step in replacements { age.before(step.at, cutoff) }
}

violations contains {
	"absent": ["rotations"],
	"message": sprintf(
		"older than the limit of %s on %s of the period: %s",
		[age.days_word(limit), age.days_word(days), concat(", ", stretches)],
	),
	"facts": {
		"days_out_of_tolerance": days,
		"intervals": stretches,
		"risk_tier": input.key.risk_tier,
		"limit_days": limit,
	},
	"records": array.concat([input.key.source], [step.source | some step in replacements]),
	"severity": input.key.risk_tier,
} if {
	count(late) > 0
	days := period.days(late)
	stretches := period.intervals(late)
}

missing contains "rotations.records (no replacement known from before the period)" if {
	limit
	period.begin
	count(violations) == 0
	not known_at_begin
}

missing contains "key.risk_tier (no limit is set for this tier)" if {
	is_string(input.key.risk_tier)
	not limit
}

missing contains "key.last_rotated" if {
	unproved
	not input.key.last_rotated.state in {"known", "never"}
}

missing contains age.undecided_within("key.last_rotated", input.key.last_rotated, limit) if {
	unproved
	input.key.last_rotated.state == "known"
	not stated_over
}

missing contains age.not_stated_since("key.last_rotated") if {
	unproved
	input.key.last_rotated.state == "never"
	not stated_over
	age.before(input.key.created, cutoff)
}

missing contains age.undecided("key.created", object.get(input.key, "created", null), input.as_of.ms) if {
	unproved
	input.key.last_rotated.state == "never"
	not age.before(input.key.created, cutoff)
}

missing contains "rotations.records.at" if {
	unproved
	stated_over
}

params := data.params["rotation-max-age"]

# The stretches of the period in which the newest replacement known was too old.
late := period.overdue(array.concat(stated_past, logged), limit, stated_until)

stated_until := age.stated_until("key.last_rotated")

stated_past := [stated | age.past(stated, input.as_of.ms)]

known_at_begin if {
	some instant in dated
	age.latest(instant) <= period.begin
} else if {
	# Made in the period, or so shortly before the first replacement known that none is missing between.
	age.earliest(made) + (limit * age.day_ms) >= min([age.earliest(instant) | some instant in dated])
}

known_at_begin if age.earliest(made) >= period.begin

# A private key may be older than its certificate.
made := input.key.created if not age.open(stated)

# Without a date that says only until when at the latest the secret was made.
dated := [instant | some instant in array.concat(stated_past, logged); not age.open(instant)]

limit := params.max_age_days[input.key.risk_tier]

# What the inventory says; a secret never rotated is as old as the key.
stated := input.key.last_rotated if input.key.last_rotated.state == "known"

stated := input.key.created if {
	input.key.last_rotated.state == "never"
	input.key.created.state == "known"
}

cutoff := age.cutoff(input.as_of.ms, limit)

stated_over if age.over(stated, stated_until, limit)

replacements := [step |
	some step in rotation.put_in_place
	not age.after(step.at, input.as_of.ms)
]

logged := [step.at | some step in replacements]

rotated_in_time if {
	age.past(stated, input.as_of.ms)
	age.since(stated, cutoff)
} else if {
	some instant in logged
	age.since(instant, cutoff)
}

unproved if {
	limit
	not rotated_in_time
	count(violations) == 0
}

newest := max([[age.latest(instant), instant] | some instant in array.concat([stated], logged)])[1]

default verb := "last rotated"

verb := "never rotated since its creation on" if never_rotated

verb := "not replaced since at least" if {
	not never_rotated
	age.open(newest)
}

never_rotated if {
	input.key.last_rotated.state == "never"
	count(logged) == 0
}

records := array.concat([input.key.source], [step.source | some step in replacements; step.at == newest])
