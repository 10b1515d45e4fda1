# METADATA
# title: The key has one scope at most
# description: Uses a library that compiles.
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: uses-whole
#   severity: low
#   subject: key
#   requires: []
#   remediation: None.
package bank.uses_whole

import data.bank.lib.whole

violations contains {"message": "many", "facts": {}, "records": [input.key.source]} if {
	count(input.key.scopes) > whole.limit
}
