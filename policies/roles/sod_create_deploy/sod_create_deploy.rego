# METADATA
# title: Nobody both creates and deploys a production key, and critical ones are approved by two others
# description: >-
#   Whoever makes a secret and also puts it in place can keep a copy, or put another in its place, and nobody is there
#   to see. Two things are judged of an active production key, in the period (in the 365 days before the as-of date,
#   if there is none). First, each rotation whose steps the log groups by rotation id: who created or generated the
#   secret must not have deployed it, and neither may be among the approvers; a critical key needs two approvers who did
#   neither. Reading chosen: automation may do both if the log names at least one approver besides, for it does what
#   its approved definition says; a person never may. The log must state the approvers of every such step, and must hold
#   the last rotation that the inventory dates. Second, the grants: no person may hold a right to create and one to
#   deploy at the same time, even if one has ended since. A right to administer counts for either beside another right,
#   and alone is not a pair; what a program does with both is judged by its rotations. Break-glass rights count, what a
#   denial cancels does not, and a right of a group whose members no directory lists may be that of whoever holds the
#   other one. Names are compared, case and blanks aside, after every name that the records of people link to one person
#   has become one; names that no record links and that may be one person's (an account and an address) prove no two
#   hands.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, AC-5
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: sod-create-deploy
#   severity: critical
#   subject: key
#   applies: {status: active, environment: production}
#   requires: [key.status, key.environment]
#   supposes: [key.risk_tier]
#   elements:
#     - id: hands
#       title: creation and deployment of a secret by different identities
#       shows: >-
#         Whether nobody created and deployed the same secret, automation with an approver besides left out, in the
#         rotations on record.
#       criterion: none
#       requires: [rotations]
#     - id: approvers
#       title: approval of a rotation by somebody who took no part in it
#       shows: Whether those who approved a rotation neither created nor deployed the secret.
#       criterion: none
#       requires: [rotations]
#     - id: number
#       title: number of approvers of a rotation
#       shows: Whether as many others approved a rotation as the tier of the key needs.
#       criterion: {params: [min_approvals]}
#       requires: [key.risk_tier, rotations]
#     - id: rights
#       title: rights to create and to deploy in one hand
#       shows: Whether no person held a right to create and one to deploy at once.
#       criterion: none
#       requires: [grants]
#   params:
#     lookback_days: 365
#     min_approvals:
#       critical: 2
#   action: Part creating from deploying, and get the approvals that critical keys need
#   remediation: >-
#     Rotate the key with two hands and the approvals it needs, take one of the two rights from each person listed, and
#     let the pipeline refuse a rotation that one identity would carry out alone.
#   effort: access
#   closed_by: >-
#     The list of access rights shows nobody with both rights on the key, and the rotation log shows new rotations by
#     two, with the approvals required. An earlier rotation stays on record for the period.
package policies.roles.sod_create_deploy

import future.keywords.not

import data.lib.age
import data.lib.evidence
import data.lib.grant
import data.lib.overlap
import data.lib.people
import data.lib.rotation as rotation_log
import data.lib.supposed

not_applicable contains {"reason": reason, "elements": ["number"]} if {
	is_string(input.key.risk_tier)
	input.key.risk_tier != "unknown"
	not params.min_approvals[input.key.risk_tier]
	reason := concat(" ", ["no number of approvers is set for a key of the", input.key.risk_tier, "tier"])
}

violations contains {
	"element": "hands",
	"message": sprintf(
		"%s created and deployed the secret in the rotation %s of %s%s",
		[who, id, day(rotation), condemned],
	),
	"facts": facts(id, rotation, {"identity": who}),
	"records": rotation.sources,
} if {
	production
	some id, rotation in rotations
	some who in (rotation.creators & rotation.deployers)
	condemned := alone(rotation, who)
}

violations contains {
	"element": "approvers",
	"message": sprintf("%s approved the rotation %s of %s and %s the secret in it", [
		who,
		id,
		day(rotation),
		concat(" and ", sort(did(rotation, who))),
	]),
	"facts": facts(id, rotation, {"identity": who}),
	"records": rotation.sources,
} if {
	production
	some id, rotation in rotations
	some who in rotation.approvers
	count(did(rotation, who)) > 0
}

violations contains {
	"element": "number",
	"message": sprintf(
		"approvers of the rotation %s of %s who neither created nor deployed the secret: %d; %s needs %d",
		[id, day(rotation), count(others), supposed.tier_key(input.key.risk_tier), least],
	),
	"facts": facts(id, rotation, {"least": least}),
	"records": rotation.sources,
} if {
	production
	least := params.min_approvals[input.key.risk_tier]
	some id, rotation in rotations
	rotation.in_place
	approvers_stated(rotation)
	others := (rotation.approvers - rotation.creators) - rotation.deployers
	count(others) < least
}

