import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pages } from '../../hub/paths.ts'
import { openHub, settled } from '../support/browser.ts'

const folder = fileURLToPath(new URL('../../docs/screenshots', import.meta.url))

/** Whose page shows most. */
const team = 'harborline'

/** `npm run screenshots`: every page in both languages, at one instant and with the sample data, so they change with the page only. */
const hub = await openHub({ clockStart: '2026-10-20T09:00:00Z' })
mkdirSync(folder, { recursive: true })
for (const language of ['en', 'ja'] as const) {
  for (const name of pages) {
    const page = await hub.visit(name, { team, language })
    await settled(page)
    await page.screenshot({ path: `${folder}/${name}.${language}.png`, fullPage: true })
    await page.context().close()
  }
}
await hub.stop()
