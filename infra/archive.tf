resource "google_storage_bucket" "archives" {
  name     = "${var.project}-archives"
  location = var.location

  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  versioning {
    enabled = true
  }

  # Long enough to go back to any release of the last quarter.
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      days_since_noncurrent_time = 90
    }
  }
}

# Named by its content: the same archive deploys nothing, another one deploys every function.
resource "google_storage_bucket_object" "archive" {
  name   = "tanggap-${filesha256(var.archive)}.zip"
  bucket = google_storage_bucket.archives.name
  source = var.archive

  # The functions let go of the old one only when they run the new one.
  lifecycle {
    create_before_destroy = true
  }
}
