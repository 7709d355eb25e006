# Placeholders until the region confirms them: project, domain, who signs officers in, who is told of alarms.
region   = "bali"
project  = "tanggap-bali"
location = "asia-southeast2" # Jakarta
domain   = "lapor.baliprov.go.id"

token_issuer   = "https://masuk.baliprov.go.id"
token_audience = "tanggap-bali"

alarm_emails = ["tanggap@bali.example"]
runbook      = "https://tanggap.example/docs/operating.md"
