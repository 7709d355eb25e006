variable "billing_account" {
  description = "Who pays for the project."
  type        = string

  validation {
    condition     = can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "billing_account is an id such as 01ABCD-23EF45-678901; `gcloud billing accounts list` shows it."
  }
}

variable "budget" {
  description = "What a month may cost, in whole units of the billing account's own currency."
  type        = number

  validation {
    condition     = var.budget > 0 && floor(var.budget) == var.budget
    error_message = "budget is a whole number above 0, in the currency of the billing account."
  }
}

variable "location" {
  description = "Where archives are built and keys are kept; the same as the region's."
  type        = string
  default     = "asia-southeast2"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.location))
    error_message = "location is one single place, such as asia-southeast2 (Jakarta)."
  }
}

variable "project" {
  description = "The Google Cloud project of the region alone."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "project is a project id (6 to 30 letters, digits and hyphens), not its number or display name."
  }
}
