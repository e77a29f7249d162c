import { mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Page, pages } from '../../hub/paths.ts'
import { type Hub, openHub, settled } from '../support/browser.ts'
import { namesIn, tour, tourStart } from '../support/console-tour.ts'

const folder = fileURLToPath(new URL('../../docs/screenshots', import.meta.url))
const sample = fileURLToPath(new URL('../../samples/usage-2026-10.ndjson', import.meta.url))
const languages = ['en', 'ja'] as const
const batch = 100
const width = 1280
/** A long list says no more after this. */
const heightMax = 1800

/** The team whose page shows most. */
const team = 'harborline'

/** `npm run screenshots`: every page in both languages, at one instant and with the sample data, so they change with the page only. */
const hub = await openHub({ clockStart: '2026-09-30T22:00:00Z' })
// A month that is billed, and one that goes on: what the sample has of the team's days, the last ones moved to September.
await use(hub, team, '2026-09', (day) => day > 20 && day < 31)
await hub.call('local', 'PUT', '/local/clock', { now: '2026-10-20T09:00:00Z' })
await use(hub, team, '2026-10', (day) => day < 20)
const order = { purchaseId: 'order-2026-10', tokens: 500 }
await hub.call(`hub:${team}`, 'POST', `/v1/teams/${team}/token-purchases`, order)

mkdirSync(folder, { recursive: true })
for (const language of languages)
  for (const name of pages) await shoot(hub, { name, team, language, file: name })
await hub.stop()

// A team that has not moved yet, a week before the deadline.
const early = await openHub({ clockStart: '2026-01-10T09:00:00Z' })
await use(early, 'miyako-lab', '2026-01', (day) => day > 3 && day < 10)
for (const language of languages)
  await shoot(early, { name: 'apps', team: 'miyako-lab', language, file: 'deadline' })
await early.stop()

for (const language of languages) await shootTour(language)

/** Writes a picture of each stop of the tour through the operators' console. */
async function shootTour(language: (typeof languages)[number]): Promise<void> {
  const fresh = await openHub({ clockStart: tourStart })
  const page = await fresh.visitConsole('/ops', { language, width })
  await settled(page)
  for (const { picture, go } of tour) {
    await go(page, namesIn(language))
    await settled(page)
    await page.screenshot({ path: `${folder}/${picture}.${language}.png` })
  }
  await fresh.stop()
}

interface Shot {
  readonly name: Page
  readonly team: string
  readonly language: (typeof languages)[number]
  readonly file: string
}

/** Writes the picture of a page. */
async function shoot(from: Hub, { name, team: teamId, language, file }: Shot): Promise<void> {
  const page = await from.visit(name, { team: teamId, language, width })
  await settled(page)
  const height = Math.min(Number(await page.evaluate('document.documentElement.scrollHeight')), heightMax)
  await page.setViewportSize({ width, height })
  await settled(page)
  await page.screenshot({ path: `${folder}/${file}.${language}.png` })
  await page.context().close()
}

/** Sends a team's events of some days of the sample, moved to a month. */
async function use(to: Hub, teamId: string, month: string, isMeant: (day: number) => boolean): Promise<void> {
  const events = readFileSync(sample, 'utf8')
    .split('\n')
    .filter((line) => line.includes(`"subject":"${teamId.split('-')[0]}-`) && line.endsWith('}'))
    .map((line) => JSON.parse(line.replaceAll('"2026-10-', `"${month}-`)))
    .filter(({ time }) => time.startsWith(month) && isMeant(Number(time.slice(8, 10))))
  for (let from = 0; from < events.length; from += batch)
    await to.call('meter', 'POST', '/v1/usage', events.slice(from, from + batch))
}
