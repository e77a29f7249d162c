import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { previewRateCard } from '../../ops/card-preview.ts'
import { type KindName, kindNames, listCatalog, publishCatalog } from '../../ops/catalog.ts'
import { row } from '../support/ask.ts'
import { test } from '../support/fixtures.ts'
import { operatingOn } from '../support/operating.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const now = Date.parse('2026-02-20T10:00:00Z')
const effectiveAt = '2026-07-01T00:00:00Z'
const folder = temporaryFolder()

function fileOf(content: object): string {
  const file = join(folder, `${Object.keys(content).join('-')}.json`)
  writeFileSync(file, JSON.stringify(content))
  return file
}

const contents: Readonly<Record<KindName, object>> = {
  'rate-cards': {
    meters: [row({ meter: 'data-out', api: 'viewer' }), { meter: 'reality-capture', ended: true }],
  },
  'price-lists': { minimumTokens: 33, steps: [{ fromTokens: 33, unitPriceUsdCents: 310 }] },
  'unrated-apis': { apis: ['issues'] },
  'pay-as-you-go-countries': { countries: ['US', 'BR'] },
  'included-amounts': { products: [{ product: 'build', meter: 'automation-autocad', perPeriod: 100 }] },
}

test.for(kindNames)(
  '%s are published from a file: printed first, written with --apply, listed',
  async (kind, { table }) => {
    await newParty(table, { now: () => now })
    const { operating, lines } = operatingOn(table, now)
    const file = fileOf({ version: 'v1', effectiveAt, ...contents[kind] })
    await publishCatalog(operating, { kind, file })
    expect(lines.slice(-2)).toEqual([
      `${kind} v1 from 2026-07-01T00:00:00.000Z.`,
      'Nothing was written. Add --apply to do it.',
    ])
    await publishCatalog(operating, { kind, file, apply: true })
    await publishCatalog(operating, { kind, file, apply: true })
    expect(lines.at(-1)).toBe('v1 is published already.')
    if (kind === 'rate-cards') expect(lines).toContain('Ends viewer, reality-capture.')
    lines.length = 0
    await listCatalog(operating)
    expect(lines).toContain(`${kind} v1: from 2026-07-01T00:00:00.000Z`)
    expect(lines).toContain('price-lists 2025-12-08: in force since 2025-12-08T00:00:00.000Z')
  },
)

test.for([
  [
    'price-lists',
    { version: 'v1', effectiveAt: '2026-02-20T11:00:00Z', ...contents['price-lists'] },
    'CATALOG_VERSION_TOO_SOON',
  ],
  ['price-lists', { version: 'v1', effectiveAt, minimumTokens: 33, steps: [] }, 'steps'],
  ['price-lists', { effectiveAt, ...contents['price-lists'] }, 'version'],
  ['unrated-apis', { version: 'v1', effectiveAt, apis: ['automation'] }, '/apis/0'],
  [
    'rate-cards',
    { version: 'v1', effectiveAt, meters: [{ meter: 'nobody', ended: true }] },
    '/meters/0/meter',
  ],
] as const)('%s of a wrong file say why: %o', async ([kind, content, message], { table }) => {
  await newParty(table, { now: () => now })
  const { operating } = operatingOn(table, now)
  await expect(publishCatalog(operating, { kind, file: fileOf(content), apply: true })).rejects.toThrow(
    message,
  )
})

describe('the preview of a card', () => {
  /** A paid team with 10 jobs and 1,440 seconds in January, and a free one with 25 jobs. */
  async function usedJanuary(party: Party) {
    await foundAcme(party)
    const profile = { name: 'Free', country: 'US', paymentMethod: 'none', standing: 'good' }
    await party.call('registerTeam', { params: { teamId: 'free' }, body: profile })
    await party.call('registerApp', { params: { appId: 'free-app' }, body: { teamId: 'free', name: 'App' } })
    const event = (id: string, subject: string, meter: string, quantity: number) => {
      const data = { meter, quantity }
      return {
        specversion: '1.0',
        type: 'aps.usage.v1',
        source: 'urn:t',
        id,
        subject,
        time: '2026-01-25T10:00:00Z',
        data,
      }
    }
    const jobs = 'model-derivative-complex-job'
    const body = [
      event('e1', 'viewer', jobs, 10),
      event('e2', 'viewer', 'automation-autocad', 1_440),
      event('e3', 'free-app', jobs, 25),
    ]
    expect((await party.call('recordUsage', { body })).status).toBe(200)
  }
  /** 2 jobs cost 4 tokens instead of 3, and 18 instead of 20 are free. */
  const meters = [
    row({
      meter: 'model-derivative-complex-job',
      api: 'model-derivative',
      baseUnit: 'jobs',
      unitSize: 2,
      tokensPerUnit: 4,
      usdCentsPerUnit: 1_200,
      freePerPeriod: 18,
    }),
  ]

  test('replays a month of all teams, and of one by the API', async ({ table }) => {
    let at = Date.parse('2026-01-25T10:00:00Z')
    const party = await newParty(table, { now: () => at })
    await usedJanuary(party)
    at = now
    const { UsageView } = await import('../../lambdas/store/usage-view.ts')
    const { openStores } = await import('../../lambdas/store/stores.ts')
    const view = new UsageView(table, openStores(table, { now: () => at }).journal)
    for (const teamId of ['acme', 'free']) await view.catchUp(teamId, 1_000)

    const { operating, lines } = operatingOn(table, now)
    const file = fileOf({ version: 'next', effectiveAt, meters })
    await previewRateCard(operating, { file, csv: true })
    // Five units cost 1,500 cents more. Of 25 jobs, 7 instead of 5 are refused.
    expect(lines).toEqual([
      'team,usdCents,tokens,refused',
      'acme,1500,5,0',
      'free,0,0,2',
      'total,1500,5,2',
      '2 teams would have paid or used otherwise in 2026-01. Nothing was written.',
    ])
    lines.length = 0
    await previewRateCard(operating, { file, teams: 1 })
    expect(lines).toEqual([
      'team   usdCents  tokens  refused',
      'acme       1500       5        0',
      'total      1500       5        2',
      '2 teams would have paid or used otherwise in 2026-01. Nothing was written.',
    ])
    const answer = await party.call('previewRateCard', { body: { month: '2026-01', meters } })
    expect(answer.body).toEqual({
      month: '2026-01',
      changes: [
        {
          meter: 'model-derivative-complex-job',
          quantity: 10,
          before: { units: 5, tokens: 15, usdCents: 4_500, refused: 0 },
          after: { units: 5, tokens: 20, usdCents: 6_000, refused: 0 },
        },
      ],
    })
  })
})
