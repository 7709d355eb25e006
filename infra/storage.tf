locals {
  # Names are shared by all the world, a project's own id is not.
  buckets = { for name, each in local.manifest.buckets : name => merge(each, { full = "${var.project}-${name}" }) }

  # attachments is ATTACHMENTS_BUCKET.
  bucket_names = { for name, each in local.buckets : "${upper(name)}_BUCKET" => each.full }

  # Whose browsers may upload.
  _sites = {
    pages   = ["https://${var.domain}"]
    origins = local.place.origins
  }

  # Who may do what with which bucket: "submit_report/attachments/invite" and so on.
  _touching = merge([
    for name, each in local.functions : {
      for pair in setproduct(try(each.files, []), keys(local.buckets)) :
      "${name}/${pair[1]}/${pair[0]}" => { function = name, bucket = pair[1], touch = pair[0] }
    }
  ]...)
  _inviting = toset([for each in values(local._touching) : each.function if each.touch == "invite"])

  # Who invites may put new objects where they are looked at, and neither read nor replace them. Who removes reads nothing.
  _touches = {
    invite = { role = "roles/storage.objectCreator", below = { for name, each in local.buckets : name => each.notifies.prefix } }
    read   = { role = "roles/storage.objectViewer", below = { for name, each in local.buckets : name => each.keeps } }
    remove = { role = "projects/${var.project}/roles/${google_project_iam_custom_role.removes_files.role_id}", below = { for name, each in local.buckets : name => each.keeps } }
    write  = { role = "roles/storage.objectUser", below = {} }
  }
}

resource "google_storage_bucket" "files" {
  for_each = local.buckets

  name     = each.value.full
  location = var.location

  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  # What somebody had erased is gone, and at once: no older version, nothing to bring back.
  versioning {
    enabled = false
  }
  soft_delete_policy {
    retention_duration_seconds = 0
  }

  # Uploads that nobody finishes end by themselves after a week: no rule reaches those of browsers.
  dynamic "lifecycle_rule" {
    for_each = each.value.forgets
    content {
      action {
        type = "Delete"
      }
      condition {
        age            = lifecycle_rule.value.days
        matches_prefix = [lifecycle_rule.value.prefix]
      }
    }
  }

  # What a browser sends, and what its page reads of the answer: both stand in one list.
  cors {
    origin          = distinct(flatten([for group in each.value.uploads_from : local._sites[group]]))
    method          = ["POST", "PUT", "DELETE"]
    response_header = ["Content-Type", "Content-Range", "Location", "Range", "x-goog-content-length-range", "x-goog-resumable"]
    max_age_seconds = 3600
  }

  lifecycle {
    prevent_destroy = true
  }
}

# Cloud Storage itself: it tells of new objects.
data "google_storage_project_service_account" "this" {
  project = var.project
}

resource "google_pubsub_topic_iam_member" "bucket" {
  for_each = local.buckets

  topic  = google_pubsub_topic.topic[each.value.notifies.topic].name
  role   = "roles/pubsub.publisher"
  member = data.google_storage_project_service_account.this.member
}

resource "google_storage_notification" "new" {
  for_each = local.buckets

  bucket             = google_storage_bucket.files[each.key].name
  topic              = google_pubsub_topic.topic[each.value.notifies.topic].id
  payload_format     = "JSON_API_V1"
  event_types        = ["OBJECT_FINALIZE"]
  object_name_prefix = each.value.notifies.prefix
  custom_attributes  = { type = each.value.notifies.type } # subscriptions filter by it, as by all types

  # It is refused while the topic is closed to it.
  depends_on = [google_pubsub_topic_iam_member.bucket]
}

# No role of Google's removes without being able to read or to write.
resource "google_project_iam_custom_role" "removes_files" {
  role_id     = "removesFiles"
  title       = "Removes files"
  permissions = ["storage.objects.delete", "storage.objects.list"]
}

resource "google_storage_bucket_iam_member" "function" {
  for_each = local._touching

  bucket = google_storage_bucket.files[each.value.bucket].name
  role   = local._touches[each.value.touch].role
  member = google_service_account.function[each.value.function].member

  dynamic "condition" {
    for_each = [for name, prefix in local._touches[each.value.touch].below : prefix if name == each.value.bucket]
    content {
      title = "${condition.value} only"
      # Without the list a reader would be told 403 of what is not there, and nobody would find what to remove.
      expression = "${contains(["read", "remove"], each.value.touch) ? "resource.type == \"storage.googleapis.com/Bucket\" || " : ""}resource.name.startsWith(\"projects/_/buckets/${local.buckets[each.value.bucket].full}/objects/${condition.value}\")"
    }
  }
}

# An invitation is signed by the function's own account, through IAM: no key exists.
resource "google_service_account_iam_member" "signs_invitations" {
  for_each = local._inviting

  service_account_id = google_service_account.function[each.key].name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = google_service_account.function[each.key].member
}
