resource "google_compute_region_network_endpoint_group" "function" {
  for_each = local.at_the_front_door

  name                  = each.value.service
  region                = var.location
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = google_cloudfunctions2_function.function[each.key].name
  }
}

resource "google_compute_region_backend_service" "function" {
  for_each = local.at_the_front_door

  name                  = each.value.service
  region                = var.location
  load_balancing_scheme = "EXTERNAL_MANAGED"
  protocol              = "HTTPS"
  security_policy       = google_compute_region_security_policy.door[can(each.value.http.public) ? "everybody" : "known"].self_link

  backend {
    group           = google_compute_region_network_endpoint_group.function[each.key].id
    balancing_mode  = "UTILIZATION"
    capacity_scaler = 1
  }

  # Its log would name the address of everybody who reads or files a report.
  log_config {
    enable = false
  }
}

locals {
  # Every function answers an unknown path with 404; the pages do it most kindly.
  _paths   = merge([for name, each in local.at_the_front_door : { for path in each.http.paths : path => name }]...)
  _default = google_compute_region_backend_service.function[lookup(local._paths, "/", local._paths["/health"])].id
}

resource "google_compute_region_url_map" "paths" {
  name            = "paths"
  region          = var.location
  default_service = local._default

  host_rule {
    hosts        = [var.domain]
    path_matcher = "manifest"
  }

  path_matcher {
    name            = "manifest"
    default_service = local._default

    dynamic "path_rule" {
      for_each = local.at_the_front_door
      content {
        paths   = path_rule.value.http.paths
        service = google_compute_region_backend_service.function[path_rule.key].id
      }
    }
  }
}

resource "google_compute_region_target_https_proxy" "https" {
  name                             = "https"
  region                           = var.location
  url_map                          = google_compute_region_url_map.paths.id
  certificate_manager_certificates = [google_certificate_manager_certificate.domain.id]
  ssl_policy                       = google_compute_region_ssl_policy.modern.id
}

resource "google_compute_forwarding_rule" "https" {
  name                  = "https"
  region                = var.location
  load_balancing_scheme = "EXTERNAL_MANAGED"
  network               = google_compute_network.front_door.id
  network_tier          = "PREMIUM"
  ip_address            = google_compute_address.front_door.id
  ip_protocol           = "TCP"
  port_range            = "443"
  target                = google_compute_region_target_https_proxy.https.id

  depends_on = [google_compute_subnetwork.front_door]
}

# Whoever types the name without https is sent there.
resource "google_compute_region_url_map" "to_https" {
  name   = "to-https"
  region = var.location

  default_url_redirect {
    https_redirect         = true
    redirect_response_code = "MOVED_PERMANENTLY_DEFAULT"
    strip_query            = false
  }
}

resource "google_compute_region_target_http_proxy" "http" {
  name    = "http"
  region  = var.location
  url_map = google_compute_region_url_map.to_https.id
}

resource "google_compute_forwarding_rule" "http" {
  name                  = "http"
  region                = var.location
  load_balancing_scheme = "EXTERNAL_MANAGED"
  network               = google_compute_network.front_door.id
  network_tier          = "PREMIUM"
  ip_address            = google_compute_address.front_door.id
  ip_protocol           = "TCP"
  port_range            = "80"
  target                = google_compute_region_target_http_proxy.http.id

  depends_on = [google_compute_subnetwork.front_door]
}
