package lib.evidence_test

import data.lib.evidence

test_what_a_message_says_of_records_not_cited if {
	evidence.cited([], 22) == "; none of them is cited"
	evidence.cited(["a"], 3) == "; the first of them is cited, 2 more are not"
	evidence.cited(["a", "b"], 5) == "; the first 2 of them are cited, 3 more are not"
	evidence.cited(["a", "b"], 2) == ""
	evidence.cited([], 0) == ""
}
