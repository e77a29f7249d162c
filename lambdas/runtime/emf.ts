import type { Instant } from '../../core/time/time.ts'
import { type MetricDimension, type MetricName, type MetricPlan, metricNames } from './metric-names.ts'

export type Dimensions = Readonly<Partial<Record<MetricDimension, string>>>

/** The most values of one metric that the format allows in one line. */
export const valuesMax = 100

/** Contents of one line of CloudWatch's embedded metric format: each name has one set of dimensions in it, each dimension one value. */
export interface MetricLine {
  readonly dimensions: Map<string, string>
  readonly values: Map<MetricName, { values: number[]; dimensions: Dimensions }>
}

export const emptyLine = (): MetricLine => ({ dimensions: new Map(), values: new Map() })

/** True if a line can take a value without changing the meaning of its other values. */
export function fits(line: MetricLine, name: MetricName, dimensions: Dimensions): boolean {
  const known = line.values.get(name)
  if (known !== undefined) return sortedText(known.dimensions) === sortedText(dimensions)
  return Object.entries(dimensions).every(([key, value]) => (line.dimensions.get(key) ?? value) === value)
}

/** Adds a value: counts are summed, spans stay single values, so that CloudWatch can take percentiles. */
export function addTo(line: MetricLine, name: MetricName, value: number, dimensions: Dimensions): void {
  const known = line.values.get(name)
  if (known === undefined) {
    line.values.set(name, { values: [value], dimensions })
    for (const [key, text] of Object.entries(dimensions)) line.dimensions.set(key, text)
  } else if (metricNames[name].unit === 'Count') known.values[0] = (known.values[0] ?? 0) + value
  else known.values.push(value)
}

/** The line as text: one directive for each group of dimensions, then dimensions and values. */
export function toText({ dimensions, values }: MetricLine, Namespace: string, Timestamp: Instant): string {
  const directives = new Map<string, Directive>()
  for (const name of values.keys()) {
    const { by, unit: Unit }: MetricPlan = metricNames[name]
    const key = JSON.stringify(by)
    const directive = directives.get(key) ?? { Namespace, Dimensions: by, Metrics: [] }
    directives.set(key, directive)
    directive.Metrics.push({ Name: name, Unit })
  }
  const numbers = [...values].map(([name, { values: all }]) => [name, all.length === 1 ? all[0] : all])
  const _aws = { Timestamp, CloudWatchMetrics: [...directives.values()] }
  return JSON.stringify({ _aws, ...Object.fromEntries(dimensions), ...Object.fromEntries(numbers) })
}

interface Directive {
  readonly Namespace: string
  readonly Dimensions: readonly (readonly string[])[]
  readonly Metrics: { readonly Name: string; readonly Unit: string }[]
}

const sortedText = (dimensions: Dimensions): string => JSON.stringify(Object.entries(dimensions).sort())
