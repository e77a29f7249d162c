import { describe, expect, test } from 'vitest'
import { decodeBase64 } from '../../core/catalog/base64.ts'
import { classify } from '../../core/catalog/classifier.ts'
import { encodeUrn, jobBody } from '../support/job-body.ts'

const base = '/modelderivative/v2/designdata'
const complex = 'model-derivative-complex-job'
const simple = 'model-derivative-simple-job'
const basic = 'model-derivative-basic'
const objectUrn = (name: string) => encodeUrn(`urn:adsk.objects:os.object:plans/${name}`)
const versionUrn = encodeUrn('urn:adsk.wipprod:fs.file:vf.LjtEkOD-SeSrAL6XkHUlPA?version=1')

/** The meter, or what is missing. */
function verdict(method: string, path: string, body?: unknown): string {
  const found = classify({ method, path, body })
  if (!('meter' in found)) return `missing ${found.missing}`
  expect(found.quantity).toBe(1)
  return found.meter
}

const jobOf = (input: object) => verdict('POST', `${base}/job`, { input, output: { formats: [] } })

test.each<[string, string, string | undefined, string]>([
  ['POST', `${base}/job`, 'house.rvt', complex],
  ['POST', `${base}/job`, 'HOUSE.NWD', complex],
  ['post', `${base}/job/`, 'house.dwg', simple],
  ['POST', `${base}/job?region=EMEA`, 'house.ifc', complex],
  ['POST', `${base}/job`, 'house.rvt.zip', 'missing body.input.rootFilename'],
  ['POST', `${base}/job`, undefined, 'missing body'],
  ['POST', '/ModelDerivative/v2/designData/Job', 'house.ifc', complex],
  ['POST', `${base}/%6Aob`, 'house.rvt', complex],
  ['POST', `${base}%2Fjob`, 'house.rvt', 'missing path'],
  ['POST', `/${base}/job`, 'house.rvt', complex],
  ['POST', `${base}//job`, 'house.rvt', basic],
  ['POST', `${base}/job/x`, 'house.rvt', basic],
  ['POST', `${base}/x/../job`, 'house.rvt', 'missing path'],
  ['POST', `${base}/x/%2e%2E/job`, 'house.rvt', 'missing path'],
  ['GET', `${base}/job`, 'house.rvt', basic],
  ['GET', base, undefined, basic],
  ['OPTIONS', `${base}/job`, undefined, basic],
  ['POST', `${base}/dXJu/references?x=/job`, undefined, basic],
  ['POST', '/modelderivative/v2/regions/eu/designdata/job', 'house.nwc', complex],
  ['GET', '/modelderivative/v2/regions/designdata/x', undefined, 'missing path'],
  ['GET', `/x${base}`, undefined, 'missing path'],
  ['GET', `${base}s`, undefined, 'missing path'],
  ['GET', '/oss/v2/buckets', undefined, 'missing path'],
  ['GET', '/derivativeservice/v2/derivatives/x', undefined, 'missing path'],
  ['POST', '/da/us-east/v3/workitems', undefined, 'missing engine,seconds'],
  ['POST', '/da/us-east/v3/workitems/batch', undefined, 'missing engine,seconds'],
  ['GET', '/da/us-east/v3/workitems/x', undefined, 'missing path'],
  ['POST', '/flow/compute/v1/queues/q/jobs', undefined, 'missing seconds'],
  ['POST', '/photo-to-3d/v1/photoscene/x', undefined, 'missing photos'],
  ['POST', '/photo-to-3d/v1/photoscene', undefined, 'missing path'],
  ['GET', '', undefined, 'missing path'],
])('%s %s with input file %s counts on %s', (method, path, inputFile, meter) => {
  expect(verdict(method, path, inputFile === undefined ? undefined : jobBody(inputFile))).toBe(meter)
})

