package lib.log_source_test

import data.lib.fixture_test as fixture
import data.lib.log_source

logs(sources, names) := fixture.dossier("organisation", {
	"log_sources": sources,
	"logs": [{"log": name, "total": 1} | some name in names],
})

gateway := {"log": "gateway"}

test_every_log_described if {
	log_source.undescribed == set() with input as logs(fixture.list([gateway]), ["Gateway"])
}

test_no_log_described if {
	log_source.undescribed == {"log_sources.records (no log is described)"} with input as logs(fixture.list([]), [])
}

test_log_in_use_without_a_record if {
	expected := {"log_sources.records (a log in use has no record)"}
	log_source.undescribed == expected with input as logs(fixture.list([gateway]), ["gateway", "vault"])
}

test_list_cut if {
	log_source.undescribed == {"log_sources.records (the list is cut)"}
		with input as logs(fixture.cut([gateway]), ["gateway"])
}
