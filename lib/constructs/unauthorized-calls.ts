import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { type MetricName, metricNamespace } from '../../lambdas/runtime/metric-names.ts'
import type { Everything } from './watched.ts'

const metricName: MetricName = 'Unauthorized'

/** Counts answers 401 from the access log: API Gateway checks tokens itself, and no function hears of a bad one. */
export function countUnauthorized(scope: Construct, { accessLogs }: Everything, stage: string): void {
  for (const { resource, name } of accessLogs)
    new CfnMetricFilter(scope, `Unauthorized${name}`, {
      logGroupName: resource.ref,
      filterPattern: '{ $.status = "401" }',
      metricTransformations: [
        { metricNamespace: metricNamespace(stage), metricName, metricValue: '1', defaultValue: 0 },
      ],
    })
}
