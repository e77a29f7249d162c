import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `text` is a string literal of more than one word; `code` is the rest, without comments and strings. */
type Kind = 'comment' | 'test name' | 'text' | 'code'

/** A part of a file. Its text has the same length as in the file, so offsets in it lead to a line. */
interface Part {
  readonly kind: Kind
  readonly offset: number
  readonly text: string
}

interface Rule {
  readonly name: string
  readonly pattern: RegExp
  readonly kinds: readonly Kind[]
}

const prose: readonly Kind[] = ['comment', 'test name', 'text']

/** A phrase may continue on the next line of a comment. */
function phrase(name: string, pattern: string): Rule {
  return { name, pattern: new RegExp(`\\b(?:${pattern.replaceAll(' ', '\\s+')})\\b`, 'gi'), kinds: prose }
}

/** Each name gives the phrase and a plain replacement. */
const rules: readonly Rule[] = [
  phrase('told: notified, published', 'told(?! apart)'),
  phrase('hears: receives', 'hears?|heard of'),
  phrase('anew: again', 'anew'),
  phrase('whoever: the caller, any', 'whoever|whomever'),
  phrase('so many: N', 'so many(?! that)'),
  phrase('for ever: permanently', 'for ever'),
  phrase(
    'of its own: separate',
    "of (?:its|their|our|his|her|my|your|\\w+'s|(?:the|a|an) \\w+'s) own(?! (?!and|as|at|by|for|from|in|on|or|that|to|unless|which|with)\\w)",
  ),
  phrase('of ours: our', 'of ours'),
  phrase('comes to: totals', 'comes? to|came to'),
  phrase('stands: is stored, is', 'stands(?! (?:for|in for)\\b)'),
  phrase('beside: next to, with', 'beside'),
  phrase('nobody calls for: idle', 'nobody calls for'),
  phrase('what is kept: stored X', 'what is (?:kept|told|said)'),
  phrase('broken off: interrupted', '(?:broken|broke|breaks|breaking) off'),
  {
    name: 'Answers: Returns',
    pattern: /(?:^[/*\s]*|[.;:]\s+)answers\b(?!\s+(?:are|contain|from|of|that|to)\b)/gi,
    kinds: ['comment'],
  },
  {
    name: 'headless beginning: begin with a noun or a verb',
    pattern: /^[/*\s]*(?:what|whether|how|when|who|whom|whose|where)\b/gi,
    kinds: ['comment', 'test name'],
  },
  {
    name: 'part of a sentence: a test name is a full sentence',
    pattern: /^(?:of|but|nor|and)\b/gi,
    kinds: ['test name'],
  },
  {
    name: 'a function is a verb',
    pattern:
      /\bfunction\s+(?:held|used|paid)\b|\bconst\s+(?:held|used|paid)\s*=\s*(?:async\s*)?\([^()]*\)[^=\n]*=>/g,
    kinds: ['code'],
  },
  {
    name: 'a parameter is a noun',
    pattern:
      /(?<=\((?:[^(){}]*,\s*)?)(?:one|but|of|do)\b\??(?=\s*:|[^(){}]*\)\s*(?::[^=\n]*)?=>)|\b(?:const|let)\s+(?:one|but|of|do)\b(?=\s*[:=])/g,
    kinds: ['code'],
  },
]

/** These files contain the phrases of the rules. */
const quotesTheRules = new Set(['test/support/style.ts', 'test/style.test.ts'])

/** Packages, outputs and hidden folders of tools. */
const excluded = /^(?:\.|(?:node_modules|dist|cdk\.out|coverage|reports)$)/

/** Folders and documents at the project's root that contain files for `readFiles`. */
export function coveredPaths(): readonly string[] {
  return readdirSync(root).filter((path) => !excluded.test(path) && readFiles(path).size > 0)
}

/** Source and documentation files of a folder, or a single file, by their path from the project's root. */
export function readFiles(path: string): ReadonlyMap<string, string> {
  const files = statSync(join(root, path)).isDirectory()
    ? readdirSync(join(root, path), { recursive: true, encoding: 'utf8' }).map((file) =>
        posix.join(path, file),
      )
    : [path]
  const readable = files.filter((file) => /\.(?:tsx?|mjs|md)$/.test(file) && !quotesTheRules.has(file))
  return new Map(readable.toSorted().map((file) => [file, readFileSync(join(root, file), 'utf8')]))
}

/** Offences against the rules, as `file:line: words (rule)`. */
export function findOffences(file: string, source: string): readonly string[] {
  return partsOf(file, source).flatMap(({ kind, offset, text }) =>
    rules
      .filter(({ kinds }) => kinds.includes(kind))
      .flatMap(({ name, pattern }) =>
        [...text.matchAll(pattern)].map((match) => {
          const words = match[0].replace(/^[\s/*.;:(,]+/, '')
          const at = offset + match.index + match[0].length - words.length
          return `${file}:${lineAt(source, at)}: ${words.replaceAll(/\s+/g, ' ')} (${name})`
        }),
      ),
  )
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length
}

// The scanner needs no parser, because one formatter writes every file: a regular expression follows an operator or a
// bracket, and templates are at most one level deep.
const tokens = [
  /(?<comment>\/\/[^\n]*(?:\n[^\S\n]*\/\/[^\n]*)*|\/\*[\s\S]*?\*\/)/,
  /(?<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\[\s\S]|\$(?!\{)|\$\{(?:[^{}`]|\{[^{}]*\}|`[^`]*`)*\})*`)/,
  /(?<pattern>(?<=[(,=:[!&|?{};>\n]\s*)\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*)/,
]
const token = new RegExp(tokens.map(({ source }) => source).join('|'), 'g')

const beforeTestName = /\b(?:test|it|describe)(?:\.\w+)*(?:\(\w*\))?\(\s*$|[\])]\)\(\s*$/

function partsOf(file: string, source: string): readonly Part[] {
  if (file.endsWith('.md')) return [{ kind: 'text', offset: 0, text: withoutCodeBlocks(source) }]
  const isTest = file.endsWith('.test.ts')
  let code = source
  const parts: Part[] = []
  for (const { 0: text, index, groups = {} } of source.matchAll(token)) {
    code = code.slice(0, index) + blank(text) + code.slice(index + text.length)
    if (groups.comment !== undefined) {
      parts.push({ kind: 'comment', offset: index, text: withoutMargins(text) })
    } else if (groups.string !== undefined) {
      const isName = isTest && beforeTestName.test(source.slice(Math.max(0, index - 200), index))
      const words = text.slice(1, -1).replaceAll(/\$\{[^{}]*\}/g, blank)
      if (isName || words.includes(' ')) {
        parts.push({ kind: isName ? 'test name' : 'text', offset: index + 1, text: words })
      }
    }
  }
  return [...parts, { kind: 'code', offset: 0, text: code }]
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ')
}

function withoutMargins(comment: string): string {
  return comment.replaceAll(/\n[^\S\n]*(?:\*(?!\/)|\/\/)/g, (margin) => ` ${blank(margin.slice(1))}`)
}

/** Commands, output and names in a document are quoted as they are. */
function withoutCodeBlocks(document: string): string {
  return document.replaceAll(/^```[\s\S]*?^```/gm, blank).replaceAll(/`[^`\n]*`/g, blank)
}
