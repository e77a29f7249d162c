/*
 * The part of CloudWatch Logs Insights that the runbook uses: filter, fields, stats, sort and limit, on the fields of JSON
 * lines, nested ones by a dot. Whatever else a query has is an error here.
 */

export type Line = Readonly<Record<string, unknown>>
type Row = Readonly<Record<string, unknown>>
type Command = (rows: readonly Row[]) => readonly Row[]

export interface Query {
  /** Fields that the lines must have: those that a command before made are left out. */
  readonly fields: readonly string[]
  run(lines: readonly Line[]): readonly Row[]
}

const tokenPattern =
  /\s*(?:("(?:[^"\\]|\\.)*")|(\/(?:[^/\\]|\\.)+\/)|(\d+(?:\.\d+)?)|(@?[A-Za-z_][\w.@]*)|(!=|<=|>=|[=<>()[\],|*]))/y

/** Parses a query. Throws, with the rest of the text, where its grammar ends. */
export function parseQuery(text: string): Query {
  const tokens = new Tokens(text)
  const made = new Set<string>()
  const fields = new Set<string>()
  const use = (name: string) => {
    if (!made.has(name)) fields.add(name)
    return name
  }
  const commands: Command[] = []
  do {
    commands.push(parseCommand(tokens, use, made))
  } while (tokens.take('|'))
  tokens.end()
  return {
    fields: [...fields],
    run: (lines) => commands.reduce<readonly Row[]>((rows, command) => command(rows), lines.map(flat)),
  }
}

type Use = (name: string) => string

function parseCommand(tokens: Tokens, use: Use, made: Set<string>): Command {
  const name = tokens.word()
  switch (name) {
    case 'filter': {
      const isMeant = parseOr(tokens, use)
      return (rows) => rows.filter(isMeant)
    }
    case 'fields': {
      const names = list(tokens, () => use(tokens.word()))
      return (rows) => rows.map((row) => Object.fromEntries(names.map((field) => [field, row[field]])))
    }
    case 'stats':
      return parseStats(tokens, use, made)
    case 'sort': {
      const field = use(tokens.word())
      const sign = tokens.take('desc') ? -1 : 1
      return (rows) => rows.toSorted((a, b) => sign * compare(a[field], b[field]))
    }
    case 'limit': {
      const count = tokens.number()
      return (rows) => rows.slice(0, count)
    }
    default:
      throw new Error(`no command is called ${name}`)
  }
}

interface Total {
  readonly name: string
  readonly of: (rows: readonly Row[]) => unknown
}

function parseStats(tokens: Tokens, use: Use, made: Set<string>): Command {
  const totals = list(tokens, () => parseTotal(tokens, use))
  const by = tokens.take('by') ? list(tokens, () => use(tokens.word())) : []
  for (const { name } of totals) made.add(name)
  return (rows) => {
    const groups = Object.groupBy(rows, (row) => JSON.stringify(by.map((field) => row[field])))
    return Object.values(groups).map((group = []) =>
      Object.fromEntries([
        ...by.map((field) => [field, group[0]?.[field]]),
        ...totals.map(({ name, of }) => [name, of(group)]),
      ]),
    )
  }
}

function parseTotal(tokens: Tokens, use: Use): Total {
  const name = tokens.word()
  tokens.need('(')
  const field = tokens.take('*') ? undefined : use(tokens.word())
  tokens.need(')')
  const label = tokens.take('as') ? tokens.word() : `${name}(${field ?? '*'})`
  const numbers = (rows: readonly Row[]) => rows.map((row) => Number(row[field ?? '']))
  const forms: Readonly<Record<string, Total['of']>> = {
    count: (rows) => rows.length,
    max: (rows) => Math.max(...numbers(rows)),
    sum: (rows) => numbers(rows).reduce((sum, number) => sum + number, 0),
  }
  const compute = forms[name]
  if (compute === undefined || (field === undefined) !== (name === 'count'))
    throw new Error(`no total is called ${label}`)
  return { name: label, of: compute }
}

type Test = (row: Row) => boolean

function parseOr(tokens: Tokens, use: Use): Test {
  const parts = [parseAnd(tokens, use)]
  while (tokens.take('or')) parts.push(parseAnd(tokens, use))
  return (row) => parts.some((part) => part(row))
}

function parseAnd(tokens: Tokens, use: Use): Test {
  const parts = [parseTest(tokens, use)]
  while (tokens.take('and')) parts.push(parseTest(tokens, use))
  return (row) => parts.every((part) => part(row))
}

function parseTest(tokens: Tokens, use: Use): Test {
  if (tokens.take('(')) {
    const inner = parseOr(tokens, use)
    tokens.need(')')
    return inner
  }
  const field = use(tokens.word())
  if (tokens.take('in')) {
    tokens.need('[')
    const values = list(tokens, () => tokens.value())
    tokens.need(']')
    return (row) => values.some((value) => String(row[field]) === String(value))
  }
  if (tokens.take('like')) {
    const pattern = tokens.pattern()
    return (row) => row[field] !== undefined && pattern.test(String(row[field]))
  }
  return parseComparison(tokens, field)
}

function parseComparison(tokens: Tokens, field: string): Test {
  const sign = tokens.sign()
  const value = tokens.value()
  return (row) => {
    const own = row[field]
    if (own === undefined) return false
    if (sign === '=') return String(own) === String(value)
    if (sign === '!=') return String(own) !== String(value)
    const difference = Number(own) - Number(value)
    if (sign === '>') return difference > 0
    if (sign === '>=') return difference >= 0
    return sign === '<' ? difference < 0 : difference <= 0
  }
}

function list<T>(tokens: Tokens, parseItem: () => T): T[] {
  const all = [parseItem()]
  while (tokens.take(',')) all.push(parseItem())
  return all
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : Number(String(a) > String(b))
}

/** Nested fields by their path: `error.name`. */
function flat(line: Line): Row {
  return Object.fromEntries(
    Object.entries(line).flatMap(([name, value]): [string, unknown][] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(flat(value as Line)).map(([inner, found]) => [`${name}.${inner}`, found])
        : [[name, value]],
    ),
  )
}

class Tokens {
  private readonly tokens: readonly string[]
  private at = 0

  constructor(text: string) {
    const tokens: string[] = []
    tokenPattern.lastIndex = 0
    for (let end = 0; text.slice(end).trim() !== ''; end = tokenPattern.lastIndex) {
      const match = tokenPattern.exec(text)
      if (match === null) throw new Error(`not understood: ${text.slice(end)}`)
      tokens.push(match[0].trim())
    }
    this.tokens = tokens
  }

  take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false
    this.at += 1
    return true
  }

  need(token: string): void {
    if (!this.take(token)) throw this.fault(token)
  }

  word = () => this.next(/^@?[A-Za-z_]/, 'a name')
  number = () => Number(this.next(/^\d/, 'a number'))
  sign = () => this.next(/^[!=<>]/, 'a comparison')

  value(): string | number {
    const token = this.next(/^["\d]/, 'a value')
    return JSON.parse(token)
  }

  pattern(): RegExp {
    return new RegExp(this.next(/^\//, 'a pattern').slice(1, -1))
  }

  end(): void {
    if (this.at < this.tokens.length) throw this.fault('the end')
  }

  private next(form: RegExp, what: string): string {
    const token = this.tokens[this.at]
    if (token === undefined || !form.test(token)) throw this.fault(what)
    this.at += 1
    return token
  }

  private fault(expected: string): Error {
    return new Error(`${expected} was expected, not: ${this.tokens.slice(this.at).join(' ') || 'the end'}`)
  }
}
