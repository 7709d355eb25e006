# Each function is somebody of its own and may do what its manifest entry says, no more.
resource "google_service_account" "function" {
  for_each = local.functions

  account_id   = each.value.service
  display_name = each.value.service
  description  = each.value.about
}

# Who brings events; who calls on a schedule. No function is either of them.
resource "google_service_account" "push" {
  account_id   = "pubsub-push"
  display_name = "Pub/Sub pushes events to functions"
}

resource "google_service_account" "scheduler" {
  account_id   = "scheduler"
  display_name = "Cloud Scheduler calls functions"
}

locals {
  # What publishes nothing, keeps no key and is set off by no event or schedule only looks things up.
  _readers = toset([
    for name, each in local.at_the_front_door : name if length(each.publishes) + length(each.secrets) == 0
  ])

  _publishing = merge([
    for name, each in local.functions : {
      for topic in each.publishes : "${name}/${topic}" => { function = name, topic = topic }
    }
  ]...)
  _reading = merge([
    for name, each in local.functions : {
      for secret in each.secrets : "${name}/${secret}" => { function = name, secret = secret }
    }
  ]...)
}

resource "google_project_iam_member" "store" {
  for_each = local.functions

  project = var.project
  role    = contains(local._readers, each.key) ? "roles/datastore.viewer" : "roles/datastore.user"
  member  = google_service_account.function[each.key].member

  condition {
    title      = "${var.region} only"
    expression = "resource.name == \"projects/${var.project}/databases/${local.database}\""
  }
}

resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = local._publishing

  topic  = google_pubsub_topic.topic[each.value.topic].name
  role   = "roles/pubsub.publisher"
  member = google_service_account.function[each.value.function].member
}

# The secrets themselves are made in infra/project: they outlive any region's state.
resource "google_secret_manager_secret_iam_member" "reader" {
  for_each = local._reading

  secret_id = each.value.secret
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.function[each.value.function].member
}
