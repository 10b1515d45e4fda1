# METADATA
# title: Production keys work from known networks only
# description: >-
#   A stolen key that works from anywhere is a stolen account. An active production key fails if its list of
#   allowed networks is empty or covers all addresses, in one network or in several together, and if a log shows a
#   source address outside the list, also of a call that was refused. An IPv4 address or network written as an
#   IPv6 one (::ffff:10.20.3.4, ::ffff:a14:304) is that IPv4 address or network. Source host names and services are
#   not addresses and are not judged. A pass needs a log: a list that nobody compared with the requests is a setting,
#   not evidence.
# related_resources:
#   - description: NIST SP 800-53 rev. 5, SC-7
#     ref: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: gw-ip-allowlist
#   severity: high
#   subject: key
#   applies: {status: active, environment: production}
#   requires: [key.status, key.environment, key.ip_allowlist]
#   elements:
#     - id: list
#       title: allow-list of the key
#       shows: Whether the key may be used from listed networks only.
#       criterion: none
#     - id: use
#       title: use from outside the allow-list
#       shows: Whether no log shows a use from outside the allow-list.
#       criterion: entity
#       requires: [events]
#   action: Restrict production keys to the networks of their workloads
#   remediation: >-
#     Restrict the key to the networks of its workloads. Look into every request from outside the list before closing
#     this.
#   effort: configuration
#   closed_by: >-
#     The inventory shows the networks that the key is restricted to, and an audit log shows no use from outside them.
package policies.gateway.gw_ip_allowlist

import future.keywords.not

import data.lib.evidence

not_applicable contains {"reason": "the allow-list is empty", "elements": ["use"]} if count(input.key.ip_allowlist) == 0

violations contains {
	"element": "list",
	"message": "the key may be used from any network: its allow-list is empty",
	"facts": {"ip_allowlist": []},
	"records": [input.key.source],
} if {
	production
	count(input.key.ip_allowlist) == 0
}

violations contains {
	"element": "list",
	"message": sprintf("the key may be used from any network: its allow-list holds %s", [concat(", ", sort(open_ranges))]),
	"facts": {"ip_allowlist": input.key.ip_allowlist},
	"records": [input.key.source],
} if {
	production
	count(open_ranges) > 0
}

violations contains {
	"element": "use",
	"message": sprintf("called from outside its allow-list: %s", [concat(", ", sort(outside))]),
	"facts": {"ip_allowlist": input.key.ip_allowlist, "outside": sort(outside)},
	"records": [input.key.source],
} if {
	production
	count(outside) > 0
}

missing contains {"path": "events.source_ips", "elements": ["use"]} if {
	is_object(input.events)
	not is_array(input.events.source_ips)
}

# The dossier names at most 250 distinct addresses: with 250 there may be more.
missing contains {"path": evidence.cut_at("events.source_ips"), "elements": ["use"]} if {
	count(input.events.source_ips) >= 250
}

production if input.key.environment == "production"

open_ranges contains range if {
	some range in input.key.ip_allowlist
	endswith(network(range), "/0")
}

open_ranges contains range if {
	count(wide) > 1
	some merged in net.cidr_merge([network(range) | some range in wide])
	endswith(merged, "/0")
	some range in wide
}

# Networks of which a few cover everything.
wide := [range |
	some range in input.key.ip_allowlist
	some length in ["/1", "/2", "/3", "/4", "/5", "/6", "/7"]
	endswith(network(range), length)
]

outside contains ip if {
	count(input.key.ip_allowlist) > 0
	some ip in input.events.source_ips
	not allowed(plain(ip))
	address(plain(ip))
}

# An IPv4 address in the form of IPv6, with dots or in hexadecimal, is the IPv4 address.
plain(ip) := regex.replace(lower(ip), `^(0{0,4}:)+ffff:([0-9.]+)$`, "$2") if {
	contains(lower(ip), "ffff:")
	contains(ip, ".")
} else := concat(".", [octet |
	some group in array.slice(groups, count(groups) - 2, count(groups))
	some octet in octets(group)
]) if {
	groups := split(lower(ip), ":")
	mapped(groups)
} else := ip

mapped(groups) if {
	count(groups) > 3
	groups[count(groups) - 3] == "ffff"
	every group in array.slice(groups, 0, count(groups) - 3) { trim(group, "0") == "" }
}

octets(group) := [format_int((16 * digits[0]) + digits[1], 10), format_int((16 * digits[2]) + digits[3], 10)] if {
	padded := substring(concat("", ["0000", group]), count(group), 4)
	digits := [indexof("0123456789abcdef", digit) | some digit in split(padded, "")]
	every digit in digits { digit >= 0 }
}

address(text) if {
	net.cidr_contains("0.0.0.0/0", text)
} else if net.cidr_contains("::/0", text)

allowed(ip) if {
	some range in input.key.ip_allowlist
	ip == plain(trim_suffix(trim_suffix(range, "/32"), "/128"))
} else if {
	some range in input.key.ip_allowlist
	contains(range, "/")
	net.cidr_contains(network(range), ip)
}

# An IPv4 network in the form of IPv6 is the IPv4 network.
network(range) := concat("/", [plain(parts[0]), format_int(to_number(parts[1]) - 96, 10)]) if {
	parts := split(range, "/")
	plain(parts[0]) != parts[0]
	to_number(parts[1]) >= 96
} else := range
