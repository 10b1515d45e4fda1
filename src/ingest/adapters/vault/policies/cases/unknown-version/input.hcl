path "kv/payments/*" {
  policy = "write"
}
path "legacy/*" {
  policy = "read"
}
path "legacy/cards/*" {
  policy = "deny"
}
path "kv/payments/sepa" {
  capabilities = ["read"]
}
path "database/creds/ledger" {
  capabilities = ["read"]
}
path "*" {
  capabilities = ["read"]
}
