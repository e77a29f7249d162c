import { expect, test } from 'vitest'
import { classifyCall } from '../../core/catalog/classifier.ts'

const base = '/modelderivative/v2/designdata'

test.each<[string, string, string | undefined, string | null]>([
  ['POST', `${base}/job`, 'house.rvt', 'model-derivative-complex-job'],
  ['POST', `${base}/job`, 'HOUSE.NWD', 'model-derivative-complex-job'],
  ['post', `${base}/job/`, 'house.dwg', 'model-derivative-simple-job'],
  ['POST', `${base}/job?region=EMEA`, 'house.ifc', 'model-derivative-complex-job'],
  ['POST', `${base}/job`, 'house.rvt.zip', 'model-derivative-simple-job'],
  ['POST', `${base}/job`, undefined, 'model-derivative-simple-job'],
  ['POST', `${base}//job`, 'house.rvt', 'model-derivative-basic'],
  ['POST', `${base}/job/x`, 'house.rvt', 'model-derivative-basic'],
  ['GET', `${base}/job`, 'house.rvt', 'model-derivative-basic'],
  ['GET', base, undefined, 'model-derivative-basic'],
  ['POST', '/modelderivative/v2/regions/eu/designdata/job', 'house.nwc', 'model-derivative-complex-job'],
  ['GET', '/modelderivative/v2/regions/designdata/x', undefined, null],
  ['GET', `/x${base}`, undefined, null],
  ['GET', `${base}s`, undefined, null],
  ['GET', '/oss/v2/buckets', undefined, null],
])('%s %s with input file %s counts on %s', (method, path, inputFile, meter) => {
  expect(classifyCall(inputFile === undefined ? { method, path } : { method, path, inputFile })).toBe(meter)
})
