path "secret/data/payments/*" {
  capabilities = ["read"]
  comment = <<EOT
long
EOT
}
