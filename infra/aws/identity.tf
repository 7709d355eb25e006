locals {
  # What the function asks Google to make its token out to.
  audience = "tanggap-${var.region}"
}

# No key exists: the function shows the token that Google gave it, and AWS trusts Google's word for this one account.
resource "aws_iam_role" "notices" {
  name                 = "tanggap-${var.region}-notices"
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = "accounts.google.com" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "accounts.google.com:aud"  = var.identity
          "accounts.google.com:oaud" = local.audience
          "accounts.google.com:sub"  = var.identity
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "notices" {
  name = "send"
  role = aws_iam_role.notices.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Mail"
        Effect   = "Allow"
        Action   = ["ses:SendEmail", "ses:SendRawEmail"]
        Resource = [aws_sesv2_email_identity.domain.arn, aws_sesv2_configuration_set.notices.arn]
      },
      {
        Sid         = "ShortMessagesToTelephonesOnly"
        Effect      = "Allow"
        Action      = "sns:Publish"
        NotResource = "arn:aws:sns:*:*:*"
      },
    ]
  })
}
