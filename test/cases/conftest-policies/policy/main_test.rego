package main_test

import data.main

test_deny if count(main.deny) == 1 with input as {"key": {"key_id": "k", "environment": "production"}}
