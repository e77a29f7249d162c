import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { routes } from '../../contract/routes.ts'
import { type MetricName, metricNamespace } from '../../lambdas/runtime/metric-names.ts'
import type { Everything } from './watched.ts'

/** A flood on a public route is throttled and hurts no customer, so it does not count. */
const notPublic = routes
  .filter(({ scope }) => scope === null)
  .map(({ method, path }) => ` && $.route != "${method} ${path}"`)
  .join('')

const patterns: readonly (readonly [MetricName, string])[] = [
  ['Unauthorized', '{ $.status = "401" }'],
  ['Throttled', `{ $.status = "429"${notPublic} }`],
]

/** Counts answers 401 and 429 from the access log: API Gateway gives them itself, before any function runs. */
export function countRefused(scope: Construct, { accessLogs }: Everything, stage: string): void {
  for (const { resource, name } of accessLogs)
    for (const [metricName, filterPattern] of patterns)
      new CfnMetricFilter(scope, `${metricName}${name}`, {
        logGroupName: resource.ref,
        filterPattern,
        metricTransformations: [
          { metricNamespace: metricNamespace(stage), metricName, metricValue: '1', defaultValue: 0 },
        ],
      })
}
