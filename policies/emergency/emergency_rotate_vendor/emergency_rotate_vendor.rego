# METADATA
# title: Keys of a vendor that reports a breach are replaced or revoked within a day
# description: >-
#   What a vendor has lost, its customers' keys may be part of, whatever their schedule says. For an incident of this
#   kind the arrival of the vendor's notice must be on record, and every key that the inventory assigns to that vendor
#   must have been replaced and its old secret revoked, or the key revoked, within 24 hours of it. If the record says
#   that no notice arrived, it fails, and the clock starts with the detection. Reading chosen: all keys of the vendor,
#   whether it says that they are affected or not; a replacement before the notice does not count, as nobody knows yet
#   when the vendor's breach ended; the first one after it does; an old secret that works on beside the new one fails,
#   and a log that does not show its revocation is missing evidence. Hours are kept by times of day: a date known only
#   to the day is in time only if its whole day is. Time not over, and a vendor without a key in the inventory, are
#   missing evidence.
# related_resources:
#   - description: NIST SP 800-161 rev. 1, supply chain risk management
#     ref: https://csrc.nist.gov/pubs/sp/800/161/r1/upd1/final
# schemas:
#   - input: schema["dossier-incident"]
# custom:
#   id: emergency-rotate-vendor
#   severity: critical
#   subject: incident
#   requires: [incident.kind, incident.notice_received_at]
#   elements:
#     - id: notice
#       title: arrival of the vendor's notice
#       shows: Whether the record of the incident says when the vendor's notice arrived.
#       criterion: none
#     - id: rotation
#       title: keys of the vendor
#       shows: Whether every key of the vendor was replaced or revoked within the limit.
#       criterion: {params: [max_hours]}
#       requires: [vendor_keys]
#   params:
#     kind_words: [vendor, supplier, provider, third-party, third party, partner]
#     max_hours: 24
#   action: Replace or revoke every key of the vendor that reported a breach
#   remediation: >-
#     Replace or revoke every key of the vendor today, record when its notice arrived, and look through the logs for use
#     of the keys since.
#   effort: rotation
#   closed_by: >-
#     The rotation log shows every key of the vendor replaced since its notice and the old secret revoked, and the
#     incident record states when the notice arrived. That it was late stays on record.
package policies.emergency.emergency_rotate_vendor

import future.keywords.not

import data.lib.age
import data.lib.evidence
import data.lib.exposure
import data.lib.word

not_applicable contains "the vendor's notice arrived after the as-of date" if {
	age.after(input.incident.notice_received_at, input.as_of.ms)
}

not_applicable contains "the kind of the incident is not that of a breach at a vendor" if {
	kind != ""
	every name in params.kind_words { not contains(kind, word.plain(name)) }
}

violations contains {
	"element": "notice",
	"message": "the record of the incident says that no notice of the vendor arrived",
	"facts": {"notice_received": "never"},
	"records": [input.incident.source],
} if {
	input.incident.notice_received_at.state == "never"
}

violations contains {
	"element": "rotation",
	"message": exposure.sentence(key, limit),
	"facts": exposure.facts(key, limit),
	"records": [input.incident.source, key.source],
} if {
	some key in input.vendor_keys.records
	exposure.broken(key, limit)
}

missing contains "incident.kind (an empty text)" if kind == ""

missing contains age.undecided(limit.path, object.get(limit, "start", null), input.as_of.ms) if {
	not age.past(limit.start, input.as_of.ms)
}

missing contains {
	"path": "vendor_keys.records (no key of the vendor in the inventory)",
	"elements": ["rotation"],
} if {
	input.vendor_keys.total == 0
}

# The worst keys are listed first: if the last one listed is settled, so are those left out.
missing contains {"path": evidence.cut("vendor_keys", input.vendor_keys), "elements": ["rotation"]} if {
	not exposure.settled(input.vendor_keys.records[count(input.vendor_keys.records) - 1], limit)
}

missing contains {"path": exposure.undecided("vendor_keys", key, limit), "elements": ["rotation"]} if {
	some key in input.vendor_keys.records
	not exposure.settled(key, limit)
	not exposure.broken(key, limit)
}

params := data.params["emergency-rotate-vendor"]

kind := word.plain(input.incident.kind)

limit := {
	"start": object.get(input.incident, "detected_at", null),
	"event": "no notice of the vendor arrived; the incident was detected",
	"which": "the key",
	"path": "incident.detected_at",
	"hours": params.max_hours,
} if {
	input.incident.notice_received_at.state == "never"
} else := {
	"start": object.get(input.incident, "notice_received_at", null),
	"event": "the vendor's notice arrived",
	"which": "the key",
	"path": "incident.notice_received_at",
	"hours": params.max_hours,
}
