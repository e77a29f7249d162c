import { Duration } from 'aws-cdk-lib'
import { GraphWidget, type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { type MetricDimension, type MetricName, metricNamespace } from '../../lambdas/runtime/metric-names.ts'

const period = Duration.minutes(5)

/** A third of a row. */
export function graph(title: string, left: readonly IMetric[], isStacked = false): GraphWidget {
  return new GraphWidget({ title, left: [...left], stacked: isStacked, width: 8, height: 6 })
}

/** One of our own metrics, in total. */
export function own(stage: string, metricName: MetricName, statistic = 'Sum'): Metric {
  return new Metric({ namespace: metricNamespace(stage), metricName, statistic, period })
}

/** One of our own metrics by each value of a dimension, whichever values there are. */
export function ownBy(
  stage: string,
  metricName: MetricName,
  dimension: MetricDimension,
  statistic = 'Sum',
): IMetric {
  return search(`{${metricNamespace(stage)},${dimension}} MetricName="${metricName}"`, statistic)
}

/** What CloudWatch finds when the dashboard is opened. */
export function search(what: string, statistic: string): IMetric {
  const expression = `SEARCH('${what}', '${statistic}', ${period.toSeconds()})`
  return new MathExpression({ expression, usingMetrics: {}, label: '', period })
}

/** One of AWS's metrics of one resource. */
export function aws(
  namespace: string,
  metricName: string,
  dimensionsMap: Record<string, string>,
  more: { readonly statistic?: string; readonly label?: string } = {},
): Metric {
  return new Metric({ namespace, metricName, dimensionsMap, statistic: 'Sum', period, ...more })
}
