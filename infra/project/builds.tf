# Where functions are built from the archive, and who builds them.
resource "google_artifact_registry_repository" "functions" {
  repository_id = "functions"
  location      = var.location
  format        = "DOCKER"
  description   = "Images of deployed functions."

  cleanup_policies {
    id     = "keep-the-last-releases"
    action = "KEEP"
    most_recent_versions {
      keep_count = 10
    }
  }

  cleanup_policies {
    id     = "forget-old-ones"
    action = "DELETE"
    condition {
      older_than = "7776000s" # 90 days
    }
  }

  depends_on = [google_project_service.service]
}

resource "google_service_account" "build" {
  account_id   = "builder"
  display_name = "Builds functions"

  depends_on = [google_project_service.service]
}

resource "google_artifact_registry_repository_iam_member" "build" {
  repository = google_artifact_registry_repository.functions.name
  location   = var.location
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.build.member
}

resource "google_project_iam_member" "build_logs" {
  project = var.project
  role    = "roles/logging.logWriter"
  member  = google_service_account.build.member
}

# Cloud Functions puts the archive into a bucket of its own making before it builds.
resource "google_project_iam_member" "build_sources" {
  project = var.project
  role    = "roles/storage.objectViewer"
  member  = google_service_account.build.member

  condition {
    title      = "sources of functions only"
    expression = "resource.name.startsWith(\"projects/_/buckets/gcf-v2-sources-\") || resource.name.startsWith(\"projects/_/buckets/${var.project}-archives\")"
  }
}
