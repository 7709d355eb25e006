# One bucket holds the state of every region; `init` is told which part of it (docs/operating.md).
terraform {
  backend "gcs" {}
}
