terraform {
  required_version = ">= 1.5"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 8.7"
    }
  }
}

provider "google" {
  project               = var.project
  region                = var.location
  user_project_override = true # budgets are counted on the project, not on the caller
  billing_project       = var.project
}
