mock_provider "google" {}

variables {
  project         = "tanggap-badung"
  billing_account = "01ABCD-23EF45-678901"
  budget          = 2500000
}

run "as_it_should_be" {
  command = plan
}

run "a_billing_account_by_its_name" {
  command = plan
  variables {
    billing_account = "Kabupaten Badung"
  }
  expect_failures = [var.billing_account]
}

run "a_month_for_nothing" {
  command = plan
  variables {
    budget = 0
  }
  expect_failures = [var.budget]
}

run "keys_in_a_multi_region" {
  command = plan
  variables {
    location = "asia"
  }
  expect_failures = [var.location]
}
