# METADATA
# title: Endpoints accept TLS 1.2 or newer only, without weak ciphers
# description: >-
#   A key sent over clear text or broken TLS is a published key. A route fails if its address is http or ws, if it
#   accepts clear text or a TLS version below the limit, and if it accepts a cipher suite whose name holds a word on
#   the weak list. The cipher suites are needed only if versions before TLS 1.3 are accepted: TLS 1.3 has no weak
#   ones. Routes of every environment count; a retired route does not.
# related_resources:
#   - description: NIST SP 800-52 rev. 2
#     ref: https://csrc.nist.gov/pubs/sp/800/52/r2/final
#   - description: RFC 9325, recommendations for secure use of TLS
#     ref: https://www.rfc-editor.org/rfc/rfc9325
# schemas:
#   - input: schema["dossier-route"]
# custom:
#   id: transport-tls-min
#   severity: high
#   subject: route
#   applies: {status: active}
#   requires: [route.url, route.min_tls]
#   elements:
#     - id: encrypted
#       title: encryption
#       shows: Whether the route accepts no clear text.
#       criterion: none
#     - id: version
#       title: lowest TLS version
#       shows: Whether an encrypted route accepts no TLS version below the limit.
#       criterion: {params: [min_version]}
#     - id: ciphers
#       title: cipher suites
#       shows: Whether the route accepts no cipher suite of the weak list.
#       criterion: {params: [weak_cipher_words]}
#   params:
#     min_version: "1.2"
#     weak_cipher_words: ["NULL", EXP, RC2, RC4, DES, MD5, ANON, ADH, AECDH, IDEA, SEED]
#   action: Refuse everything below TLS 1.2, and remove weak ciphers
#   remediation: >-
#     Set the lowest TLS version of the listener to 1.2 or 1.3, close the clear-text port, and remove the weak cipher
#     suites.
#   effort: configuration
#   closed_by: >-
#     The gateway configuration shows TLS 1.2 or newer, no clear text and no weak cipher suite on the route.
package policies.transport.transport_tls_min

import future.keywords.not

not_applicable contains {"reason": "the route accepts clear text", "elements": ["version"]} if clear_text

violations contains {
	"element": "encrypted",
	"message": sprintf("the address %s is not encrypted", [input.route.url]),
	"facts": {"url": input.route.url},
	"records": [input.route.source],
} if {
	unencrypted_address
}

violations contains {
	"element": "encrypted",
	"message": sprintf("the lowest version accepted is clear text; the limit is TLS %s", [params.min_version]),
	"facts": {"min_tls": input.route.min_tls, "limit": params.min_version},
	"records": [input.route.source],
} if {
	rank == 0
}

violations contains {
	"element": "version",
	"message": sprintf("the lowest version accepted is %s; the limit is TLS %s", [
		input.route.min_tls,
		params.min_version,
	]),
	"facts": {"min_tls": input.route.min_tls, "limit": params.min_version},
	"records": [input.route.source],
} if {
	rank > 0
	rank < rank_of[params.min_version]
}

violations contains {
	"element": "ciphers",
	"message": sprintf("accepts weak cipher suites: %s", [concat(", ", sort(weak_ciphers))]),
	"facts": {"weak_ciphers": sort(weak_ciphers)},
	"records": [input.route.source],
} if {
	count(weak_ciphers) > 0
}

missing contains "route.min_tls (not a TLS version)" if {
	is_string(input.route.min_tls)
	not rank
}

missing contains {"path": "route.ciphers", "elements": ["ciphers"]} if {
	rank < rank_of["1.3"]
	not is_array(input.route.ciphers)
}

params := data.params["transport-tls-min"]

rank_of := {"none": 0, "2": 1, "3": 2, "1": 3, "1.0": 3, "1.1": 4, "1.2": 5, "1.3": 6}

# `TLSv1.2`, `TLS 1.2`, `tls_1_2` and `1.2` are one version; what is left of `SSLv3` is 3.
rank := rank_of[replace(trim(lower(input.route.min_tls), "tlsv _"), "_", ".")]

clear_text if unencrypted_address

clear_text if rank == 0

unencrypted_address if {
	some scheme in ["http://", "ws://"]
	startswith(lower(input.route.url), scheme)
}

weak_ciphers contains cipher if {
	some cipher in input.route.ciphers
	some word in params.weak_cipher_words
	contains(upper(cipher), word)
}
