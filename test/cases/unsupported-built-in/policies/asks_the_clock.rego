# METADATA
# title: The key is younger than a year
# description: Asks the clock, which an audit has not.
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: asks-the-clock
#   severity: low
#   subject: key
#   requires: []
#   remediation: None.
package bank.asks_the_clock

violations contains {"message": "old", "facts": {}, "records": [input.key.source]} if {
	time.now_ns() > 0
}
