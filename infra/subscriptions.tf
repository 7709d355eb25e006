data "google_project" "this" {
  project_id = var.project
}

locals {
  # Pub/Sub itself: it moves dead letters and signs pushes.
  _pubsub = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"

  # What each consumer takes: its types, and the tick of its own schedule. `report.*` is the whole family.
  _types = {
    for name, each in local.consumers : name => concat(
      each.event.types, [for function, tick in local.tick_types : tick if function == name]
    )
  }
  _filters = {
    for name, types in local._types : name => join(" OR ", [
      for type in types : endswith(type, "*")
      ? "hasPrefix(attributes.type, \"${trimsuffix(type, "*")}\")"
      : "attributes.type = \"${type}\""
    ])
  }
}

# Explicit pushes instead of event triggers: filter, backoff, dead letter and token in our hands.
resource "google_pubsub_subscription" "push" {
  for_each = local.consumers

  name                 = each.value.service
  topic                = google_pubsub_topic.topic[each.value.event.topic].id
  filter               = local._filters[each.key]
  ack_deadline_seconds = min(each.value.timeout, 600)

  message_retention_duration = "604800s" # 7 days: longer than any outage we plan for

  push_config {
    push_endpoint = google_cloudfunctions2_function.function[each.key].service_config[0].uri

    oidc_token {
      service_account_email = google_service_account.push.email
      audience              = google_cloudfunctions2_function.function[each.key].service_config[0].uri
    }
  }

  retry_policy {
    minimum_backoff = "${each.value.event.retry.min}s"
    maximum_backoff = "${each.value.event.retry.max}s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.topic[local.working_topics[each.value.event.topic]].id
    max_delivery_attempts = each.value.event.retry.attempts
  }

  expiration_policy {
    ttl = "" # never
  }

  lifecycle {
    precondition {
      condition     = length(local._filters[each.key]) <= 256
      error_message = "${each.key} takes more types than a filter has room for (256 bytes): write the whole family, such as report.*."
    }
  }

  depends_on = [google_cloud_run_v2_service_iam_member.push]
}

resource "google_service_account_iam_member" "signs_pushes" {
  service_account_id = google_service_account.push.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local._pubsub
}

resource "google_pubsub_topic_iam_member" "dead_letter" {
  for_each = local.dead_letters

  topic  = google_pubsub_topic.topic[each.key].name
  role   = "roles/pubsub.publisher"
  member = local._pubsub
}

# Moving a message to the dead letter takes it off the subscription.
resource "google_pubsub_subscription_iam_member" "dead_letter" {
  for_each = local.consumers

  subscription = google_pubsub_subscription.push[each.key].name
  role         = "roles/pubsub.subscriber"
  member       = local._pubsub
}
