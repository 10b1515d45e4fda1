package policies.transport.transport_mtls_partner_test

import data.lib.age
import data.lib.fixture_test as fixture

verdict := fixture.whole(said)

said := data.keyproof.policy.transport_mtls_partner.verdict

bindings := ["mtls", "dpop"]

roles := ["psp_as", "psp_pi", "psp_ai", "psp_ic"]

route(fields) := fixture.dossier("route", {"route": object.union(
	{
		"environment": "production",
		"external": true,
		"vendor": "sable",
		"tpp_aspsp_interface": false,
		"mtls": true,
		"token_binding": "none",
		"source": fixture.source("doc 1"),
	},
	fields,
)})

interface(fields) := route(object.union(
	{
		"vendor": "",
		"tpp_aspsp_interface": true,
		"client_certificate": "qwac",
		"client_certificate_expires": fixture.days_ago(-90),
		"client_certificate_roles": ["PSP_AI"],
	},
	fields,
))

violation(message, facts) := {"message": message, "facts": facts, "records": [fixture.source("doc 1")]}

unbound(partner) := violation(
	sprintf(`the route requires no mutual TLS of %s, and its token binding is "none"; accepted are mtls, dpop`, [partner]),
	{"mtls": false, "token_binding": "none", "accepted": bindings},
)

expired(instant, words) := violation(
	sprintf("the certificate of third-party providers expired on %s", [words]),
	{"expired": age.day(instant), "client_certificate": "qwac"},
)

test_pass_mutual_tls_or_a_bound_token if {
	verdict == fixture.nothing with input as route({})
	verdict == fixture.nothing with input as route({"token_binding": null})
	every binding in bindings {
		verdict == fixture.nothing with input as route({"mtls": false, "token_binding": binding})
		verdict == fixture.nothing with input as route({"mtls": null, "token_binding": binding})
	}
}

test_pass_qualified_certificates if {
	verdict == fixture.nothing with input as interface({})
	verdict == fixture.nothing
		with input as interface({"client_certificate": "qsealc", "client_certificate_roles": ["other", "psp-pi"]})
}

test_pass_certificate_that_expires_on_the_as_of_date if {
	verdict == fixture.nothing with input as interface({"client_certificate_expires": fixture.day_ago(0)})
	verdict == fixture.nothing with input as interface({"client_certificate_expires": fixture.days_ago(0)})
}

test_fail_neither_mutual_tls_nor_a_bound_token if {
	verdict == fixture.fails({unbound("the partner sable")}) with input as route({"mtls": false})
	verdict == fixture.fails({unbound("third-party providers")}) with input as interface({"mtls": false})
}

test_fail_binding_the_bank_does_not_accept if {
	params := object.union(data.params["transport-mtls-partner"], {"token_bindings": ["mtls"]})
	count(verdict.violations) == 1 with input as route({"mtls": false, "token_binding": "dpop"})
		with data.params as {"transport-mtls-partner": params}
}

test_fail_no_qualified_certificate if {
	every kind in ["other", "none"] {
		expected := {violation(
			sprintf(`third-party providers present a certificate of kind "%s"; accepted are qwac, qsealc`, [kind]),
			{"client_certificate": kind, "accepted": ["qwac", "qsealc"]},
		)}
		verdict == fixture.fails(expected) with input as interface({"client_certificate": kind})
	}
}

test_fail_certificate_expired if {
	by_day := fixture.day_ago(1)
	expected := fixture.fails({expired(by_day, "2026-09-29, 1 day before the as-of date")})
	verdict == expected with input as interface({"client_certificate_expires": by_day})

	by_ms := fixture.one_ms_older(fixture.days_ago(0))
	more := fixture.fails({expired(by_ms, "2026-09-30, more than 0 days before the as-of date")})
	verdict == more with input as interface({"client_certificate_expires": by_ms})
}

test_fail_no_role_of_a_provider if {
	every named in [[], ["merchant"]] {
		expected := {violation(
			"the certificate of third-party providers names none of the roles psp_as, psp_pi, psp_ai, psp_ic",
			{"roles": named, "accepted": roles},
		)}
		verdict == fixture.fails(expected) with input as interface({"client_certificate_roles": named})
	}
}

test_no_evidence_authentication_unknown if {
	verdict == fixture.lacks({"route.mtls"}) with input as route({"mtls": null})
	verdict == fixture.lacks({"route.token_binding"}) with input as route({"mtls": false, "token_binding": null})
	verdict == fixture.lacks({"route.mtls", "route.token_binding"})
		with input as route({"mtls": null, "token_binding": null})
}

test_no_evidence_partner_unknown if {
	verdict == fixture.lacks({"route.vendor"}) with input as route({"vendor": null, "mtls": false})
	verdict == fixture.lacks({"route.tpp_aspsp_interface"})
		with input as route({"vendor": "", "tpp_aspsp_interface": null})
}

test_no_evidence_certificate_unknown if {
	expected := fixture.lacks({
		"route.client_certificate",
		"route.client_certificate_expires",
		"route.client_certificate_roles",
	})
	unknown := {"client_certificate": null, "client_certificate_expires": null, "client_certificate_roles": null}
	verdict == expected with input as interface(unknown)
}

test_no_evidence_expiry_undecided if {
	zone := fixture.lacks({"route.client_certificate_expires (time zone unknown)"})
	verdict == zone with input as interface({"client_certificate_expires": fixture.zone_unknown(0)})
	stated := fixture.lacks({"route.client_certificate_expires"})
	verdict == stated with input as interface({"client_certificate_expires": fixture.never})
}

test_unknown_place_is_no_violation if {
	bad := {"mtls": false, "client_certificate": "none", "client_certificate_roles": []}
	verdict == fixture.nothing with input as interface(object.union(bad, {"environment": null}))
	verdict == fixture.nothing with input as interface(object.union(bad, {"external": null}))
}

test_not_applicable_states if {
	verdict == fixture.exempt({"the route is retired"}) with input as route({"status": "retired"})
	verdict == fixture.exempt({"the route is not reachable from outside"}) with input as route({"external": false})
	verdict == fixture.exempt({"the route belongs to staging"}) with input as route({"environment": "staging"})
	verdict == fixture.exempt({"the route serves no partner"}) with input as route({"vendor": ""})
}

test_elements if {
	fixture.failed(said) == {"binding"} with input as route({"mtls": false})
	fixture.failed(said) == {"certificate"} with input as interface({"client_certificate": "other"})
	fixture.failed(said) == {"validity"} with input as interface({"client_certificate_expires": fixture.days_ago(2)})
	fixture.failed(said) == {"role"} with input as interface({"client_certificate_roles": ["other"]})
	fixture.lacking(said) == {"binding"} with input as route({"mtls": null})
	fixture.lacking(said) == {"role"} with input as interface({"client_certificate_roles": null})
	fixture.lacking(said) == {"validity"} with input as interface({"client_certificate_expires": null})
}

test_certificates_concern_the_interface_only if {
	outcome := said with input as route({})
	{reason.elements | some reason in outcome.not_applicable} == {["certificate", "validity", "role"]}
}
