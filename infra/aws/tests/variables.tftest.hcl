mock_provider "aws" {}

variables {
  region   = "badung"
  domain   = "lapor.badungkab.go.id"
  identity = "123456789012345678901"
}

run "as_it_should_be" {
  command = plan
}

run "an_address_instead_of_the_number" {
  command = plan
  variables {
    identity = "send-notice@tanggap-badung.iam.gserviceaccount.com"
  }
  expect_failures = [var.identity]
}

run "a_path_without_its_slash" {
  command = plan
  variables {
    feedback_path = "api/deliveries"
  }
  expect_failures = [var.feedback_path]
}
