variable "mail" {
  description = "Amazon SES and SNS, as infra/aws put them up; null until that is done. Nothing here is secret."
  type = object({
    region            = string
    role              = string
    sender            = string
    sms_sender        = string
    configuration_set = string
    feedback_topic    = string
  })
  default = null

  validation {
    condition     = var.mail == null || can(regex("^arn:aws:iam::[0-9]{12}:role/", var.mail.role))
    error_message = "mail.role is the ARN of the IAM role that infra/aws shows as its output; a static key is never used."
  }

  validation {
    condition     = var.mail == null || can(regex("^arn:aws:sns:", var.mail.feedback_topic))
    error_message = "mail.feedback_topic is the ARN of the SNS topic that infra/aws shows as its output."
  }
}

locals {
  # Without mail a region works, and its notices wait to be sent.
  mail = {
    AWS_AUDIENCE          = "tanggap-${var.region}" # what infra/aws trusts
    AWS_REGION            = try(var.mail.region, "")
    AWS_ROLE_ARN          = try(var.mail.role, "")
    SENDER                = try(var.mail.sender, "")
    SES_CONFIGURATION_SET = try(var.mail.configuration_set, "")
    SMS_SENDER_ID         = try(var.mail.sms_sender, "")
    SNS_TOPIC_ARN         = try(var.mail.feedback_topic, "")
  }
}
