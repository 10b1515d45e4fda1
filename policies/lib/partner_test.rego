package lib.partner_test

import future.keywords.not

import data.lib.fixture_test as fixture
import data.lib.partner

route(fields) := fixture.dossier("route", {"route": fields})

test_partner_served if {
	every fields in [{"vendor": "sable"}, {"tpp_aspsp_interface": true}, {"vendor": "", "tpp_aspsp_interface": true}] {
		partner.served with input as route(fields)
		partner.none_served == set() with input as route(fields)
		partner.unknown == set() with input as route(fields)
	}
}

test_no_partner_served if {
	dossier := route({"vendor": " ", "tpp_aspsp_interface": false})
	not_served(dossier)
	partner.none_served == {"the route serves no partner"} with input as dossier
	partner.unknown == set() with input as dossier
}

test_not_known_whether_one_is_served if {
	every fields, paths in {
		"{}": {"route.vendor", "route.tpp_aspsp_interface"},
		`{"vendor": null, "tpp_aspsp_interface": false}`: {"route.vendor"},
		`{"vendor": "", "tpp_aspsp_interface": null}`: {"route.tpp_aspsp_interface"},
	} {
		dossier := route(json.unmarshal(fields))
		not_served(dossier)
		partner.none_served == set() with input as dossier
		partner.unknown == paths with input as dossier
	}
}

test_name_in_words if {
	partner.name == "the partner sable" with input as route({"vendor": "sable", "tpp_aspsp_interface": true})
	partner.name == "third-party providers" with input as route({"vendor": "", "tpp_aspsp_interface": true})
}

not_served(dossier) if {
	not partner.served with input as dossier
}
