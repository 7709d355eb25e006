# The load balancer's own machines stand in the region, so that reports pass through nowhere else.
resource "google_compute_network" "front_door" {
  name                    = "front-door"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "front_door" {
  name          = "front-door"
  network       = google_compute_network.front_door.id
  region        = var.location
  ip_cidr_range = "10.100.0.0/24"
  purpose       = "REGIONAL_MANAGED_PROXY"
  role          = "ACTIVE"
}

resource "google_compute_address" "front_door" {
  name         = "front-door"
  region       = var.location
  address_type = "EXTERNAL"
  network_tier = "PREMIUM"
}
