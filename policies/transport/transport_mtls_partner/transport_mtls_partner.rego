# METADATA
# title: Partners prove who they are by certificate or by a bound token
# description: >-
#   A token that anybody can replay proves nothing about who sends it. A production route that partners reach from
#   outside fails if it requires no mutual TLS and its tokens are bound to nothing. On the interface for third-party
#   providers it also fails if they present no qualified certificate (QWAC or QSealC), an expired one, or one that
#   names no role of a payment service provider. Readings chosen: a QSealC alone does not replace mutual TLS or a bound
#   token, and whether a route belongs to that interface must be stated. Settings are taken at their word; the
#   certificate is not validated against its issuer.
# related_resources:
#   - description: RFC 8705, OAuth 2.0 mutual-TLS client authentication and certificate-bound access tokens
#     ref: https://www.rfc-editor.org/rfc/rfc8705
#   - description: RFC 9449, OAuth 2.0 demonstrating proof of possession
#     ref: https://www.rfc-editor.org/rfc/rfc9449
#   - description: Delegated Regulation (EU) 2018/389, Article 34
#     ref: https://eur-lex.europa.eu/eli/reg_del/2018/389/oj
# schemas:
#   - input: schema["dossier-route"]
# custom:
#   id: transport-mtls-partner
#   severity: medium
#   subject: route
#   applies: {status: active, environment: production, external: true}
#   requires: [route.environment, route.external, route.tpp_aspsp_interface]
#   supposes: [route.tpp_aspsp_interface]
#   elements:
#     - id: binding
#       title: mutual TLS or a bound token
#       shows: Whether the route requires mutual TLS of partners, or binds their tokens to them.
#       criterion: {params: [token_bindings]}
#     - id: certificate
#       title: qualified certificate
#       shows: Whether third-party providers present a qualified certificate.
#       criterion: {params: [qualified_certificates]}
#     - id: validity
#       title: validity of the certificate
#       shows: Whether the certificate of third-party providers has not expired.
#       criterion: none
#     - id: role
#       title: role in the certificate
#       shows: Whether the certificate of third-party providers names a role of a payment service provider.
#       criterion: {params: [provider_roles]}
#   params:
#     token_bindings: [mtls, dpop]
#     qualified_certificates: [qwac, qsealc]
#     provider_roles: [psp_as, psp_pi, psp_ai, psp_ic]
#   action: Require client certificates, or bind tokens to the caller's key
#   remediation: >-
#     Require a client certificate on the listener, or bind tokens to the caller's key. Refuse third-party providers
#     whose qualified certificate is expired or lacks their role.
#   effort: configuration
#   closed_by: >-
#     The gateway configuration shows mutual TLS or bound tokens on the route, and on the interface for third-party
#     providers a qualified certificate that is valid and names a role.
package policies.transport.transport_mtls_partner

import future.keywords.not

import data.lib.age
import data.lib.partner

not_applicable contains reason if some reason in partner.none_served

not_applicable contains {
	"reason": "the route is not part of the interface for third-party providers",
	"elements": ["certificate", "validity", "role"],
} if {
	input.route.tpp_aspsp_interface == false
}

violations contains {
	"element": "binding",
	"message": sprintf(`the route requires no mutual TLS of %s, and its token binding is "%s"; accepted are %s`, [
		partner.name,
		input.route.token_binding,
		concat(", ", params.token_bindings),
	]),
	"facts": {"mtls": false, "token_binding": input.route.token_binding, "accepted": params.token_bindings},
	"records": [input.route.source],
} if {
	concerned
	input.route.mtls == false
	is_string(input.route.token_binding)
	not bound
}

violations contains {
	"element": "certificate",
	"message": sprintf(`third-party providers present a certificate of kind "%s"; accepted are %s`, [
		input.route.client_certificate,
		concat(", ", params.qualified_certificates),
	]),
	"facts": {"client_certificate": input.route.client_certificate, "accepted": params.qualified_certificates},
	"records": [input.route.source],
} if {
	interface
	is_string(input.route.client_certificate)
	not input.route.client_certificate in params.qualified_certificates
}

violations contains {
	"element": "validity",
	"message": sprintf("the certificate of third-party providers expired on %s", [age.describe(expiry, input.as_of.ms)]),
	"facts": {"expired": age.day(expiry), "client_certificate": object.get(input.route, "client_certificate", null)},
	"records": [input.route.source],
} if {
	interface
	expired
}

violations contains {
	"element": "role",
	"message": sprintf(
		"the certificate of third-party providers names none of the roles %s",
		[concat(", ", params.provider_roles)],
	),
	"facts": {"roles": input.route.client_certificate_roles, "accepted": params.provider_roles},
	"records": [input.route.source],
} if {
	interface
	is_array(input.route.client_certificate_roles)
	not has_role
}

missing contains path if some path in partner.unknown

missing contains {"path": "route.mtls", "elements": ["binding"]} if {
	not bound
	not is_boolean(input.route.mtls)
}

missing contains {"path": "route.token_binding", "elements": ["binding"]} if {
	not bound
	not is_string(input.route.token_binding)
}

missing contains {"path": concat("", ["route.", field]), "elements": [element]} if {
	interface
	some field, element in {"client_certificate": "certificate", "client_certificate_roles": "role"}
	not stated(field)
}

missing contains {
	"path": age.undecided_within("route.client_certificate_expires", expiry, 0),
	"elements": ["validity"],
} if {
	interface
	not expired
	not valid
}

params := data.params["transport-mtls-partner"]

expiry := object.get(input.route, "client_certificate_expires", null)

expired if age.over(expiry, age.stated_until("route.client_certificate_expires"), 0)

concerned if {
	input.route.environment == "production"
	input.route.external == true
	partner.served
}

interface if {
	concerned
	input.route.tpp_aspsp_interface == true
}

bound if input.route.mtls == true

bound if input.route.token_binding in params.token_bindings

has_role if {
	some role in input.route.client_certificate_roles
	replace(lower(role), "-", "_") in params.provider_roles
}

stated(field) if input.route[field] != null

valid if age.after(expiry, input.as_of.ms)

# A certificate that expires on the day of the as-of date counts until its end.
valid if age.within(expiry, input.as_of.ms, 0)
