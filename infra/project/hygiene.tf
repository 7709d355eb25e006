# Google gives new projects an identity that may change everything; nothing here uses it.
resource "google_project_default_service_accounts" "none" {
  project        = var.project
  action         = "DEPRIVILEGE"
  restore_policy = "NONE"

  depends_on = [google_project_service.service]
}

# Who looked at a key, and who changed anything at all.
resource "google_project_iam_audit_config" "keys" {
  project = var.project
  service = "secretmanager.googleapis.com"

  dynamic "audit_log_config" {
    for_each = toset(["ADMIN_READ", "DATA_READ", "DATA_WRITE"])
    content {
      log_type = audit_log_config.value
    }
  }

  depends_on = [google_project_service.service]
}

resource "google_project_iam_audit_config" "everything" {
  project = var.project
  service = "allServices"

  audit_log_config {
    log_type = "ADMIN_READ"
  }

  depends_on = [google_project_service.service]
}
