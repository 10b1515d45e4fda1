# METADATA
# title: What a rotation log says about the replacement of a key
# description: >-
#   New material is in place when a rotation log reports a successful `rotated`, `deployed` or `verified` step that the
#   same rotation did not undo later by `failed` or `rolled-back`. The old material works until a `revoked` step of the
#   same rotation; a log that shows single steps and no such step shows that it still works.
package lib.rotation

import future.keywords.not

import data.lib.age
import data.lib.evidence

replacing := {"rotated", "deployed", "verified"}

undoing := {"failed", "rolled-back"}

# METADATA
# description: The steps that show new key material in place.
replacements(steps) := [step |
	undone_by := [other | some other in steps; other.step in undoing; other.rotation_id != null]
	some step in steps
	step.step in replacing
	not step.status == "failure"
	not undone(step, undone_by)
]

# METADATA
# description: >-
#   The replacements in the key's own log. Several rules read them; a rule without arguments is worked out once a
#   subject.
of_key := replacements(input.rotations.records)

# METADATA
# description: >-
#   The same without verifications of a secret that its rotation had put in place before: such a step replaces nothing,
#   however late it is. If the log shows the verification alone, it stands for the replacement.
put_in_place := [step |
	placed := [other | some other in of_key; other.step != "verified"; other.rotation_id != null]
	some step in of_key
	not only_proves(step, placed)
]

# METADATA
# scope: document
# description: >-
#   The dossier holds every step of the key's log from a moment on: all there are or, as the list is newest first, an
#   older one as well.
whole_since(_) if evidence.complete(input.rotations)

whole_since(start_ms) if {
	some step in input.rotations.records
	age.before(step.at, start_ms)
}

revoked_steps := [step |
	some step in input.rotations.records
	step.step == "revoked"
	not step.status == "failure"
]

# METADATA
# description: The first successful revocation of the old secret in each rotation, up to the as-of date.
revocations[id] := first if {
	some id in {step.rotation_id | some step in revoked_steps; is_string(step.rotation_id)}
	first := min([[step.at.ms, step] |
		some step in revoked_steps
		step.rotation_id == id
		age.past(step.at, input.as_of.ms)
	])[1]
}

# METADATA
# scope: document
# description: >-
#   The log of the rotation shows its single steps, and no revocation up to the as-of date may be of it: none at an
#   unknown time, and none that names no rotation.
never_revoked(id) if {
	some step in of_key
	step.step == "deployed"
	step.rotation_id == id
	not maybe_revoked(id)
}

maybe_revoked(id) if {
	some step in revoked_steps
	not belongs_elsewhere(step, id)
	not age.after(step.at, input.as_of.ms)
}

belongs_elsewhere(step, id) if {
	is_string(step.rotation_id)
	step.rotation_id != id
}

undone(step, undone_by) if {
	some other in undone_by
	other.rotation_id == step.rotation_id
	not age.later_than(step.at, other.at, 0)
}

only_proves(step, placed) if {
	step.step == "verified"
	some other in placed
	other.rotation_id == step.rotation_id
	other.at.ms <= step.at.ms
}