describe('the input of a job', () => {
  test.each([
    ['house%2Ervt', complex],
    ['site.2026.final.IFC', complex],
    ['my%20house.nwd', complex],
    ['家.rvt', complex],
    ['%E5%AE%B6.dwg', simple],
    ['folder%2Fhouse.rvt', complex],
    ['house.rvt?version=2', complex],
    ['part.prt.12', simple],
    ['part.12', 'missing body.input.rootFilename'],
    ['house.rvt.12', 'missing body.input.rootFilename'],
    ['house.rvt%2Fx', 'missing body.input.rootFilename'],
    ['house', 'missing body.input.rootFilename'],
    ['house.', 'missing body.input.rootFilename'],
    ['.rvt', 'missing body.input.rootFilename'],
    ['rvt', 'missing body.input.rootFilename'],
    ['house.final', 'missing body.input.rootFilename'],
    ['house.zip', 'missing body.input.rootFilename'],
    ['house.constructor', 'missing body.input.rootFilename'],
  ])('an object named %s counts on %s', (name, meter) => {
    expect(jobOf({ urn: objectUrn(name) })).toBe(meter)
  })

  test('a version urn tells no type, and a root file next to it does', () => {
    expect(jobOf({ urn: versionUrn })).toBe('missing body.input.rootFilename')
    expect(jobOf({ urn: versionUrn, rootFilename: 'house.rvt' })).toBe(complex)
    expect(jobOf({ urn: encodeUrn('urn:adsk.wipprod:dm.lineage:a/b.rvt') })).toBe(
      'missing body.input.rootFilename',
    )
  })

  test('a compressed input counts as its root file, and its own name does not matter', () => {
    const urn = objectUrn('house.rvt')
    expect(jobOf({ urn, compressedUrn: true, rootFilename: 'a/b\\bolt.ipt' })).toBe(simple)
    expect(jobOf({ urn, compressedUrn: true })).toBe('missing body.input.rootFilename')
    expect(jobOf({ urn, compressedUrn: true, rootFilename: 'inner.zip' })).toBe(
      'missing body.input.rootFilename',
    )
    expect(jobOf({ urn, compressedUrn: true, rootFilename: 7 })).toBe('missing body.input.rootFilename')
    expect(jobOf({ urn: objectUrn('x.zip'), rootFilename: 'tower.nwc' })).toBe(complex)
  })

  test('an input that is not compressed counts as itself', () => {
    expect(jobOf({ urn: objectUrn('house.dwg'), rootFilename: 'house.rvt' })).toBe(simple)
    expect(jobOf({ urn: objectUrn('house.rvt'), compressedUrn: false })).toBe(complex)
  })

  test('standard base64 with padding is read like base64url', () => {
    const id = 'urn:adsk.objects:os.object:plans/>>>???~~~.rvt'
    for (const name of ['ü>.rvt', 'üü>.rvt', 'üüü>.rvt'])
      expect(jobOf({ urn: Buffer.from(`urn:adsk.objects:os.object:p/${name}`).toString('base64') })).toBe(
        complex,
      )
    expect(jobOf({ urn: Buffer.from(id.replaceAll('?', '_')).toString('base64') })).toBe(complex)
  })

  test.each<[string, object | string | null, string]>([
    ['no input', {}, 'missing body.input'],
    ['an input that is a list', { input: [] }, 'missing body.input'],
    ['no urn', { input: {} }, 'missing body.input.urn'],
    ['a plain urn', { input: { urn: 'urn:adsk.objects:os.object:a/b.rvt' } }, 'missing body.input.urn'],
    ['an empty urn', { input: { urn: '' } }, 'missing body.input.urn'],
    ['a number as urn', { input: { urn: 1 } }, 'missing body.input.urn'],
    ['an endless urn', { input: { urn: 'a'.repeat(10_000) } }, 'missing body.input.urn'],
    ['text instead of true', { input: { compressedUrn: 'true' } }, 'missing body.input.compressedUrn'],
    ['text that is not JSON', '{"input":', 'missing body'],
    ['JSON text of a list', '[]', 'missing body'],
    ['null', null, 'missing body'],
  ])('a body with %s tells no type', (_, body, meter) => {
    expect(verdict('POST', `${base}/job`, body)).toBe(meter)
  })

  test('a body may be its text', () => {
    expect(verdict('POST', `${base}/job`, JSON.stringify(jobBody('house.rvt')))).toBe(complex)
  })
})

test.each(['US', 'EMEA', 'AUS', 'CAN', 'DEU', 'IND', 'JPN', 'GBR', 'APAC', 'MARS', ''])(
  'the region %s changes no meter',
  (region) => {
    const request = { method: 'POST', path: `${base}/job`, body: jobBody('house.rvt') }
    expect(classify({ ...request, headers: { region } })).toEqual({ meter: complex, quantity: 1 })
  },
)

test('base64 of every byte and length is decoded as Node does, and other text is not', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  for (let length = 1; length <= bytes.length; length += 1)
    for (const form of ['base64', 'base64url'] as const) {
      const some = Buffer.from(bytes.slice(-length))
      expect(decodeBase64(some.toString(form))).toBe(some.toString('latin1'))
    }
  for (const text of ['a', 'ab=c', 'ab===', 'a b', 'aé', '=']) expect(decodeBase64(text)).toBeUndefined()
})
