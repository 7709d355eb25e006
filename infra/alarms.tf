# One row is one alarm. Its key is its section in docs/operating.md, where the first three looks stand.
locals {
  _run       = "resource.type = \"cloud_run_revision\""
  _doors_of  = "${local._run} AND resource.labels.service_name = one_of(${join(",", [for each in local.at_the_front_door : "\"${each.service}\""])})"
  _requests  = "${local._doors_of} AND metric.type = \"run.googleapis.com/request_count\""
  _latencies = "${local._doors_of} AND metric.type = \"run.googleapis.com/request_latencies\""
  _pushes    = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = one_of(${join(",", [for each in local.consumers : "\"${each.service}\""])})"
  _dead      = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = one_of(${join(",", [for name in local.dead_letters : "\"${name}\""])})"
  _jobs      = "resource.type = \"cloud_scheduler_job\""
  _user      = "metric.type = \"logging.googleapis.com/user"

  # every: seconds that are looked at together. lasting: how long it must last.
  _above = {
    dead-letters = {
      title  = "Events that a function gave up on"
      filter = "${local._dead} AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\""
      above  = 0, every = 60, lasting = 0, aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = ["resource.label.subscription_id"]
    }
    events-waiting = {
      title  = "Events wait for a quarter of an hour"
      filter = "${local._pushes} AND metric.type = \"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
      above  = 900, every = 60, lasting = 300, aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = ["resource.label.subscription_id"]
    }
    events-parked = {
      title  = "Events that can never succeed"
      filter = "${local._run} AND ${local._user}/${google_logging_metric.count["events-parked"].name}\""
      above  = 0, every = 300, lasting = 0, aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.consumer"]
    }
    outbox-age = {
      title  = "An event has been unpublished for ten minutes"
      filter = "${local._run} AND ${local._user}/${google_logging_metric.outbox_age.name}\""
      above  = 600, every = 300, lasting = 0, aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX", by = []
    }
    schedules-failed = {
      title  = "A schedule fails again and again"
      filter = "${local._jobs} AND ${local._user}/${google_logging_metric.count["schedules-failed"].name}\""
      above  = 3, every = 900, lasting = 0, aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.job"]
    }
    notices-failed = {
      title  = "Notices could not be sent"
      filter = "${local._run} AND ${local._user}/${google_logging_metric.count["notices-failed"].name}\""
      above  = 5, every = 3600, lasting = 0, aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = []
    }
    notices-again = {
      title  = "Mail and SMS have not gone out for half an hour"
      filter = "${local._run} AND ${local._user}/${google_logging_metric.count["notices-again"].name}\""
      above  = 20, every = 1800, lasting = 0, aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = []
    }
    reports-failed = {
      title  = "The ladder cannot move a report"
      filter = "${local._run} AND ${local._user}/${google_logging_metric.count["reports-failed"].name}\""
      above  = 0, every = 900, lasting = 0, aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = []
    }
    uploads-rejected = {
      title  = "Many files are not taken"
      filter = "${local._run} AND ${local._user}/${google_logging_metric.count["uploads-rejected"].name}\""
      above  = 30, every = 3600, lasting = 0, aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.reason"]
    }
    slow-answers = {
      title  = "One answer in twenty takes more than two seconds"
      filter = local._latencies
      above  = 2000, every = 300, lasting = 600, aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = ["resource.label.service_name"]
    }
  }

  # A schedule that runs within the hour is missed after half an hour; a rarer one by its failures alone.
  _frequent = { for name, each in local.scheduled : name => each.service if can(regex("^\\S+ \\* ", each.schedule.cron)) }
}

resource "google_monitoring_notification_channel" "email" {
  for_each = toset(var.alarm_emails)

  display_name = each.value
  type         = "email"
  labels       = { email_address = each.value }
}

locals {
  _channels = [for each in google_monitoring_notification_channel.email : each.id]
}

# Google knows a metric of logs some minutes after it was made, and refuses an alarm on one it does not know.
resource "time_sleep" "metrics_become_known" {
  create_duration = "180s"

  triggers = merge(
    { for name, each in google_logging_metric.count : name => each.id },
    { outbox-age = google_logging_metric.outbox_age.id },
  )
}

resource "google_monitoring_alert_policy" "above" {
  for_each = local._above

  display_name          = each.value.title
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local._channels

  conditions {
    display_name = each.value.title
    condition_threshold {
      filter          = each.value.filter
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.above
      duration        = "${each.value.lasting}s"
      aggregations {
        alignment_period     = "${each.value.every}s"
        per_series_aligner   = each.value.aligner
        cross_series_reducer = each.value.reducer
        group_by_fields      = each.value.by
      }
    }
  }

  documentation {
    subject = "${local.place.name_en}: ${each.value.title}"
    content = "What to look at first: ${var.runbook}#${each.key}"
    links {
      display_name = "Runbook"
      url          = "${var.runbook}#${each.key}"
    }
  }

  depends_on = [time_sleep.metrics_become_known]
}

resource "google_monitoring_alert_policy" "failing_requests" {
  display_name          = "More than 5 % of the answers are failures"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local._channels

  conditions {
    display_name = "5xx of all answers"
    condition_threshold {
      filter             = "${local._requests} AND metric.labels.response_code_class = \"5xx\""
      denominator_filter = local._requests
      comparison         = "COMPARISON_GT"
      threshold_value    = 0.05
      duration           = "300s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["resource.label.service_name"]
      }
      denominator_aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["resource.label.service_name"]
      }
    }
  }

  documentation {
    subject = "${local.place.name_en}: answers fail"
    content = "What to look at first: ${var.runbook}#failing-requests"
    links {
      display_name = "Runbook"
      url          = "${var.runbook}#failing-requests"
    }
  }
}

# The ladder, the outbox, the digests: silence is the failure nobody sees.
resource "google_monitoring_alert_policy" "not_run" {
  for_each = local._frequent

  display_name          = "${each.key} has not run for half an hour"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local._channels

  conditions {
    display_name = "No good run of ${each.key}"
    condition_absent {
      filter   = "${local._jobs} AND ${local._user}/${google_logging_metric.count["schedules-run"].name}\" AND metric.labels.job = \"${each.value}\""
      duration = "1800s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    subject = "${local.place.name_en}: ${each.key} does not run"
    content = "What to look at first: ${var.runbook}#not-run"
    links {
      display_name = "Runbook"
      url          = "${var.runbook}#not-run"
    }
  }

  depends_on = [time_sleep.metrics_become_known]
}
