resource "google_pubsub_topic" "topic" {
  for_each = local.manifest.topics

  name = each.key

  # A subscription that had to be made anew can be set back to before that (docs/operating.md).
  message_retention_duration = "604800s" # 7 days

  message_storage_policy {
    allowed_persistence_regions = [var.location]
    # Where Cloud Storage publishes from is its own affair: what it would be refused for is a lost upload.
    enforce_in_transit = !contains([for bucket in local.buckets : bucket.notifies.topic], each.key)
  }
}

# Without a subscription a topic forgets: what failed waits here until somebody looks.
resource "google_pubsub_subscription" "dead_letter" {
  for_each = local.dead_letters

  name                       = each.key
  topic                      = google_pubsub_topic.topic[each.key].id
  ack_deadline_seconds       = 60
  message_retention_duration = "2678400s" # 31 days, the longest there is

  expiration_policy {
    ttl = "" # never
  }
}
