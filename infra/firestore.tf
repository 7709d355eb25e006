locals {
  database = coalesce(var.database, "tanggap-${var.region}")

  _exempt = [for each in local.manifest.firestore.exemptions : "${each.collection}/${each.field}"]
  _ending = [for each in local.manifest.firestore.ttl : "${each.collection}/${each.field}"]
  _fields = {
    for key in setunion(local._exempt, local._ending) : key => {
      collection = split("/", key)[0]
      field      = split("/", key)[1]
      exempt     = contains(local._exempt, key)
      ending     = contains(local._ending, key)
    }
  }

  _indexes = {
    for each in local.manifest.firestore.indexes :
    "${each.collection}/${join("+", [for part in each.fields : "${part.path}:${try(part.order, "contains")}"])}${can(each.scope) ? "/group" : ""}" => each
  }
}

resource "google_firestore_database" "reports" {
  name                              = local.database
  location_id                       = var.location
  type                              = "FIRESTORE_NATIVE"
  concurrency_mode                  = "OPTIMISTIC"
  app_engine_integration_mode       = "DISABLED"
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED" # any minute of the last 7 days
  delete_protection_state           = "DELETE_PROTECTION_ENABLED"
  deletion_policy                   = "PREVENT"

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_firestore_backup_schedule" "daily" {
  database  = google_firestore_database.reports.name
  retention = "2592000s" # 30 days

  daily_recurrence {}
}

resource "google_firestore_index" "index" {
  for_each = local._indexes

  database    = google_firestore_database.reports.name
  collection  = each.value.collection
  query_scope = can(each.value.scope) ? "COLLECTION_GROUP" : "COLLECTION"

  dynamic "fields" {
    for_each = each.value.fields
    content {
      field_path   = fields.value.path
      order        = can(fields.value.order) ? upper(fields.value.order) : null
      array_config = can(fields.value.contains) ? "CONTAINS" : null
    }
  }
}

resource "google_firestore_field" "field" {
  for_each = local._fields

  database   = google_firestore_database.reports.name
  collection = each.value.collection
  field      = each.value.field

  # Empty: no index of its own.
  dynamic "index_config" {
    for_each = each.value.exempt ? [true] : []
    content {}
  }

  # Empty: the time in the field is the end.
  dynamic "ttl_config" {
    for_each = each.value.ending ? [true] : []
    content {}
  }
}
