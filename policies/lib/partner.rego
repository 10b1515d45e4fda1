# METADATA
# title: Whether a route serves a partner
# description: >-
#   A route serves a partner if its record names a vendor, or if it belongs to the interface for third-party
#   providers. It serves none only if its record states both: no vendor, and no part of that interface.
package lib.partner

import future.keywords.not

# METADATA
# scope: document
# description: The route serves a partner, or third-party providers.
served if named

served if input.route.tpp_aspsp_interface == true

# METADATA
# description: Reasons why a rule about partners does not concern the route.
none_served contains "the route serves no partner" if {
	trim_space(input.route.vendor) == ""
	input.route.tpp_aspsp_interface == false
}

# METADATA
# scope: document
# description: What must be known to tell, if nothing known says that the route serves a partner.
unknown contains "route.vendor" if {
	not served
	not is_string(input.route.vendor)
}

unknown contains "route.tpp_aspsp_interface" if {
	not served
	not is_boolean(input.route.tpp_aspsp_interface)
}

# METADATA
# scope: document
# description: Who is served, for messages.
name := concat(" ", ["the partner", input.route.vendor]) if named

name := "third-party providers" if {
	not named
	input.route.tpp_aspsp_interface == true
}

named if trim_space(input.route.vendor) != ""
