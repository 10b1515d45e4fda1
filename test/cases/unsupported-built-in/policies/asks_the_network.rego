# METADATA
# title: The vendor says that the key is known
# description: Asks the network, which an audit has not.
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: asks-the-network
#   severity: low
#   subject: key
#   requires: []
#   remediation: None.
package bank.asks_the_network

violations contains {"message": "unknown", "facts": {}, "records": [input.key.source]} if {
	http.send({"method": "GET", "url": "https://keys.northbridge.example"}).status_code == 404
}
