import type { Instant } from '../../core/time/time.ts'
import { type MetricDimension, type MetricName, type MetricPlan, metricNames } from './metric-names.ts'

export type Dimensions = Readonly<Partial<Record<MetricDimension, string>>>

/** Values of one metric in one line, as the format allows. */
export const valuesMax = 100

/** What one line of CloudWatch's embedded metric format can hold: each name and each dimension has one meaning in it. */
export interface MetricLine {
  readonly dimensions: Map<string, string>
  readonly values: Map<MetricName, { values: number[]; of: Dimensions }>
}

export const emptyLine = (): MetricLine => ({ dimensions: new Map(), values: new Map() })

/** Whether a value may be said in this line, beside what it says already. */
export function fits({ dimensions, values }: MetricLine, name: MetricName, of: Dimensions): boolean {
  const known = values.get(name)
  if (known !== undefined) return sameText(known.of) === sameText(of)
  return Object.entries(of).every(([key, value]) => (dimensions.get(key) ?? value) === value)
}

/** Adds a value: counts are summed up, spans are kept one by one so that percentiles can be taken. */
export function addTo(line: MetricLine, name: MetricName, value: number, of: Dimensions): void {
  const known = line.values.get(name)
  if (known === undefined) {
    line.values.set(name, { values: [value], of })
    for (const [key, text] of Object.entries(of)) line.dimensions.set(key, text)
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

const sameText = (of: Dimensions): string => JSON.stringify(Object.entries(of).sort())
