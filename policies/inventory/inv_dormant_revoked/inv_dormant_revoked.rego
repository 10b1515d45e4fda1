# METADATA
# title: Keys that nobody uses are disabled
# description: >-
#   A forgotten key is a door nobody watches. An active key fails if its last use is more than 90 days before the
#   as-of date (60 in production), or if it has never been used more than 30 days after its creation. The last use is
#   the newest of the inventory's date and the log events supplied; logs alone cannot show that a key is unused, so a
#   key whose store does not track use and whose logs show no recent use lacks evidence. An export that was taken before
#   the as-of date says nothing of a use since: the key fails if it was idle for too long on that day, or if logs that
#   are complete for it cover the rest of the time. Staging, test and sandbox keys count too.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, AC-2(3)
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: inv-dormant-revoked
#   severity: high
#   subject: key
#   applies: {status: active}
#   requires: [key.status, key.environment]
#   absences: [events]
#   supposes: [key.environment]
#   presence: [events]
#   criterion: {params: [max_idle_days, max_idle_days_production, max_unused_days]}
#   params:
#     max_idle_days: 90
#     max_idle_days_production: 60
#     max_unused_days: 30
#   action: Disable the keys that nobody uses, then revoke them
#   remediation: >-
#     Disable the key, wait for one business cycle, then revoke it. If it is needed after all, record who needs it
#     and why.
#   effort: rotation
#   closed_by: >-
#     The inventory shows the key inactive or revoked, or an audit log shows that it is in use.
package policies.inventory.inv_dormant_revoked

import future.keywords.not

import data.lib.age

violations contains {
	"absent": by_log,
	"message": sprintf("last used %s; the limit is %s", [
		age.describe_stated("key.last_used", last_used),
		age.days_word(limit),
	]),
	"facts": {
		"last_used": age.day(last_used),
		"days": age.days_before(last_used, stated_until),
		"limit_days": limit,
		"environment": input.key.environment,
	},
	"records": [input.key.source],
} if {
	age.over(input.key.last_used, stated_until, limit)
	not used_lately
	not use_undecided
}

violations contains {
	"message": sprintf("never used since its creation on %s; the limit is %s", [
		created,
		age.days_word(params.max_unused_days),
	]),
	"facts": {
		"last_used": "never",
		"created": age.day(input.key.created),
		"limit_days": params.max_unused_days,
		"environment": input.key.environment,
	},
	"records": [input.key.source],
} if {
	input.key.last_used.state == "never"
	not input.events.last_used.state == "known"
	age.over(input.key.created, stated_until, params.max_unused_days)
}

missing contains undecided if {
	count(violations) == 0
	not used_lately
	not new
}

params := data.params["inv-dormant-revoked"]

# A last use that only the log shows may be followed by one in what is lost of it.
default by_log := []

by_log := ["events"] if not input.filled_in.last_used == true

limit := params.max_idle_days_production if input.key.environment == "production"

limit := params.max_idle_days if input.key.environment in {"staging", "development", "test", "sandbox"}

stated_until := age.stated_until("key.last_used")

created := age.describe(input.key.created, input.as_of.ms) if {
	stated_until == input.as_of.ms
} else := sprintf("%s by an export of %s", [age.day(input.key.created), age.date(stated_until)])

idle_cutoff := age.cutoff(input.as_of.ms, limit)

uses contains input.key.last_used

uses contains input.events.last_used

used_lately if {
	some use in uses
	age.past(use, input.as_of.ms)
	age.since(use, idle_cutoff)
}

last_used := max([[age.latest(use), use] | some use in uses])[1]

# A use that is neither proved old nor recent may be the one that counts.
use_undecided if {
	some use in uses
	use.state == "known"
	not age.before(use, idle_cutoff)
}

new if {
	input.key.last_used.state == "never"
	age.within(input.key.created, input.as_of.ms, params.max_unused_days)
}

default undecided := "key.last_used"

undecided := age.not_stated_since("key.last_used") if {
	input.key.last_used.state == "never"
	not input.events.last_used.state == "known"
	age.over(input.key.created, input.as_of.ms, params.max_unused_days)
} else := "key.created" if {
	input.key.last_used.state == "never"
	not input.events.last_used.state == "known"
}

undecided := age.undecided_within("key.last_used", input.key.last_used, limit) if input.key.last_used.state == "known"
