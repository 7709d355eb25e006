# Placeholders until the region confirms them: project, domain, who signs officers in, who is told of alarms.
region   = "diy"
project  = "tanggap-diy"
location = "asia-southeast2" # Jakarta
domain   = "lapor.jogjaprov.go.id"

token_issuer   = "https://masuk.jogjaprov.go.id"
token_audience = "tanggap-diy"

alarm_emails = ["tanggap@diy.example"]
runbook      = "https://tanggap.example/docs/operating.md"
