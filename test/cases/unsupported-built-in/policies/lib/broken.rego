package bank.lib.broken

limit := 1 + "one"
