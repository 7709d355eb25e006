# Placeholders until the region confirms them: project, domain, who signs officers in, who is told of alarms.
region   = "sleman"
project  = "tanggap-sleman"
location = "asia-southeast2" # Jakarta
domain   = "lapor.slemankab.go.id"

token_issuer   = "https://masuk.slemankab.go.id"
token_audience = "tanggap-sleman"

alarm_emails = ["tanggap@sleman.example"]
runbook      = "https://tanggap.example/docs/operating.md"
