# METADATA
# title: The rotations that a rule about past rotations examines
# description: >-
#   Those with a step from the begin of the period on, or in so many days before the as-of date if there is no
#   period. A rehearsal (`drill`) is no rotation. That none took place is known only if the whole log shows none and
#   the inventory dates the last one before, never for lack of entries alone.
package lib.rotation_log

import future.keywords.not

import data.lib.age
import data.lib.evidence

# Steps that a rotation consists of, or breaks off with; a log entry, an alert or the revocation of an old secret may
# come without one.
active := {"started", "generated", "stored", "deployed", "verified", "rotated", "failed", "rolled-back"}

# METADATA
# description: First moment of the stretch that is examined, epoch ms.
begin(lookback_days) := input.period.start_ms if {
	is_number(input.period.start_ms)
} else := age.cutoff(input.as_of.ms, lookback_days)

# METADATA
# description: The steps of rotations from a moment on, up to the as-of date.
since(begin_ms) := [step |
	some step in steps
	age.latest(step.at) >= begin_ms
	age.past(step.at, input.as_of.ms)
]

# METADATA
# description: The one reason why there is nothing to examine, if that is known.
none(lookback_days) := {stretch(lookback_days) |
	begin_ms := begin(lookback_days)
	evidence.complete(input.rotations)
	count(undated) == 0
	untouched(begin_ms)
	count(since(begin_ms)) == 0
}

# METADATA
# description: What is missing before anything can be said of all rotations.
unshown(lookback_days) := gaps | {"rotations.records (no rotation of this key)" |
	is_array(input.rotations.records)
	count(since(begin(lookback_days))) == 0
}

gaps contains evidence.cut_at("rotations.records") if input.rotations.total > count(input.rotations.records)

gaps contains "rotations.records.at" if count(undated) > 0

# METADATA
# description: Ids of rotations that are rehearsals.
rehearsals contains step.rotation_id if {
	some step in input.rotations.records
	step.step == "drill"
}

# METADATA
# description: The steps of rotations.
steps := [step |
	some step in input.rotations.records
	step.step in active
	not step.rotation_id in rehearsals
]

# METADATA
# description: Steps of rotations that no date places.
undated := [step | some step in steps; not is_number(age.earliest(step.at))]

# The inventory dates the last rotation before the stretch; a secret as old as its key was never rotated.
untouched(begin_ms) if age.latest(input.key.last_rotated) < begin_ms

untouched(_) if input.key.last_rotated.state == "never"

untouched(_) if age.earliest(input.key.last_rotated) == age.earliest(input.key.created)

stretch(lookback_days) := "no rotation took place in the period" if {
	is_object(input.period)
} else := sprintf("no rotation took place in the last %s", [age.days_word(lookback_days)])
