import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { auditVerdict } from '../../bin/audit-packages.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const handedOn = new Set(['node_modules/parser'])
const report = (severity: string, node = 'node_modules/parser') =>
  JSON.stringify({
    vulnerabilities: {
      parser: { severity, nodes: [node, 'node_modules/tool/node_modules/parser'] },
      other: { severity: 'low', nodes: ['node_modules/other'] },
    },
  })

test('a finding of high or critical severity fails, and is named', () => {
  const high = { isFine: false, words: '0 critical, 1 high: parser' }
  expect(auditVerdict(report('high'), handedOn)).toEqual(high)
  const critical = { isFine: false, words: '1 critical, 0 high: parser' }
  expect(auditVerdict(report('critical'), handedOn)).toEqual(critical)
})

test.each([
  ['of less', report('moderate')],
  ['in what nobody is handed', report('critical', 'node_modules/builder')],
])('a finding %s does not', (_, output) => {
  const fine = { isFine: true, words: '0 critical, 0 high: nothing to mend' }
  expect(auditVerdict(output, handedOn)).toEqual(fine)
})

test.each([
  [JSON.stringify({ statusCode: 405, message: 'Method Not Allowed', error: {} }), '405: Method Not Allowed'],
  ['', 'no answer: no report'],
  ['<html>', 'no answer: no report'],
])('a registry that cannot be asked is reported as such: %s', (output, words) => {
  const verdict = auditVerdict(output, handedOn)
  expect(verdict.isFine).toBe(true)
  expect(verdict.words).toContain('NOT AUDITED')
  expect(verdict.words).toContain(words)
})

describe('asked by npm itself', () => {
  test.each([
    ['the sign-in client of the page', 'oidc-client-ts', 1, '1 critical, 0 high: oidc-client-ts\n'],
    ["the functions' checker of input", 'valibot', 1, 'valibot'],
    ['the runner of tests', 'vitest', 0, '0 critical, 0 high: nothing to mend\n'],
  ])('a registry that knows of a hole in %s', async (_, name, code, words) => {
    const audited = await auditWith(name)
    expect(audited.stdout).toContain(words)
    expect(audited.code).toBe(code)
  })
})

/** Output and exit code of the command if the registry has a critical finding in all versions of one package. */
async function auditWith(name: string): Promise<{ readonly code: number; readonly stdout: string }> {
  const finding = { id: 1, url: 'https://example.com/1', title: 'a hole', severity: 'critical' }
  const advisories = { [name]: [{ ...finding, vulnerable_versions: '*', cwe: [], cvss: { score: 9 } }] }
  const registry = createServer((request, response) => {
    const isAudit = request.method === 'POST'
    request.resume().on('end', () => {
      response.writeHead(isAudit ? 200 : 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify(isAudit ? advisories : {}))
    })
  })
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve))
  const { port } = registry.address() as AddressInfo
  const env = {
    ...process.env,
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_cache: temporaryFolder(),
  }
  const command = fileURLToPath(new URL('../../bin/audit-packages.ts', import.meta.url))
  try {
    return await new Promise((resolve) => {
      execFile(process.execPath, [command], { env }, (error, stdout) =>
        resolve({ code: Number(error?.code ?? 0), stdout }),
      )
    })
  } finally {
    registry.close()
    registry.closeAllConnections()
  }
}
