# Northbridge Bank: rotates the keys of the SEPA gateway
path "secret/data/payments/*"
{
  capabilities = ["create", "read", "update", "list"]
}

/* names and versions only */
path "secret/metadata/payments/*" {
  capabilities = ["list", "read"]
}
path "secret/destroy/payments/*" { capabilities = ["update"] }
path "secret/data/payments/root" {
  capabilities = ["deny"] // never
}
path "secret/data/people/{{identity.entity.name}}/*" {
  capabilities = ["read"]
}
path "secret/data/cards/*" {
  capabilities       = ["read", "update"]
  denied_parameters  = { "acquirer" = [] }
  min_wrapping_ttl   = "30s"
}
path "transit/encrypt/payment" { capabilities = ["update"] }
path "sys/policies/acl/*" { capabilities = ["update"] }
