# METADATA
# title: What a rotation log says about the replacement of a key
# description: >-
#   New material is in place when a rotation log reports a successful `rotated`, `deployed` or `verified` step that the same
#   rotation did not undo later by `failed` or `rolled-back`.
package lib.rotation

import future.keywords.not

import data.lib.age

replacing := {"rotated", "deployed", "verified"}

undoing := {"failed", "rolled-back"}

# METADATA
# description: The steps that show new key material in place.
replacements(steps) := [step |
	some step in steps
	step.step in replacing
	not step.status == "failure"
	not undone(step, steps)
]

undone(step, steps) if {
	some other in steps
	other.step in undoing
	other.rotation_id != null
	other.rotation_id == step.rotation_id
	not age.later_than(step.at, other.at, 0)
}
