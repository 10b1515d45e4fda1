# METADATA
# title: A rule that contradicts itself
# description: Throws on every key, to show that the rest of a run stands.
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: conflicting
#   severity: low
#   subject: key
#   requires: []
#   remediation: None.
package policies.custom.conflicting

answer := 1 if input.key.status == "active"

answer := 2 if input.key.environment == "production"

violations contains {"message": sprintf("%d", [answer]), "facts": {}, "records": [input.key.source]}
