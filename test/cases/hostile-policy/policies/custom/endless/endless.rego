# METADATA
# title: A rule that never ends
# description: Walks the same dossier again and again.
# schemas:
#   - input: schema["dossier-principal"]
# custom:
#   id: endless
#   severity: low
#   subject: principal
#   requires: []
#   remediation: None.
package policies.custom.endless

violations contains {"message": "never", "facts": {}, "records": []} if {
	some _ in numbers.range(1, 100000)
	some _ in numbers.range(1, 100000)
	walk(input, [["never"], _])
}
