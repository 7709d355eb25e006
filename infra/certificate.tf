# Google renews it by itself as long as the DNS record of the outputs stands.
resource "google_certificate_manager_dns_authorization" "domain" {
  name     = "domain"
  location = var.location
  domain   = var.domain
  type     = "PER_PROJECT_RECORD"
}

resource "google_certificate_manager_certificate" "domain" {
  name     = "domain"
  location = var.location

  managed {
    domains            = [var.domain]
    dns_authorizations = [google_certificate_manager_dns_authorization.domain.id]
  }
}

resource "google_compute_region_ssl_policy" "modern" {
  name            = "modern"
  region          = var.location
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"
}
