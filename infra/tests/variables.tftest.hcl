# What an operator may get wrong in a region's .tfvars, and that Terraform says so before it does anything.
mock_provider "google" {}

variables {
  region         = "badung"
  project        = "tanggap-badung"
  domain         = "lapor.badungkab.go.id"
  archive        = "functions.yaml" # any file
  token_issuer   = "https://masuk.badungkab.go.id"
  token_audience = "tanggap-badung"
  alarm_emails   = ["tanggap@badung.example"]
  runbook        = "https://tanggap.example/docs/operating.md"
}

run "as_it_should_be" {
  command = plan

  assert {
    condition     = google_firestore_database.reports.location_id == "asia-southeast2"
    error_message = "Without a word about it everything is kept in Jakarta."
  }
}

run "the_invented_region" {
  command = plan
  variables {
    region = "contoh"
  }
  expect_failures = [var.region]
}

run "a_multi_region" {
  command = plan
  variables {
    location = "asia"
  }
  expect_failures = [var.location]
}

run "a_domain_with_https" {
  command = plan
  variables {
    domain = "https://lapor.badungkab.go.id"
  }
  expect_failures = [var.domain]
}

run "alarms_that_nobody_hears" {
  command = plan
  variables {
    alarm_emails = []
  }
  expect_failures = [var.alarm_emails]
}

run "an_archive_that_is_not_built" {
  command = plan
  variables {
    archive = "nowhere.zip"
  }
  expect_failures = [var.archive]
}

run "a_project_number" {
  command = plan
  variables {
    project = "123456789012"
  }
  expect_failures = [var.project]
}

run "an_issuer_without_https" {
  command = plan
  variables {
    token_issuer = "masuk.badungkab.go.id"
  }
  expect_failures = [var.token_issuer]
}

run "a_static_key_instead_of_a_role" {
  command = plan
  variables {
    mail = {
      region            = "ap-southeast-3"
      role              = "AKIAIOSFODNN7EXAMPLE"
      sender            = "Tanggap <jangan-dibalas@lapor.badungkab.go.id>"
      sms_sender        = "TANGGAP"
      configuration_set = "tanggap-badung"
      feedback_topic    = "arn:aws:sns:ap-southeast-3:123456789012:tanggap-badung-feedback"
    }
  }
  expect_failures = [var.mail]
}

run "a_setting_in_small_letters" {
  command = plan
  variables {
    settings = { sender = "x" }
  }
  expect_failures = [var.settings]
}
