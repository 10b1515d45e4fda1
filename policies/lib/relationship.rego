# METADATA
# title: Whether a vendor has access that rules can be about
# description: >-
#   Only what the vendor's record and the inventory assert is a reason for not applying. A vendor with keys or routes is
#   judged as a running one, whatever its record calls it.
package lib.relationship

import future.keywords.not

import data.lib.age

# METADATA
# scope: document
# description: Reasons why a rule about running relationships does not concern the vendor.
not_running contains "the relationship has ended" if {
	input.vendor.status == "terminated"
	not age.after(input.vendor.terminated_at, input.as_of.ms)
}

not_running contains "the vendor is being taken on and has no key and no route yet" if {
	input.vendor.status == "onboarding"
	input.keys.total == 0
	input.routes.total == 0
}
