locals {
  # report-events ticks as report.due, notices as notice.due: the first word of the types it takes.
  tick_types = { for name, each in local.ticks : name => "${split(".", each.event.types[0])[0]}.due" }
}

# A function that is nothing but its schedule is called.
resource "google_cloud_scheduler_job" "sweep" {
  for_each = local.sweeps

  name             = each.value.service
  description      = each.value.about
  region           = var.location
  schedule         = each.value.schedule.cron
  time_zone        = local.place.zone
  attempt_deadline = "${max(each.value.timeout, 15)}s"

  retry_config {
    retry_count          = 3
    min_backoff_duration = "10s"
  }

  http_target {
    http_method = "POST"
    uri         = google_cloudfunctions2_function.function[each.key].service_config[0].uri

    oidc_token {
      service_account_email = google_service_account.scheduler.email
      audience              = google_cloudfunctions2_function.function[each.key].service_config[0].uri
    }
  }

  depends_on = [google_cloud_run_v2_service_iam_member.scheduler]
}

# A function of events and of a schedule finds the tick among its events.
resource "google_cloud_scheduler_job" "tick" {
  for_each = local.ticks

  name        = each.value.service
  description = each.value.about
  region      = var.location
  schedule    = each.value.schedule.cron
  time_zone   = local.place.zone

  retry_config {
    retry_count          = 3
    min_backoff_duration = "10s"
  }

  pubsub_target {
    topic_name = google_pubsub_topic.topic[each.value.event.topic].id
    data       = base64encode(jsonencode({ type = local.tick_types[each.key] }))
    attributes = { type = local.tick_types[each.key] }
  }
}
