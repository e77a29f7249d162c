import { mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pages } from '../../hub/paths.ts'
import { openHub, settled } from '../support/browser.ts'

const folder = fileURLToPath(new URL('../../docs/screenshots', import.meta.url))
const sample = fileURLToPath(new URL('../../samples/usage-2026-10.ndjson', import.meta.url))
const batch = 100
const width = 1280
/** A long list says no more after this. */
const heightMax = 1800

/** The team whose page shows most. */
const team = 'harborline'

/** `npm run screenshots`: every page in both languages, at one instant and with the sample data, so they change with the page only. */
const hub = await openHub({ clockStart: '2026-09-30T22:00:00Z' })
// A month that is billed, and one that goes on: what the sample has of the team's days, the last ones moved to September.
await use('2026-09', (day) => day > 20 && day < 31)
await hub.call('local', 'PUT', '/local/clock', { now: '2026-10-20T09:00:00Z' })
await use('2026-10', (day) => day < 20)
const order = { purchaseId: 'order-2026-10', tokens: 500 }
await hub.call(`hub:${team}`, 'POST', `/v1/teams/${team}/token-purchases`, order)

/** Sends the team's events of some days of the sample, moved to a month. */
async function use(month: string, isMeant: (day: number) => boolean): Promise<void> {
  const events = readFileSync(sample, 'utf8')
    .split('\n')
    .filter((line) => line.includes(`"subject":"${team}-`) && line.endsWith('}'))
    .map((line) => JSON.parse(line.replaceAll('"2026-10-', `"${month}-`)))
    .filter(({ time }) => time.startsWith(month) && isMeant(Number(time.slice(8, 10))))
  for (let from = 0; from < events.length; from += batch)
    await hub.call('meter', 'POST', '/v1/usage', events.slice(from, from + batch))
}

mkdirSync(folder, { recursive: true })
for (const language of ['en', 'ja'] as const) {
  for (const name of pages) {
    const page = await hub.visit(name, { team, language, width })
    await settled(page)
    const height = Math.min(Number(await page.evaluate('document.documentElement.scrollHeight')), heightMax)
    await page.setViewportSize({ width, height })
    await settled(page)
    await page.screenshot({ path: `${folder}/${name}.${language}.png` })
    await page.context().close()
  }
}
await hub.stop()
