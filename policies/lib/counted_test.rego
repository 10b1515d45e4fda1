package lib.counted_test

import data.lib.counted

test_things if {
	counted.things(1, "event", "events") == "1 event"
	counted.things(0, "event", "events") == "0 events"
	counted.things(3, "event", "events") == "3 events"
}

test_whole if {
	counted.whole(1, "run", "runs") == "the only run"
	counted.whole(2, "run", "runs") == "both runs"
	counted.whole(9, "run", "runs") == "all 9 runs"
}

test_times if {
	counted.times(1) == "once"
	counted.times(2) == "2 times"
}
