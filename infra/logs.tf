locals {
  # What this desk writes. It holds ids, codes and counts; never a text, a name or an address.
  _ours = "resource.type = (\"cloud_run_revision\" OR \"cloud_scheduler_job\" OR \"pubsub_subscription\")"

  # Cloud Run notes each request by itself, with the address of whoever made it.
  _addresses = "log_id(\"run.googleapis.com/requests\") OR httpRequest.remoteIp:*"
}

# Logs, too, stay in the region; the project's own bucket lies anywhere in the world.
resource "google_logging_project_bucket_config" "kept" {
  project        = var.project
  location       = var.location
  bucket_id      = "tanggap"
  retention_days = 90
}

resource "google_logging_project_sink" "kept" {
  name                   = "tanggap"
  destination            = "logging.googleapis.com/${google_logging_project_bucket_config.kept.id}"
  filter                 = local._ours
  unique_writer_identity = true

  exclusions {
    name        = "addresses"
    description = "Who read or filed a report is nobody's business."
    filter      = local._addresses
  }
}

resource "google_logging_project_exclusion" "elsewhere" {
  name        = "kept-in-the-region"
  description = "What the sink tanggap keeps, and the addresses that nobody keeps."
  filter      = local._ours
}

# Metrics count what is written, kept or not.
locals {
  _attempt = "resource.type = \"cloud_scheduler_job\" AND jsonPayload.\"@type\" = \"type.googleapis.com/google.cloud.scheduler.logging.AttemptFinished\""

  _counted = {
    events-parked = {
      about  = "Events that can never succeed, kept for a person to look at."
      filter = "jsonPayload.message = \"event parked\""
      label  = { consumer = "EXTRACT(jsonPayload.consumer)" }
    }
    notices-again = {
      about  = "Tries to send that have to be repeated: the provider is away or refuses us."
      filter = "(jsonPayload.message = \"notice\" AND jsonPayload.outcome = \"again\") OR (jsonPayload.message = \"notices\" AND jsonPayload.outcomes.again > 0)"
      label  = {}
    }
    notices-failed = {
      about  = "Notices that will not reach anybody."
      filter = "jsonPayload.message = \"notice failed\" OR (jsonPayload.message = \"notice\" AND jsonPayload.outcome = \"failed\") OR (jsonPayload.message = \"notices\" AND jsonPayload.outcomes.failed > 0)"
      label  = {}
    }
    reports-failed = {
      about  = "Reports that the ladder could not move."
      filter = "jsonPayload.message = \"report failed\""
      label  = {}
    }
    uploads-rejected = {
      about  = "Files that came in and were not taken, by the reason that their owner is told."
      filter = "jsonPayload.message = \"upload\" AND jsonPayload.outcome = \"rejected\""
      label  = { reason = "EXTRACT(jsonPayload.reason)" }
    }
    schedules-run = {
      about  = "Runs of a schedule that ended well."
      filter = "${local._attempt} AND severity < ERROR"
      label  = { job = "EXTRACT(resource.labels.job_id)" }
    }
    schedules-failed = {
      about  = "Runs of a schedule that failed."
      filter = "${local._attempt} AND severity >= ERROR"
      label  = { job = "EXTRACT(resource.labels.job_id)" }
    }
  }
}

resource "google_logging_metric" "count" {
  for_each = local._counted

  name             = each.key
  description      = each.value.about
  filter           = each.value.filter
  label_extractors = each.value.label

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"

    dynamic "labels" {
      for_each = each.value.label
      content {
        key        = labels.key
        value_type = "STRING"
      }
    }
  }
}

resource "google_logging_metric" "outbox_age" {
  name            = "outbox-age"
  description     = "Seconds that the oldest unpublished event had been waiting after a sweep."
  filter          = "jsonPayload.message = \"outbox swept\""
  value_extractor = "EXTRACT(jsonPayload.oldest_seconds)"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "s"
  }

  bucket_options {
    exponential_buckets {
      num_finite_buckets = 20
      growth_factor      = 2
      scale              = 1
    }
  }
}
