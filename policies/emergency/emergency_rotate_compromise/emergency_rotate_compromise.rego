# METADATA
# title: Keys of a suspected compromise are replaced or revoked at once, related keys within a day
# description: >-
#   From the moment a compromise is suspected, each hour belongs to whoever holds the copy. Every key that an incident
#   of this kind names must have been replaced and its old secret revoked, or the key revoked, within the time that
#   the stricter of the incident's severity and the key's tier allows from its detection: 1 hour if critical, 4 if
#   high, 24 otherwise; every related key (used from the same repository, or with the same owner and store, or of the
#   same store and account if the kind of the incident names a store or vault, as far as the inventory states these)
#   within 24 hours. Reading chosen: suspicion is enough, so every incident counts whose
#   kind has one of the words in `kind_words`; the clock starts with the detection, not with its confirmation; the
#   first replacement on record counts; no overlap is allowed, so an old secret that works on beside the new one
#   fails, and a log that does not show its revocation is missing evidence. Hours are kept by times of day: a date
#   known only to the day is in time only if its whole day is. Time not over, and a key that the inventory lacks,
#   are missing evidence.
# related_resources:
#   - description: NIST SP 800-61 rev. 3
#     ref: https://csrc.nist.gov/pubs/sp/800/61/r3/final
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-incident"]
# custom:
#   id: emergency-rotate-compromise
#   severity: critical
#   subject: incident
#   requires: [incident.kind, incident.detected_at]
#   supposes: [incident.severity]
#   elements:
#     - id: keys
#       title: keys of the incident
#       shows: Whether every key that the incident names was replaced or revoked within the limit.
#       criterion: {params: [max_hours]}
#       requires: [incident.severity, keys]
#     - id: related
#       title: keys related to those of the incident
#       shows: Whether every key related to those of the incident was replaced or revoked within the limit.
#       criterion: {params: [max_related_hours]}
#       requires: [related_keys, keys]
#   params:
#     kind_words: [credential, secret, key, token, password, leak, compromise]
#     max_hours: {critical: 1, high: 4, medium: 24, low: 24}
#     max_related_hours: 24
#   action: Replace or revoke the keys of the incident, and those related
#   remediation: >-
#     Replace or revoke the keys named and those related to them today, look through the logs for their use since the
#     detection, and rehearse the emergency rotation.
#   effort: rotation
#   closed_by: >-
#     The rotation log shows every key of the incident and every related key replaced and its old secret revoked. That
#     it was late stays on record with the incident.
package policies.emergency.emergency_rotate_compromise

import future.keywords.not

import data.lib.age
import data.lib.evidence
import data.lib.exposure
import data.lib.word

not_applicable contains "the incident was detected after the as-of date" if {
	age.after(input.incident.detected_at, input.as_of.ms)
}

not_applicable contains "the kind of the incident is not that of a compromised credential" if {
	kind != ""
	every name in params.kind_words { not contains(kind, word.plain(name)) }
}

violations contains {
	"element": one.element,
	"message": exposure.sentence(key, limit_of(key, one)),
	"facts": exposure.facts(key, limit_of(key, one)),
	"records": [input.incident.source, key.source],
} if {
	some one in groups
	some key in one.keys.records
	exposure.broken(key, limit_of(key, one))
}

missing contains "incident.kind (an empty text)" if kind == ""

missing contains age.undecided("incident.detected_at", input.incident.detected_at, input.as_of.ms) if {
	not age.past(input.incident.detected_at, input.as_of.ms)
}

missing contains {"path": "incident.severity (no limit is set for it)", "elements": ["keys"]} if {
	is_string(input.incident.severity)
	not params.max_hours[input.incident.severity]
}

missing contains "keys.records (the incident names no key)" if input.keys.total == 0

missing contains "keys.records (a key that the incident names is not in the inventory)" if {
	input.keys.total > 0
	count(input.incident.key_ids) > input.keys.total
}

missing contains {
	"path": "keys.records (repositories, owner or store unknown, so that related keys may be)",
	"elements": ["related"],
} if {
	input.relations_known == false
}

missing contains {"path": evidence.cut(one.list, one.keys), "elements": [one.element]} if {
	some one in groups
	not exposure.settled(last(one.keys.records), strictest(one))
}

missing contains {"path": exposure.undecided(one.list, key, limit_of(key, one)), "elements": [one.element]} if {
	some one in groups
	some key in one.keys.records
	not exposure.settled(key, limit_of(key, one))
	not exposure.broken(key, limit_of(key, one))
}

missing contains {"path": concat("", [one.list, ".records.risk_tier"]), "elements": [one.element]} if {
	some one in groups
	some key in one.keys.records
	exposure.settled(key, limit_of(key, one))
	not is_number(one.by_tier[key.risk_tier])
	not exposure.settled(key, strictest(one))
}

params := data.params["emergency-rotate-compromise"]

kind := word.plain(input.incident.kind)

groups contains {
	"element": "keys",
	"list": "keys",
	"keys": input.keys,
	"limit": limit("the key", params.max_hours[input.incident.severity]),
	"by_tier": params.max_hours,
}

groups contains {
	"element": "related",
	"list": "related_keys",
	"keys": input.related_keys,
	"limit": limit("the related key", params.max_related_hours),
	"by_tier": {},
}

# The stricter of the incident and the tier of the key.
limit_of(key, one) := object.union(one.limit, {"hours": min([one.limit.hours, one.by_tier[key.risk_tier]])}) if {
	is_number(one.by_tier[key.risk_tier])
} else := one.limit

strictest(one) := object.union(one.limit, {"hours": min({one.limit.hours} | {hours | some hours in one.by_tier})})

# The worst keys are listed first: if the last one listed is settled, so are those left out.
last(records) := records[count(records) - 1]

limit(which, hours) := {
	"start": input.incident.detected_at,
	"event": "the incident was detected",
	"which": which,
	"path": "incident.detected_at",
	"hours": hours,
}
