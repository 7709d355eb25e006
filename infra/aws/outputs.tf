output "dns_records" {
  description = "CNAME records by which receivers check the mail's signature."
  value = [
    for token in aws_sesv2_email_identity.domain.dkim_signing_attributes[0].tokens : {
      name = "${token}._domainkey.${var.domain}", type = "CNAME", data = "${token}.dkim.amazonses.com"
    }
  ]
}

output "mail" {
  description = "What `mail` in infra/regions/<region>.tfvars becomes."
  value = {
    region            = var.aws_region
    role              = aws_iam_role.notices.arn
    sender            = "Tanggap <jangan-dibalas@${var.domain}>"
    sms_sender        = "TANGGAP"
    configuration_set = aws_sesv2_configuration_set.notices.configuration_set_name
    feedback_topic    = aws_sns_topic.feedback.arn
  }
}
