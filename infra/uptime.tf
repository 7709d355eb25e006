# Asks for /health from outside, as people do: name, certificate, front door, function and store.
resource "google_monitoring_uptime_check_config" "health" {
  display_name = "${var.domain}/health"
  period       = "60s"
  timeout      = "10s"

  http_check {
    path         = "/health"
    port         = 443
    use_ssl      = true
    validate_ssl = true
  }

  monitored_resource {
    type   = "uptime_url"
    labels = { host = var.domain, project_id = var.project }
  }
}

resource "google_monitoring_alert_policy" "unreachable" {
  display_name          = "${var.domain} does not answer"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local._channels

  conditions {
    display_name = "Two places of the world in a row found it silent"
    condition_threshold {
      filter          = "resource.type = \"uptime_url\" AND metric.type = \"monitoring.googleapis.com/uptime_check/check_passed\" AND metric.labels.check_id = \"${google_monitoring_uptime_check_config.health.uptime_check_id}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 1
      duration        = "120s"
      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_NEXT_OLDER"
        cross_series_reducer = "REDUCE_COUNT_FALSE"
      }
    }
  }

  documentation {
    subject = "${local.place.name_en}: the desk does not answer"
    content = "What to look at first: ${var.runbook}#unreachable"
    links {
      display_name = "Runbook"
      url          = "${var.runbook}#unreachable"
    }
  }
}
