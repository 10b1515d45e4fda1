# METADATA
# title: A rule that asks itself
# description: OPA refuses it when it compiles, which is an error on every key.
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: recursive
#   severity: low
#   subject: key
#   requires: []
#   remediation: None.
package policies.custom.recursive

depth(n) := depth(n + 1)

violations contains {"message": "never", "facts": {}, "records": []} if depth(0)
