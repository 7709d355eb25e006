# Who may call a function. The load balancer signs nothing, so what lies behind it is open to it:
# ingress lets nobody else in, and the code checks receipts, tokens and signatures.
resource "google_cloud_run_v2_service_iam_member" "everybody" {
  for_each = local.at_the_front_door

  name     = google_cloudfunctions2_function.function[each.key].name
  location = var.location
  role     = "roles/run.invoker"
  member   = "allUsers"
}

resource "google_cloud_run_v2_service_iam_member" "push" {
  for_each = local.consumers

  name     = google_cloudfunctions2_function.function[each.key].name
  location = var.location
  role     = "roles/run.invoker"
  member   = google_service_account.push.member
}

resource "google_cloud_run_v2_service_iam_member" "scheduler" {
  for_each = local.sweeps

  name     = google_cloudfunctions2_function.function[each.key].name
  location = var.location
  role     = "roles/run.invoker"
  member   = google_service_account.scheduler.member
}