violations contains {
	"element": "rights",
	"message": sprintf(`%s is listed with the rights "%s" and "%s" on the key %s%s`, [
		one.principal.principal_id,
		one.action,
		two.action,
		overlap.words(one, two),
		grant.doubt([one, two]),
	]),
	"facts": object.union(
		{
			"person": one.principal.principal_id,
			"rights": [one.action, two.action],
			"from": overlap.began(one, two),
			"to": overlap.finished(one, two),
		},
		grant.doubted([one, two]),
	),
	"records": [one.source, two.source],
} if {
	production
	some [one, two] in pairs_of_a_person
	overlap.together(one, two, start_ms)
}

missing contains {"path": evidence.cut_at("rotations.records"), "elements": of_rotations} if {
	is_array(input.rotations.records)
	not rotation_log.whole_since(start_ms)
}

missing contains {"path": "rotations.records (no rotation in the log)", "elements": of_rotations} if {
	is_array(input.rotations.records)
	count(rotations) == 0
	not nothing_happened
}

missing contains {"path": "rotations.records (no step of the last rotation)", "elements": of_rotations} if {
	count(rotations) > 0
	age.past(input.key.last_rotated, input.as_of.ms)
	not last_rotation_logged
}

missing contains {
	"path": age.undecided("key.last_rotated", object.get(input.key, "last_rotated", null), input.as_of.ms),
	"elements": of_rotations,
} if {
	count(rotations) > 0
	not input.key.last_rotated.state == "never"
	not age.past(input.key.last_rotated, input.as_of.ms)
}

missing contains {"path": "rotations.records.rotation_id", "elements": of_rotations} if {
	some step in done
	age.since(step.at, start_ms)
	not is_string(step.rotation_id)
}

missing contains {"path": "rotations.records.at", "elements": of_rotations} if {
	some step in done
	not age.since(step.at, start_ms)
	not age.before(step.at, start_ms)
	not rotations[step.rotation_id]
}

missing contains {"path": "rotations.records (a rotation without its steps)", "elements": of_rotations} if {
	some rotation in rotations
	rotation.in_place
	some steps in [creating, {"deployed"}]
	count([step | some step in rotation.acts; step.step in steps]) == 0
}

missing contains {"path": "rotations.records.actor", "elements": of_rotations} if {
	some rotation in rotations
	some step in rotation.acts
	not stated(step.actor)
}

missing contains {"path": "rotations.records.approvers", "elements": of_rotations} if {
	some rotation in rotations
	some step in rotation.acts
	not is_array(step.approvers)
}

missing contains {"path": "rotations.records.actor_type", "elements": ["hands"]} if {
	some rotation in rotations
	some who in (rotation.creators & rotation.deployers)
	not alone(rotation, who)
	not automated(rotation, who)
}

missing contains {
	"path": "rotations.records.actor (two names may be one person)",
	"elements": ["hands", "approvers", "number"],
} if {
	some rotation in rotations
	some who in rotation.people
	some other in rotation.people
	people.may_be_same(who, other)
}

missing contains {
	"path": "grants.records.principal_id (two names may be one person)",
	"elements": ["rights"],
} if {
	some [one, two] in pairs
	one.principal.kind == "human"
	two.principal.kind == "human"
	one.principal.principal_id != two.principal.principal_id
	not overlap.apart(one, two)
	people.may_be_one_of(one.principal.principal_id, people.names_of(two))
	people.may_be_one_of(two.principal.principal_id, people.names_of(one))
}

missing contains {"path": "grants.records (no grant on this key)", "elements": ["rights"]} if input.grants.total == 0

missing contains {"path": evidence.cut("grants", input.grants), "elements": ["rights"]}

missing contains {"path": "grants.records.action", "elements": ["rights"]} if {
	some held in rights
	not is_string(held.action)
	some other in rights
	other.source != held.source
	not other.action in {"read", "use", "rotate", "revoke", "approve", "audit"}
	may_be_one(held, other)
}

missing contains {"path": "grants.records.principal.kind", "elements": ["rights"]} if {
	some pair in pairs
	[one, other] := pair
	may_be_one(one, other)
	some held in pair
	not is_string(held.principal.kind)
}

# A member of the group may hold the other right, by name or in another group.
missing contains {"path": grant.members_unknown, "elements": ["rights"]} if {
	some pair in pairs
	some held in pair
	grant.unlisted(held)
	not overlap.apart(pair[0], pair[1])
}

