# METADATA
# title: A rule that says too much
# description: Puts out about 100 MB on one key.
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: enormous
#   severity: low
#   subject: key
#   requires: []
#   remediation: None.
package policies.custom.enormous

long := sprintf("%1000s", ["x"])

longer := concat("", [long | some _ in numbers.range(1, 1000)])

violations contains {
	"message": concat("", [longer | some _ in numbers.range(1, 100)]),
	"facts": {},
	"records": [input.key.source],
} if {
	input.key.key_id == "nb-1"
}
