output "next" {
  description = "What to type next: each ring gets its first key, the issuer's secret is pasted, then the region can be put up."
  value = merge(
    {
      for name in keys(local.manifest.secrets) : name => endswith(name, "-keys")
      ? "python -m infra.commands.keys REGION rotate ${name}"
      : "gcloud secrets versions add ${name} --project=${var.project} --data-file=-"
    },
    { region = "make plan REGION=REGION STATE=gs://STATE" },
  )
}
