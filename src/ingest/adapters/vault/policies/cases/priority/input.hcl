path "secret/*" { capabilities = ["read", "delete", "sudo"] }
path "secret/data/prod/*" { capabilities = ["list"] }
path "secret/data/prod/gateway" { capabilities = ["read"] }
path "secret/data/+/break-glass" { capabilities = ["deny"] }
path "secret/data/prod/gateway" { capabilities = ["update"] }
path "secret/+/cards/acquirer" { capabilities = ["delete", "update"] }
path "+/data/shared/*" { capabilities = ["read"] }
