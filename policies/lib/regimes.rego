# METADATA
# title: Regimes of notification
# description: >-
#   Who must be told of an incident, under which law, and by when. A regime concerns an incident if every fact about
#   the entity and about the incident has one of the values listed, if the regime that it `follows` is due, if the
#   incident was detected at `from` or later and, if it is `recorded`, a decision on it is on record. `clock` is
#   one of `hours` after events, of which the first that ends counts (`instead` is one that counts alone if its event
#   came later than the other allows; `uncounted` says that the hour of the event may not be counted,
#   `two_working_days` that the period may have to hold two of them), `days` (calendar days), `business_days` in a
#   country up to an hour of its day, `month`, and `record` (the date that the record gives). Events are dates of the
#   incident, `clock_started_at` of the decision (`started:` with another regime: of its decision), `concluded` (the
#   same, or else the decision), and `first:` or `last:` with another regime: when that was sent. `relief` moves an
#   end on a weekend or bank holiday to noon of the next working day. `postponed_by` may allow a delay up to the date
#   that the record gives. `classification` and `delay` name the elements that ask how the incident was classified, and
#   for the reasons of what was late.
package lib.regimes

table := {
	"gdpr-authority": {
		"name": "the notification of the supervisory authority (GDPR Art. 33(1))",
		"entity": {"gdpr_role": ["controller", "both"]},
		"incident": {"personal_data_breach": [true]},
		"clock": {
			"hours": {"aware_at": 72},
			"uncounted": true,
			"two_working_days": true,
			"words": "72 hours after awareness",
		},
		"delay": {"element": "gdpr-delay", "told": false},
	},
	"gdpr-data-subjects": {
		"name": "the communication to data subjects (GDPR Art. 34)",
		"entity": {"gdpr_role": ["controller", "both"]},
		"incident": {"personal_data_breach": [true]},
		"clock": {"record": true},
	},
	"gdpr-controller": {
		"name": "the notice to the controller (GDPR Art. 33(2))",
		"entity": {"gdpr_role": ["processor", "both"]},
		"incident": {"personal_data_breach": [true]},
		"clock": {"record": true},
	},
	"dora-initial": {
		"name": "the initial report under DORA",
		"entity": {"eu_financial_entity": [true]},
		"clock": {
			"hours": {"classified_at": 4, "aware_at": 24},
			"uncounted": true,
			"words": "4 hours after classification and 24 after awareness",
			"instead": {
				"event": "classified_at",
				"hours": 4,
				"later_than": "aware_at",
				"by_hours": 24,
				"words": "4 hours after classification, which came more than 24 after awareness",
			},
		},
		"relief": "unless-exempt",
		"delay": {"element": "dora-delay", "told": true},
		"classification": "dora-classification",
	},
	"dora-intermediate": {
		"name": "the intermediate report under DORA",
		"entity": {"eu_financial_entity": [true]},
		"follows": "dora-initial",
		"clock": {
			"hours": {"first:dora-initial": 72},
			"uncounted": true,
			"words": "72 hours after the initial report",
		},
		"relief": "unless-exempt",
		"delay": {"element": "dora-delay", "told": true},
	},
	"dora-final": {
		"name": "the final report under DORA",
		"entity": {"eu_financial_entity": [true]},
		"follows": "dora-initial",
		"clock": {"month": "last:dora-intermediate", "words": "one month after the latest intermediate report"},
		"relief": "always",
		"delay": {"element": "dora-delay", "told": true},
	},
	"psd2-authority": {
		"name": "the notification of a major payment incident (PSD2 Art. 96(1))",
		"entity": {"payment_service_provider": [true], "eu_financial_entity": [false]},
		"clock": {"record": true},
	},
	"reg-s-p-customers": {
		"name": "the notice to customers (Regulation S-P)",
		"entity": {"covered_institution": [true]},
		"incident": {"customer_information_accessed": [true]},
		"clock": {"days": {"aware_at": 30}, "words": "30 days after awareness"},
		"postponed_by": "the Attorney General",
	},
	# Whether it serves such an institution no export says; if a decision is on record, it does.
	"reg-s-p-covered-institution": {
		"name": "the notice to the covered institution (Regulation S-P)",
		"recorded": true,
		"clock": {"record": true},
	},
	"finra-4530": {
		"name": "the report under FINRA rule 4530",
		"entity": {"finra_member": [true]},
		"recorded": true,
		"clock": {
			"days": {"concluded": 30},
			"words": "30 days after the conclusion that a rule was violated",
		},
	},
	"us-bank-regulator": {
		"name": "the notice to the primary federal regulator (12 CFR 53.3, 225.302 or 304.23)",
		"entity": {"us_banking_organization": [true]},
		"clock": {
			"hours": {"clock_started_at": 36},
			"words": "36 hours after it was determined that a notification incident had occurred",
		},
	},
	# Whether it serves such a bank no export says; if a decision is on record, it does.
	"us-bank-customers": {
		"name": "the notice of a bank service provider to the banks affected (12 CFR 53.4, 225.303 or 304.24)",
		"recorded": true,
		"clock": {"record": true},
	},
	"sec-8-k": {
		"name": "the report on Form 8-K, Item 1.05",
		"entity": {"sec_filer": ["domestic"]},
		"clock": {
			"business_days": {"event": "clock_started_at", "days": 4, "country": "US", "hour": 17.5},
			"words": "four business days after the incident was determined to be material",
		},
		"postponed_by": "the Attorney General",
	},
	"sec-6-k": {
		"name": "the report on Form 6-K",
		"entity": {"sec_filer": ["foreign-private-issuer"]},
		"clock": {"record": true},
	},
	"nydfs": {
		"name": "the notice to the superintendent (23 NYCRR 500.17(a))",
		"entity": {"nydfs_covered_entity": [true]},
		"clock": {
			"hours": {"clock_started_at": 72},
			"words": "72 hours after it was determined that a cybersecurity incident had occurred",
		},
	},
	# Whether a payment was made no other record says; if a decision on it is on record, it was.
	"nydfs-extortion-payment": {
		"name": "the notice of an extortion payment to the superintendent (23 NYCRR 500.17(c)(1))",
		"entity": {"nydfs_covered_entity": [true]},
		"recorded": true,
		"clock": {"hours": {"clock_started_at": 24}, "words": "24 hours after the payment"},
	},
	"nydfs-extortion-explanation": {
		"name": "the explanation of an extortion payment to the superintendent (23 NYCRR 500.17(c)(2))",
		"entity": {"nydfs_covered_entity": [true]},
		"follows": "nydfs-extortion-payment",
		"clock": {"days": {"started:nydfs-extortion-payment": 30}, "words": "30 days after the payment"},
	},
	"uk-operational-incident": {
		"name": "the initial report of an operational incident in the United Kingdom",
		"entity": {"uk_reporting_firm": ["other"]},
		"from": {"ms": 1805328000000, "day": "2027-03-18"},
		"clock": {
			"hours": {"clock_started_at": 24},
			"words": "24 hours after it was determined that a threshold was met",
		},
	},
	"uk-payment-incident": {
		"name": "the initial report of a payment service provider in the United Kingdom",
		"entity": {"uk_reporting_firm": ["payment-service-provider"]},
		"from": {"ms": 1805328000000, "day": "2027-03-18"},
		"clock": {
			"hours": {"clock_started_at": 4},
			"words": "4 hours after the clock started as the record states",
		},
	},
	# Whether a firm owes more than one report, and by when, depends on its kind and on how the incident goes on; if a
	# decision is on record, it does.
	"uk-intermediate": {
		"name": "an intermediate report of an operational or payment incident in the United Kingdom",
		"recorded": true,
		"from": {"ms": 1805328000000, "day": "2027-03-18"},
		"clock": {"record": true},
	},
	"uk-final": {
		"name": "the final report of an operational or payment incident in the United Kingdom",
		"recorded": true,
		"from": {"ms": 1805328000000, "day": "2027-03-18"},
		"clock": {"record": true},
	},
	"card-brands": {
		"name": "the notice to card brands or acquirer",
		"incident": {"card_data_affected": [true]},
		"clock": {"record": true},
	},
}
