resource "aws_sns_topic" "feedback" {
  name              = "tanggap-${var.region}-feedback"
  signature_version = 2
}

data "aws_caller_identity" "this" {}

# SES of this account alone writes here.
resource "aws_sns_topic_policy" "feedback" {
  arn = aws_sns_topic.feedback.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ses.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.feedback.arn
      Condition = { StringEquals = { "AWS:SourceAccount" = data.aws_caller_identity.this.account_id } }
    }]
  })
}

# The function confirms it by itself, once the region was deployed with this topic in its `mail`; before, it refuses it.
resource "aws_sns_topic_subscription" "feedback" {
  count = var.answered ? 1 : 0

  topic_arn              = aws_sns_topic.feedback.arn
  protocol               = "https"
  endpoint               = "https://${var.domain}${var.feedback_path}"
  endpoint_auto_confirms = true
}
