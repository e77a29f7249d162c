/** One kind of work of one app: its frequency, meter, service, and quantity per event (base units). */
export interface Work {
  readonly appId: string
  readonly weight: number
  readonly source: string
  readonly meter: string
  readonly quantityMin: number
  readonly quantityMax: number
}

const sources = {
  automation: 'urn:aps:automation:us-east-1',
  derivative: 'urn:aps:model-derivative:us-east-1',
  derivativeAus: 'urn:aps:model-derivative:aus',
  derivativeEu: 'urn:aps:model-derivative:eu',
  flowGraph: 'urn:aps:flow-graph-engine:us-east-1',
  realityCapture: 'urn:aps:reality-capture:us-east-1',
  dataManagement: 'urn:aps:data-management:us-east-1',
}

type Row = [weight: number, source: string, meter: string, quantityMin: number, quantityMax: number]

/**
 * With these quantities, a month takes the free team beyond its limits, and costs the paying teams less than
 * the tokens and limits of the sample data.
 */
export const sampleWork: readonly Work[] = [
  ...workOf('aoi-viewer', [
    [140, sources.derivativeAus, 'model-derivative-basic', 20, 260],
    [3, sources.derivativeAus, 'model-derivative-complex-job', 1, 1],
    [5, sources.derivativeAus, 'model-derivative-simple-job', 1, 1],
    [30, sources.dataManagement, 'data-management', 1, 40],
  ]),
  ...workOf('kumo-converter', [
    [130, sources.derivativeAus, 'model-derivative-basic', 100, 1_500],
    [6, sources.derivativeAus, 'model-derivative-complex-job', 1, 1],
    [12, sources.derivativeAus, 'model-derivative-simple-job', 1, 2],
  ]),
  ...workOf('kumo-batch', [[130, sources.automation, 'automation-autocad', 20, 180]]),
  ...workOf('fjord-checker', [
    [150, sources.automation, 'automation-revit', 30, 300],
    [90, sources.derivativeEu, 'model-derivative-basic', 50, 900],
    [8, sources.derivativeEu, 'model-derivative-complex-job', 1, 1],
  ]),
  ...workOf('harborline-takeoff', [
    [120, sources.automation, 'automation-inventor', 20, 120],
    [140, sources.derivative, 'model-derivative-basic', 50, 2_000],
    [60, sources.dataManagement, 'data-management', 1, 200],
  ]),
  ...workOf('harborline-nightly', [[60, sources.flowGraph, 'flow-graph-engine', 60, 600]]),
  ...workOf('miyako-prototype', [
    [80, sources.derivativeAus, 'model-derivative-basic', 10, 400],
    [2, sources.realityCapture, 'reality-capture', 4, 20],
  ]),
  ...workOf('redwood-catalog', [[480, sources.derivative, 'model-derivative-basic', 200, 5_000]]),
  ...workOf('redwood-render', [
    [120, sources.automation, 'automation-3dsmax', 60, 900],
    [50, sources.automation, 'automation-fusion', 20, 240],
    [20, sources.realityCapture, 'reality-capture', 20, 200],
  ]),
]

function workOf(appId: string, rows: readonly Row[]): Work[] {
  return rows.map(([weight, source, meter, quantityMin, quantityMax]) => {
    return { appId, weight, source, meter, quantityMin, quantityMax }
  })
}

/** Share of a day's work in each hour (UTC): Asia by day, Europe, then America. */
export const hours: readonly { readonly hour: number; readonly weight: number }[] = [
  7, 9, 9, 6, 8, 8, 7, 8, 7, 6, 5, 5, 4, 6, 8, 9, 8, 7, 6, 5, 4, 3, 3, 5,
].map((weight, hour) => ({ hour, weight }))
