# METADATA
# title: The key has few scopes
# description: Uses a library that does not compile.
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: uses-broken
#   severity: low
#   subject: key
#   requires: []
#   remediation: None.
package bank.uses_broken

import data.bank.lib.broken

violations contains {"message": "many", "facts": {}, "records": [input.key.source]} if {
	count(input.key.scopes) > broken.limit
}
