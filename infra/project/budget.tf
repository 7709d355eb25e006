# A new project cannot even be asked for its number before its services are switched on.
data "google_project" "this" {
  project_id = var.project

  depends_on = [google_project_service.service]
}

# Billing administrators are told at half, at nine tenths and when the month is forecast to cost more.
resource "google_billing_budget" "month" {
  billing_account = var.billing_account
  display_name    = "Tanggap ${var.project}"

  budget_filter {
    projects        = ["projects/${data.google_project.this.number}"]
    calendar_period = "MONTH"
  }

  amount {
    specified_amount {
      units = tostring(var.budget)
    }
  }

  threshold_rules {
    threshold_percent = 0.5
  }

  threshold_rules {
    threshold_percent = 0.9
  }

  threshold_rules {
    threshold_percent = 1.0
    spend_basis       = "FORECASTED_SPEND"
  }

  depends_on = [google_project_service.service]
}
