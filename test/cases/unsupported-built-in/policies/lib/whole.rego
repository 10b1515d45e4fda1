package bank.lib.whole

limit := 1
