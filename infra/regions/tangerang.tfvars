# Placeholders until the region confirms them: project, domain, who signs officers in, who is told of alarms.
region   = "tangerang"
project  = "tanggap-tangerang"
location = "asia-southeast2" # Jakarta
domain   = "lapor.tangerangkab.go.id"

token_issuer   = "https://masuk.tangerangkab.go.id"
token_audience = "tanggap-tangerang"

alarm_emails = ["tanggap@tangerang.example"]
runbook      = "https://tanggap.example/docs/operating.md"
