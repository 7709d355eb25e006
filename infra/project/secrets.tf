locals {
  manifest = yamldecode(file("${path.module}/../functions.yaml"))
}

# The places for the keys; their values never pass through Terraform or its state. They outlive the region's
# own state: without them nobody can open what was sealed, not even in a backup.
resource "google_secret_manager_secret" "key" {
  for_each = local.manifest.secrets

  secret_id           = each.key
  annotations         = { about = each.value.about }
  deletion_protection = true
  version_destroy_ttl = "2592000s" # a destroyed version can be brought back for 30 days

  replication {
    user_managed {
      replicas {
        location = var.location
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [google_project_service.service]
}
