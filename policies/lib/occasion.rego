# METADATA
# title: Documents on what took place
# description: >-
#   A document that counts (`lib.attestation`) may report an exercise, an assessment or a review. A rule gathers what
#   its record states against it (`faults`, in words) and what the record leaves open (`gaps`, dossier paths). One
#   document without either is enough; it is proved that none is only if each has a fault and all are there.
package lib.occasion

import future.keywords.not

import data.lib.age
import data.lib.attestation

# METADATA
# description: The fault of a document on what took place more than so many days before the as-of date, or never.
late(document, max_days) := {text} if {
	age.judge("attestations.records.held_on", document, max_days).is == "over"
	held := age.describe(document.held_on, input.as_of.ms)
	text := sprintf("took place on %s (limit %s)", [held, age.days_word(max_days)])
} else := {"never took place"} if {
	document.held_on.state == "never"
} else := set()

# METADATA
# description: The gap of a document that does not tell whether what it reports took place within so many days.
undated(document, max_days) := {path |
	path := age.judge("attestations.records.held_on", document, max_days).missing
}

# METADATA
# description: A violation for each document, if each has a fault and all are there.
failing(judged) := {shortfall(one) |
	every one in judged { attestation.complete(one.document.rule) }
	every one in judged { count(one.faults) > 0 }
	some one in judged
}

# METADATA
# description: What is missing if no document is without fault and gap.
undecided(judged) := gaps | untold if {
	not met(judged)
	gaps := {path | some one in judged; count(one.faults) == 0; some path in one.gaps}
	untold := {attestation.left_out(one.document.rule) | some one in judged}
} else := set()

# METADATA
# description: What a document lacks, as a violation.
shortfall(one) := {
	"message": sprintf(
		`the document "%s" falls short: %s`,
		[attestation.title(one.document), concat("; ", sort(one.faults))],
	),
	"facts": {"document": attestation.title(one.document), "faults": sort(one.faults)},
	"records": [one.document.source],
}

met(judged) if {
	some one in judged
	count(one.faults | one.gaps) == 0
}
