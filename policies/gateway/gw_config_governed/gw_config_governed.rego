# METADATA
# title: A route runs its approved configuration, changed by ticket, behind the gateway
# description: >-
#   A gateway protects only as long as it is configured as somebody decided. A route of any environment fails if the
#   hash of its configuration differs from that of the approved one or there is no approved one; if its last change
#   names no ticket, one that is not among the changes supplied, or one that was rejected; and if it is reachable
#   from outside past the gateway. Readings chosen: the ticket must be approved, implemented or closed; no ticket is
#   needed if the configuration is stated never to have changed; what the ticket says, and that it is about this
#   change, is not read. The comparison holds for the moment of the export. A retired route does not count.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, CM-2 and CM-3
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-route"]
# custom:
#   id: gw-config-governed
#   severity: medium
#   subject: route
#   applies: {status: active}
#   requires: []
#   elements:
#     - id: baseline
#       title: approved configuration
#       shows: Whether the route runs the configuration that was approved.
#       criterion: entity
#       requires: [route.config_hash, route.baseline_hash]
#     - id: ticket
#       title: ticket of the last change
#       shows: Whether the last change of the route names a ticket that is approved or carried out.
#       criterion: none
#     - id: path
#       title: way past the gateway
#       shows: Whether the route is not reachable from outside past the gateway.
#       criterion: none
#   params:
#     governed_states: [approved, implemented, closed]
#   action: Put back the approved configuration of the route, or have the change approved
#   remediation: >-
#     Find out who changed the route and why, put back the approved configuration or have the change approved, and close
#     the way past the gateway.
#   effort: configuration
#   closed_by: >-
#     The gateway configuration shows the hash of the approved configuration, the route behind the gateway, and for
#     its last change a ticket that the changes supplied show approved.
package policies.gateway.gw_config_governed

import future.keywords.not

import data.lib.age

violations contains {
	"element": "baseline",
	"message": sprintf(
		"the configuration as it runs (%s) is not the approved one (%s)",
		[short(running), short(approved)],
	),
	"facts": {"config_hash": running, "baseline_hash": approved},
	"records": [input.route.source],
} if {
	running != ""
	approved != ""
	running != approved
}

violations contains {
	"element": "baseline",
	"message": "no approved configuration of the route is on record",
	"facts": {"baseline_hash": ""},
	"records": [input.route.source],
} if {
	approved == ""
}

violations contains {
	"element": "ticket",
	"message": sprintf("the configuration was changed without a ticket on %s", [age.describe(changed_at, input.as_of.ms)]),
	"facts": {"ticket": "", "changed": age.day(changed_at)},
	"records": [input.route.source],
} if {
	ticket == ""
	changed
}

violations contains {
	"element": "ticket",
	"message": sprintf("the last change names ticket %s, which is not among the changes supplied", [ticket]),
	"facts": {"ticket": ticket, "found": false},
	"records": [input.route.source],
} if {
	ticket != ""
	input.change.found == false
}

violations contains {
	"element": "ticket",
	"message": sprintf("the last change names ticket %s, which was rejected", [ticket]),
	"facts": {"ticket": ticket, "status": "rejected"},
	"records": [input.route.source, input.change.change.source],
} if {
	ticket != ""
	input.change.change.status == "rejected"
}

violations contains {
	"element": "path",
	"message": "the route is reachable from outside past the gateway",
	"facts": {"external": true, "behind_gateway": false},
	"records": [input.route.source],
} if {
	input.route.external == true
	input.route.behind_gateway == false
}

missing contains {"path": "route.config_hash (empty)", "elements": ["baseline"]} if running == ""

missing contains {"path": "route.ticket", "elements": ["ticket"]} if {
	not is_string(input.route.ticket)
	not changed_at.state == "never"
}

missing contains {
	"path": age.undecided("route.config_changed_at", changed_at, input.as_of.ms),
	"elements": ["ticket"],
} if {
	ticket == ""
	not changed_at.state == "never"
	not changed
}

missing contains {"path": "change", "elements": ["ticket"]} if {
	ticket != ""
	not is_boolean(input.change.found)
}

missing contains {"path": "change.change.status", "elements": ["ticket"]} if {
	found
	not is_string(input.change.change.status)
}

missing contains {"path": "change.change.status (not a governed state)", "elements": ["ticket"]} if {
	found
	is_string(input.change.change.status)
	input.change.change.status != "rejected"
	not governed
}

missing contains {"path": "route.external", "elements": ["path"]} if {
	not is_boolean(input.route.external)
	not input.route.behind_gateway == true
}

missing contains {"path": "route.behind_gateway", "elements": ["path"]} if {
	not input.route.external == false
	not is_boolean(input.route.behind_gateway)
}

params := data.params["gw-config-governed"]

running := lower(trim_space(input.route.config_hash))

approved := lower(trim_space(input.route.baseline_hash))

ticket := trim_space(input.route.ticket)

changed_at := object.get(input.route, "config_changed_at", null)

changed if age.past(changed_at, input.as_of.ms)

found if {
	ticket != ""
	input.change.found == true
}

governed if input.change.change.status in params.governed_states

short(hash) := substring(hash, 0, 12)
