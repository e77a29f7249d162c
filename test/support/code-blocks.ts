import { readFileSync } from 'node:fs'

export interface CodeBlock {
  readonly language: string
  readonly code: string
}

/** The code blocks of a page of the project, in their order. */
export function codeBlocksOf(path: string): readonly CodeBlock[] {
  const page = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  const blocks = page.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)
  return [...blocks].map(([, language = '', code = '']) => ({ language, code }))
}