missing contains {"path": path, "elements": ["rights"]} if {
	some [one, two] in pairs_of_a_person
	not overlap.together(one, two, start_ms)
	not overlap.apart(one, two)
	some path in (overlap.undated(one) | overlap.undated(two))
}

params := data.params["sod-create-deploy"]

# The elements that are tested on rotations.
of_rotations := ["hands", "approvers", "number"]

production if input.key.environment == "production"

start_ms := input.period.start_ms if {
	is_number(input.period.start_ms)
} else := age.cutoff(input.as_of.ms, params.lookback_days)

creating := {"created", "generated"}

# The steps that make a secret or show it in place, and did not fail.
done := [step |
	some step in input.rotations.records
	step.step in {"created", "generated", "deployed", "rotated", "verified"}
	not step.status == "failure"
	not age.after(step.at, input.as_of.ms)
]

nothing_happened if {
	not_in_time(input.key.created)
	not_in_time(input.key.last_rotated)
}

last_rotation_logged if {
	some step in done
	age.no_later_than(input.key.last_rotated, step.at, age.day_ms)
}

not_in_time(instant) if instant.state == "never"

not_in_time(instant) if age.before(instant, start_ms)

# Rotations with a step in the time judged.
rotations[id] := {
	"acts": acts,
	"creators": doers(acts, creating),
	"deployers": doers(acts, {"deployed"}),
	"approvers": {normal(name) | some step in acts; some name in step.approvers; stated(name)},
	"people": {normal(name) |
		some step in acts
		some name in array.concat([step.actor | by_person(step)], [name | some name in step.approvers])
		stated(name)
	},
	"in_place": count([step | some step in steps; not step.step in creating]) > 0,
	"at": max([step.at.ms | some step in steps; is_number(step.at.ms)]),
	"sources": [step.source | some step in acts],
} if {
	some id in dated
	steps := [step | some step in done; step.rotation_id == id]
	acts := [step | some step in steps; step.step in {"created", "generated", "deployed"}]
}

dated contains step.rotation_id if {
	some step in done
	is_string(step.rotation_id)
	age.since(step.at, start_ms)
}

day(rotation) := age.date(rotation.at)

doers(acts, steps) := {normal(step.actor) | some step in acts; step.step in steps; stated(step.actor)}

by_person(step) if not step.actor_type in {"automation", "service"}

# What somebody did in a rotation, in words.
did(rotation, who) := [word |
	some word, doers in {"created": rotation.creators, "deployed": rotation.deployers}
	who in doers
]

# Why one identity may not have done both, in words that follow.
alone(rotation, who) := ", and is a person" if {
	some step in rotation.acts
	normal(step.actor) == who
	step.actor_type == "human"
} else := ", and the log names no approver besides" if {
	approvers_stated(rotation)
	count(rotation.approvers - {who}) == 0
}

automated(rotation, who) if {
	every step in [step | some step in rotation.acts; normal(step.actor) == who] {
		step.actor_type in {"automation", "service"}
	}
}

approvers_stated(rotation) if {
	rotation_log.whole_since(start_ms)
	count(rotation.acts) > 0
	every step in rotation.acts { is_array(step.approvers) }
}

facts(id, rotation, more) := object.union(
	{"rotation": id, "date": day(rotation), "approvers": sort(rotation.approvers)},
	more,
)

normal(name) := people.plain(name)

stated(name) if trim_space(name) != ""

# Rights that a person has or may have, or had in the time judged.
rights := [held |
	some held in input.grants.records
	not held.effect == "deny"
	not age.after(held.granted_at, input.as_of.ms)
	not age.before(held.removed_at, start_ms)
	not cancelled(held)
	not grant.no_person(held)
]

cancelled(held) if {
	not overlap.ended(held)
	grant.denied(held)
}

# A right to create beside a right to deploy; administration stands for either.
pairs := [[one, two] |
	some one in rights
	one.action in {"create", "admin"}
	some two in rights
	two.action in {"deploy", "admin"}
	one.action != two.action
]

# Nothing shows that two rights are of two holders.
may_be_one(one, other) if people.same(one.principal_id, other.principal_id)

may_be_one(one, other) if people.same(one.principal.principal_id, other.principal.principal_id)

may_be_one(one, other) if people.may_be_one_of(one.principal_id, people.names_of(other))

pairs_of_a_person := [pair |
	some pair in pairs
	[one, two] := pair
	one.principal.kind == "human"
	one.principal.principal_id == two.principal.principal_id
]
