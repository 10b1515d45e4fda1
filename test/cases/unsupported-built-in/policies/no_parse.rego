package bank.no_parse

violations contains {
