locals {
  # Two columns, in the order in which one looks: do people get answers, does the work go on.
  _charts = [
    { title = "Requests by answer", filter = local._requests, aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = "metric.label.response_code_class" },
    { title = "Time of 95 % of the answers", filter = local._latencies, aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX", by = "resource.label.service_name" },
    { title = "Oldest waiting event", filter = local._above.events-waiting.filter, aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = "resource.label.subscription_id" },
    { title = "Dead letters", filter = local._above.dead-letters.filter, aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = "resource.label.subscription_id" },
    { title = "Oldest unpublished event", filter = local._above.outbox-age.filter, aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX", by = "resource.label.project_id" },
    { title = "Runs of schedules", filter = "${local._jobs} AND ${local._user}/${google_logging_metric.count["schedules-run"].name}\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = "metric.label.job" },
    { title = "Notices that failed", filter = local._above.notices-failed.filter, aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = "resource.label.service_name" },
    { title = "Instances", filter = "${local._run} AND metric.type = \"run.googleapis.com/container/instance_count\"", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = "resource.label.service_name" },
  ]
}

resource "google_monitoring_dashboard" "desk" {
  dashboard_json = jsonencode({
    displayName = "Tanggap ${local.place.name_en}"
    gridLayout = {
      columns = "2"
      widgets = [
        for chart in local._charts : {
          title = chart.title
          xyChart = {
            dataSets = [{
              plotType = "LINE"
              timeSeriesQuery = {
                timeSeriesFilter = {
                  filter = chart.filter
                  aggregation = {
                    alignmentPeriod    = "300s"
                    perSeriesAligner   = chart.aligner
                    crossSeriesReducer = chart.reducer
                    groupByFields      = [chart.by]
                  }
                }
              }
            }]
          }
        }
      ]
    }
  })
}
