resource "google_cloudfunctions2_function" "function" {
  for_each = local.functions

  name        = each.value.service
  location    = var.location
  description = each.value.about

  build_config {
    runtime           = "python311" # what the tests run on
    entry_point       = each.key
    docker_repository = "projects/${var.project}/locations/${var.location}/repositories/functions"
    service_account   = "projects/${var.project}/serviceAccounts/builder@${var.project}.iam.gserviceaccount.com"

    source {
      storage_source {
        bucket = google_storage_bucket.archives.name
        object = google_storage_bucket_object.archive.name
      }
    }
  }

  service_config {
    service_account_email            = google_service_account.function[each.key].email
    available_memory                 = each.value.memory
    available_cpu                    = "1" # less would allow one request at a time only
    max_instance_count               = each.value.max_instances
    max_instance_request_concurrency = each.value.threads
    timeout_seconds                  = each.value.timeout
    ingress_settings                 = each.value.http == null ? "ALLOW_INTERNAL_ONLY" : "ALLOW_INTERNAL_AND_GCLB"
    all_traffic_on_latest_revision   = true
    environment_variables            = merge(local.environment, { THREADS = tostring(each.value.threads) })

    dynamic "secret_environment_variables" {
      for_each = toset(each.value.secrets)
      content {
        key        = local.manifest.secrets[secret_environment_variables.value].variable
        project_id = var.project
        secret     = secret_environment_variables.value
        version    = "latest"
      }
    }
  }

  lifecycle {
    precondition {
      condition     = length(local.unset) == 0
      error_message = "functions.yaml wants ${join(", ", local.unset)}: give a value in `settings` of regions/${var.region}.tfvars."
    }
  }

  # A function that may not read its keys yet would fail its first start.
  depends_on = [google_secret_manager_secret_iam_member.reader]
}
