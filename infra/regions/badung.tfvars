# Placeholders until the region confirms them: project, domain, who signs officers in, who is told of alarms.
region   = "badung"
project  = "tanggap-badung"
location = "asia-southeast2" # Jakarta
domain   = "lapor.badungkab.go.id"

token_issuer   = "https://masuk.badungkab.go.id"
token_audience = "tanggap-badung"

alarm_emails = ["tanggap@badung.example"]
runbook      = "https://tanggap.example/docs/operating.md"
