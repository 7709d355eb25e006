variable "answered" {
  description = "Whether the region was deployed with this module's output `mail`: only then the desk answers SNS."
  type        = bool
  default     = false
}

variable "aws_region" {
  description = "Where mail and messages are handed over."
  type        = string
  default     = "ap-southeast-3"

  validation {
    condition     = can(regex("^[a-z]{2}-[a-z]+-[0-9]$", var.aws_region))
    error_message = "aws_region is a region of AWS, such as ap-southeast-3 (Jakarta)."
  }
}

variable "domain" {
  description = "The desk's host name: its mail comes from there, and SNS calls it back there."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain))
    error_message = "domain is a host name in lower case, such as lapor.badungkab.go.id."
  }
}

variable "feedback_path" {
  description = "The path of functions.yaml that takes deliveries and bounces."
  type        = string
  default     = "/api/deliveries"

  validation {
    condition     = startswith(var.feedback_path, "/")
    error_message = "feedback_path is a path of infra/functions.yaml and starts with a slash."
  }
}

variable "identity" {
  description = "The unique id of send_notice's service account: `terraform output identities` in infra shows it."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{18,24}$", var.identity))
    error_message = "identity is the long number of the service account, not its e-mail address."
  }
}

variable "region" {
  description = "The desk's region, as its file in infra/regions is called."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", var.region))
    error_message = "region is the name of a file in infra/regions without .yaml."
  }
}
