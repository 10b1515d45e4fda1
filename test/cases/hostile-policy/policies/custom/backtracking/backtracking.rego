# METADATA
# title: A rule with a regular expression that would go back and forth
# description: Ends at once, since OPA has RE2.
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: backtracking
#   severity: low
#   subject: key
#   requires: []
#   remediation: None.
package policies.custom.backtracking

violations contains {"message": "never", "facts": {}, "records": []} if {
	regex.match(`^(a+)+$`, sprintf("%s!", [replace(sprintf("%1000s", ["a"]), " ", "a")]))
}
