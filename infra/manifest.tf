# functions.yaml and the region's file as values. Every name elsewhere comes from here.
locals {
  manifest = yamldecode(file("${path.module}/functions.yaml"))
  place    = yamldecode(file("${path.module}/regions/${var.region}.yaml"))

  functions = {
    for name, written in local.manifest.functions : name => merge(
      { http = null, event = null, schedule = null },
      written,
      { service = replace(name, "_", "-") },
    )
  }

  at_the_front_door = { for name, each in local.functions : name => each if each.http != null }
  consumers         = { for name, each in local.functions : name => each if each.event != null }
  scheduled         = { for name, each in local.functions : name => each if each.schedule != null }

  # What is called on a schedule, and what finds its tick among its events.
  sweeps = { for name, each in local.scheduled : name => each if each.event == null }
  ticks  = { for name, each in local.scheduled : name => each if each.event != null }

  # A topic that keeps what failed has none of its own.
  working_topics = { for name, each in local.manifest.topics : name => each.dead_letter if can(each.dead_letter) }
  dead_letters   = toset(values(local.working_topics))
}

# What every function finds in its environment: the manifest's names, and nothing else.
locals {
  # report-events is EVENTS_TOPIC, notices is NOTICES_TOPIC.
  _topics = {
    for name in keys(local.working_topics) : "${upper(reverse(split("-", name))[0])}_TOPIC" => name
  }
  _known = merge(var.settings, local._topics, local.bucket_names, {
    GOOGLE_CLOUD_PROJECT = var.project
    FIRESTORE_DATABASE   = local.database
    PUBLIC_URL           = "https://${var.domain}"
    REPORTS_PER_MINUTE   = tostring(var.reports_per_minute)
    TOKEN_AUDIENCE       = var.token_audience
    TOKEN_ISSUER         = var.token_issuer
  }, local.mail)

  environment = {
    for name in keys(local.manifest.environment) : name => local._known[name] if contains(keys(local._known), name)
  }
  unset = setsubtract(keys(local.manifest.environment), keys(local.environment))
}
