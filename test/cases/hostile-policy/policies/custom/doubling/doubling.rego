# METADATA
# title: A rule that doubles a text
# description: Wants 16 GB of memory on one key.
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: doubling
#   severity: low
#   subject: key
#   requires: []
#   remediation: None.
package policies.custom.doubling

texts := [x10 |
	x0 := sprintf("%1000s", ["x"])
	x2 := concat("", [x0 | some _ in numbers.range(1, 256)])
	x4 := concat("", [x2 | some _ in numbers.range(1, 256)])
	x10 := concat("", [x4 | some _ in numbers.range(1, 256)])
]

violations contains {"message": "never", "facts": {"size": count(texts[0])}, "records": []} if {
	input.key.key_id == "nb-1"
}
