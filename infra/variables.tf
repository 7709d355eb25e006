variable "alarm_emails" {
  description = "Who is told when an alarm rings: at least one address that somebody reads at night."
  type        = list(string)

  validation {
    condition     = length(var.alarm_emails) > 0 && alltrue([for each in var.alarm_emails : can(regex("^\\S+@\\S+$", each))])
    error_message = "alarm_emails needs at least one e-mail address; without it an alarm rings unheard."
  }
}

variable "archive" {
  description = "What `make package` built."
  type        = string
  default     = "../build/tanggap.zip"

  validation {
    condition     = can(filesha256(var.archive))
    error_message = "There is no archive at this path; build it first with `make package`."
  }
}

variable "database" {
  description = "The database after a restore (docs/operating.md); normally tanggap-<region>."
  type        = string
  default     = null

  validation {
    condition     = var.database == null || can(regex("^[a-z][a-z0-9-]{2,61}[a-z0-9]$", var.database))
    error_message = "database is 4 to 63 small letters, digits and hyphens, beginning with a letter."
  }
}

variable "domain" {
  description = "The host name under which people reach the desk."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain))
    error_message = "domain is a host name in lower case, such as lapor.badungkab.go.id: no https://, no path."
  }
}

variable "location" {
  description = "Where everything is kept and runs."
  type        = string
  default     = "asia-southeast2"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.location))
    error_message = "location is one single place, such as asia-southeast2 (Jakarta): in a multi-region the reports could leave the country."
  }
}

variable "posts_per_minute" {
  description = "How many posts the front door takes from one address within a minute, over all instances."
  type        = number
  default     = 60

  validation {
    condition     = var.posts_per_minute >= 10 && var.posts_per_minute <= 600
    error_message = "posts_per_minute lies between 10 (a village office shares one address) and 600."
  }
}

variable "project" {
  description = "The Google Cloud project of this region alone."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "project is a project id (6 to 30 letters, digits and hyphens), not its number or display name."
  }
}

variable "region" {
  description = "The file of the region: regions/<region>.yaml."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", var.region)) && var.region != "contoh"
    error_message = "region names a file in infra/regions without .yaml; contoh is invented and never deployed."
  }
}

variable "reports_per_minute" {
  description = "How many posts one instance takes from one address within a minute."
  type        = number
  default     = 20

  validation {
    condition     = var.reports_per_minute >= 1
    error_message = "reports_per_minute is at least 1, or nobody can file a report."
  }
}

variable "runbook" {
  description = "Where docs/operating.md is read; every alarm links to its section there."
  type        = string

  validation {
    condition     = startswith(var.runbook, "https://") && !strcontains(var.runbook, "#")
    error_message = "runbook is the https:// address of docs/operating.md, without a #section."
  }
}

variable "settings" {
  description = "Values of manifest variables that are not known from elsewhere."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.settings) : can(regex("^[A-Z]+(_[A-Z]+)*$", name))])
    error_message = "settings are named as in the `environment` of functions.yaml: capitals and underscores."
  }
}

variable "token_audience" {
  description = "The audience that an officer's token must name."
  type        = string

  validation {
    condition     = length(var.token_audience) > 0
    error_message = "token_audience must not be empty, or any token of the issuer would do."
  }
}

variable "token_issuer" {
  description = "Who signs the officers in (OIDC)."
  type        = string

  validation {
    condition     = startswith(var.token_issuer, "https://")
    error_message = "token_issuer is the https:// address that the tokens name as iss."
  }
}
