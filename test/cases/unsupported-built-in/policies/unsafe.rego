# METADATA
# title: The key has a tier
# description: Uses a variable nothing gives a value.
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: unsafe-variable
#   severity: low
#   subject: key
#   requires: []
#   remediation: None.
package bank.unsafe_variable

violations contains {"message": "no tier", "facts": {}, "records": [input.key.source]} if {
	input.key.risk_tier == tier
}
