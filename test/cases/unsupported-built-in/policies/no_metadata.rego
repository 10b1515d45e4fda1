package bank.no_metadata

violations contains {"message": "m", "facts": {}, "records": []} if input.key.status == "active"
