# METADATA
# title: One key has one consumer, and its secret is no other key's
# description: >-
#   A shared key cannot be traced to whoever used it, nor be revoked for one without the others. An active key fails
#   if the logs show more than one workload using it in the period, or in the 30 days before the as-of date if
#   there is no period, or the inventory lists more than one, and no exception for that is on record; and if
#   another inventory record has the same fingerprint, unless that key is revoked or destroyed. An exception allows
#   several consumers, never the same secret under two names. Reading chosen: only a log shows who uses a key, so
#   without one there is no evidence; if the logs show no call with the key, the inventory's list counts. A call of
#   which the log names no workload may be another consumer's. Whether a workload is one process is not tested.
# related_resources:
#   - description: OWASP Secrets Management Cheat Sheet
#     ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: inv-not-shared
#   severity: high
#   subject: key
#   applies: {status: active}
#   requires: [key.status]
#   elements:
#     - id: consumers
#       title: consumers of the key
#       shows: Whether one consumer uses the key, or an exception for several is on record.
#       criterion: {params: [max_consumers]}
#       requires: [events]
#     - id: secret
#       title: a secret of its own
#       shows: Whether no other key that is not gone has the same secret.
#       criterion: none
#       requires: [key.fingerprint, twins]
#   params:
#     max_consumers: 1
#   action: Issue each consumer a key of its own, then revoke the shared one
#   remediation: >-
#     Issue a key of its own to each consumer, then revoke the shared one. If several consumers are allowed, record
#     the reference of the exception.
#   effort: rotation
#   closed_by: >-
#     The inventory shows a key with a fingerprint of its own for each consumer and the shared key revoked, or the
#     reference of the exception.
package policies.inventory.inv_not_shared

import future.keywords.not

violations contains {
	"element": "consumers",
	"message": sprintf("%s in the %s; the limit is %d, and no exception is on record", [
		used_by(count(logged)),
		stretch,
		limit,
	]),
	"facts": {"workloads": logged, "limit": limit, "named_by": "logs"},
	"records": [input.key.source],
} if {
	count(logged) > limit
	no_exception
}

violations contains {
	"element": "consumers",
	"message": sprintf(
		"the inventory lists %d workloads that use the key; the limit is %d, and no exception is on record",
		[count(stated), limit],
	),
	"facts": {"workloads": stated, "limit": limit, "named_by": "inventory"},
	"records": [input.key.source],
} if {
	count(stated) > limit
	no_exception
}

violations contains {
	"element": "secret",
	"message": sprintf(`the key "%s" (%s) has the same secret, by its fingerprint`, [twin.key_id, twin.status]),
	"facts": {
		"twin": twin.key_id,
		"twin_status": twin.status,
		"twin_environment": object.get(twin, "environment", null),
	},
	"records": [input.key.source, twin.source],
} if {
	some twin in input.twins
	twin.status in alive
}

missing contains {"path": "key.sharing_exception", "elements": ["consumers"]} if {
	several
	not is_string(input.key.sharing_exception)
}

missing contains {"path": "key.workloads (no log names a workload)", "elements": ["consumers"]} if {
	count(logged) == 0
	not is_array(input.key.workloads)
}

missing contains {"path": "events.recent_workloads (not every call names its workload)", "elements": ["consumers"]} if {
	input.events.recent_unnamed > 0
	not excepted
}

missing contains {"path": "twins.status", "elements": ["secret"]} if {
	some twin in input.twins
	not is_string(twin.status)
}

params := data.params["inv-not-shared"]

limit := params.max_consumers

logged := input.events.recent_workloads

stated := sort({workload | some workload in input.key.workloads})

default stretch := "30 days before the as-of date"

stretch := "period" if is_object(input.period)

several if count(logged) > limit

several if count(stated) > limit

no_exception if trim_space(input.key.sharing_exception) == ""

excepted if trim_space(input.key.sharing_exception) != ""

alive := {"active", "inactive", "expired", "pending-deletion"}

# A dossier names 50 at most.
used_by(workloads) := sprintf("used by %d workloads", [workloads]) if {
	workloads < 50
} else := "used by 50 workloads or more"
