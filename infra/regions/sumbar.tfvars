# Placeholders until the region confirms them: project, domain, who signs officers in, who is told of alarms.
region   = "sumbar"
project  = "tanggap-sumbar"
location = "asia-southeast2" # Jakarta
domain   = "lapor.sumbarprov.go.id"

token_issuer   = "https://masuk.sumbarprov.go.id"
token_audience = "tanggap-sumbar"

alarm_emails = ["tanggap@sumbar.example"]
runbook      = "https://tanggap.example/docs/operating.md"
