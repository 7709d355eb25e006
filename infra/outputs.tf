output "address" {
  description = "Where the A record of the domain points."
  value       = google_compute_address.front_door.address
}

output "archive" {
  description = "What runs now, as the bucket keeps it for ninety days after the next release: the way back."
  value = {
    bucket     = google_storage_bucket.archives.name
    name       = google_storage_bucket_object.archive.name
    generation = google_storage_bucket_object.archive.generation
  }
}

output "dns_record" {
  description = "The record by which Google sees that the domain is yours; the certificate waits for it."
  value       = google_certificate_manager_dns_authorization.domain.dns_resource_record
}

output "environment" {
  description = "What every function finds in its environment."
  value       = local.environment
}

output "identities" {
  description = "Unique id of each function's service account; infra/aws trusts the one of send_notice."
  value       = { for name, each in google_service_account.function : name => each.unique_id }
}

output "next" {
  description = "What to type next, in this order."
  value = {
    seed  = "python -m infra.commands.seed ${var.region} --dry-run"
    see   = "make smoke REGION=${var.region}"
    first = "python -m infra.commands.first_officer ${var.region} EMAIL NAME"
    watch = "gcloud monitoring dashboards list --project=${var.project} --filter='displayName:Tanggap'"
  }
}
