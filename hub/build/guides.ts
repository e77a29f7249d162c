import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { guideHtml } from './guide-html.ts'

/** The pages of the documentation that the Integrate page links. They come with the page, so a link is never dead. */
const names = ['mcp', 'quotes', 'budgets', 'focus'] as const

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Builds `docs/<name>.html` from the documentation of the same name. */
export function guides(): Plugin {
  return {
    name: 'tollgate-guides',
    generateBundle() {
      for (const name of names) {
        const markdown = readFileSync(pathOf(`../../docs/${name}.md`), 'utf8')
        this.emitFile({ type: 'asset', fileName: `docs/${name}.html`, source: guideHtml(markdown, names) })
      }
      const source = readFileSync(pathOf('guide.css'), 'utf8')
      this.emitFile({ type: 'asset', fileName: 'docs/guide.css', source })
    },
  }
}
