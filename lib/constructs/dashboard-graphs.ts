import { Duration } from 'aws-cdk-lib'
import { GraphWidget, type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { type MetricDimension, type MetricName, metricNamespace } from '../../lambdas/runtime/metric-names.ts'

const period = Duration.minutes(5)

/** A graph with a third of the width of a row. */
export function graph(title: string, left: readonly IMetric[], isStacked = false): GraphWidget {
  return new GraphWidget({ title, left: [...left], stacked: isStacked, width: 8, height: 6 })
}

/** One of our metrics, without dimensions. */
export function own(stage: string, metricName: MetricName, statistic = 'Sum'): Metric {
  return new Metric({ namespace: metricNamespace(stage), metricName, statistic, period })
}

/** One of our metrics, with a line for each value of a dimension. */
export function ownBy(
  stage: string,
  metricName: MetricName,
  dimension: MetricDimension,
  statistic = 'Sum',
): IMetric {
  return search(`{${metricNamespace(stage)},${dimension}} MetricName="${metricName}"`, statistic)
}

/** Metrics that CloudWatch finds when a person opens the dashboard. */
export function search(what: string, statistic: string): IMetric {
  const expression = `SEARCH('${what}', '${statistic}', ${period.toSeconds()})`
  return new MathExpression({ expression, usingMetrics: {}, label: '', period })
}

/** An AWS metric of one resource. */
export function aws(
  namespace: string,
  metricName: string,
  dimensionsMap: Record<string, string>,
  more: { readonly statistic?: string; readonly label?: string } = {},
): Metric {
  return new Metric({ namespace, metricName, dimensionsMap, statistic: 'Sum', period, ...more })
}
