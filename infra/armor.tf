locals {
  # How many posts a minute from one address. An office of many officers is one address, too.
  _doors = {
    everybody = var.posts_per_minute
    known     = 600
  }

  # What looks for holes names itself: it is refused anywhere.
  _refused = ["scannerdetection-v33-stable"]
  # Only where nobody writes, because prose trips these rules: to protocolattack a line that ends in "post office" is an
  # attack. None for SQL: nothing here speaks it, and an officer may search for "select" and "having".
  _refused_in_reads = ["protocolattack-v33-stable", "xss-v33-stable", "lfi-v33-stable", "rfi-v33-stable", "rce-v33-stable"]

  _refusals = concat(
    [for set in local._refused : "evaluatePreconfiguredWaf('${set}', {'sensitivity': 1})"],
    [for set in local._refused_in_reads : "request.method == 'GET' && evaluatePreconfiguredWaf('${set}', {'sensitivity': 1})"],
  )
}

resource "google_compute_region_security_policy" "door" {
  for_each = local._doors

  name   = "door-${each.key}"
  region = var.location
  type   = "CLOUD_ARMOR"

  dynamic "rules" {
    for_each = local._refusals
    content {
      priority    = 100 + rules.key
      action      = "deny(403)"
      description = "Known attacks"
      match {
        expr {
          expression = rules.value
        }
      }
    }
  }

  rules {
    priority    = 1000
    action      = "throttle"
    description = "Posts from one address"
    match {
      expr {
        expression = "request.method == 'POST'"
      }
    }
    rate_limit_options {
      enforce_on_key = "IP"
      conform_action = "allow"
      exceed_action  = "deny(429)"
      rate_limit_threshold {
        count        = each.value
        interval_sec = 60
      }
    }
  }

  rules {
    priority    = 2000
    action      = "throttle"
    description = "Anything from one address"
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
    rate_limit_options {
      enforce_on_key = "IP"
      conform_action = "allow"
      exceed_action  = "deny(429)"
      rate_limit_threshold {
        count        = 1200
        interval_sec = 60
      }
    }
  }

  # The platform wants its last rule spelled out.
  rules {
    priority    = 2147483647
    action      = "allow"
    description = "Everything else"
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}
