output "next" {
  description = "What to type next: each key ring gets its first version, then the region can be put up."
  value = merge(
    { for name in keys(local.manifest.secrets) : name => "gcloud secrets versions add ${name} --project=${var.project} --data-file=-" },
    { region = "terraform -chdir=infra plan -var-file=regions/REGION.tfvars" },
  )
}
