import { type MetricName, metricNames } from '../../lambdas/runtime/metric-names.ts'
import { metrics, sendMetricsTo } from '../../lambdas/runtime/metrics.ts'

export interface MetricWatch {
  /** Metric lines in CloudWatch's interpretation: the names of their metrics and dimensions, and all values. */
  readonly lines: { readonly dimensions: readonly string[]; readonly values: Record<string, unknown> }[]
  has(name: string): boolean
  /** The sum of a metric's values in the lines with these dimensions. */
  total(name: MetricName, dimensions?: Readonly<Record<string, string>>): number
  flush(): void
}

interface Emf {
  readonly _aws: {
    readonly Timestamp: number
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string
      readonly Dimensions: readonly (readonly string[])[]
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[]
    }[]
  }
}

/** Captures the lines of metrics from now on, and reads them by the rules of the embedded metric format. */
export function watchMetrics(): MetricWatch {
  const lines: { dimensions: string[]; values: Record<string, unknown> }[] = []
  sendMetricsTo((text) => lines.push(read(text)))
  return {
    lines,
    has: (name) => lines.some(({ values }) => name in values),
    total: (name, dimensions = {}) => {
      const meant = lines.filter(({ values }) =>
        Object.entries(dimensions).every(([key, text]) => values[key] === text),
      )
      const found = meant.flatMap(({ values }) => (values[name] ?? 0) as number | number[])
      return found.reduce((sum, value) => sum + value, 0)
    },
    flush: () => metrics.flush(),
  }
}

/**
 * Throws when a line declares a metric or a dimension without a value, or a unit that differs from the
 * metric's.
 */
function read(text: string): { dimensions: string[]; values: Record<string, unknown> } {
  const { _aws, ...values } = JSON.parse(text) as Emf & Record<string, unknown>
  if (text.includes('\n')) throw new Error('a line has an end in it')
  const dimensions = _aws.CloudWatchMetrics.flatMap((directive) => directive.Dimensions.flat())
  for (const name of dimensions)
    if (typeof values[name] !== 'string') throw new Error(`${name} has no value: ${text}`)
  for (const { Name, Unit } of _aws.CloudWatchMetrics.flatMap((directive) => directive.Metrics)) {
    if (metricNames[Name as MetricName].unit !== Unit) throw new Error(`${Name} is counted in ${Unit}`)
    const all = [values[Name]].flat()
    if (all.length > 100 || !all.every(Number.isFinite)) throw new Error(`${Name} has no number: ${text}`)
  }
  return { dimensions, values }
}
