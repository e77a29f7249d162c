/** Rows of these lists may stand in any order. */
const unorderedLists = new Set(['lots', 'lines', 'remainders', 'held', 'shortfall'])
/** Of these lists the rows shown must be there, perhaps among others. */
const openLists = new Set(['free', 'warnings'])

type Row = Record<string, unknown>

/**
 * Compares an answer with what a worked example shows of it and returns one line per difference, each with the
 * JSON pointer of the field. `key` is the name of the field that holds the value: it decides how a list is read.
 */
export function differences(expected: unknown, actual: unknown, pointer = '', key = ''): string[] {
  if (Array.isArray(expected)) return listDifferences(expected, actual, pointer, key)
  if (isRow(expected)) return rowDifferences(expected, actual, pointer, key)
  if (expected === actual || (expected === false && actual === undefined)) return []
  return [`${pointer || '/'} is ${show(actual)}, expected ${show(expected)}`]
}

function rowDifferences(expected: Row, actual: unknown, pointer: string, key: string): string[] {
  if (!isRow(actual)) return [`${pointer || '/'} is ${show(actual)}, expected ${show(expected)}`]
  return Object.entries(expected).flatMap(([name, value]) => {
    const found = Object.hasOwn(actual, name) ? actual[name] : undefined
    const isLotExpiry = name === 'expiresAt' && (key === 'lots' || key === 'lot')
    if (isLotExpiry && isLastSecondBefore(found, value)) return []
    return differences(value, found, `${pointer}/${name}`, name)
  })
}

function listDifferences(expected: unknown[], actual: unknown, pointer: string, key: string): string[] {
  if (actual === undefined && expected.length === 0) return []
  if (!Array.isArray(actual)) return [`${pointer || '/'} is ${show(actual)}, expected a list`]
  const shown = normalized(expected, key)
  const found = normalized(actual, key)
  if (!openLists.has(key) && shown.length !== found.length) {
    return [`${pointer} has ${found.length} rows, expected ${shown.length}: ${show(found)}`]
  }
  if (openLists.has(key) || unorderedLists.has(key)) return pairingDifferences(shown, found, pointer, key)
  return shown.flatMap((row, index) => differences(row, found[index], `${pointer}/${index}`, key))
}

/** Empty lots may be shown or not; charges of one source and meter may be one line or one per lot. */
function normalized(rows: unknown[], key: string): unknown[] {
  if (key === 'lots') return rows.filter((row) => !isRow(row) || row.remaining !== 0)
  return key === 'charges' ? addedUp(rows) : rows
}

/** Every row shown needs a separate partner, so two equal rows shown are not satisfied by one row found. */
function pairingDifferences(shown: unknown[], found: unknown[], pointer: string, key: string): string[] {
  if (canPair(shown, found, key)) return []
  const lonely = shown.filter((row) => found.every((other) => differences(row, other, '', key).length > 0))
  return [`${pointer} is ${show(found)}, expected among its rows ${show(lonely.length > 0 ? lonely : shown)}`]
}

function canPair(shown: unknown[], found: unknown[], key: string): boolean {
  const [first, ...rest] = shown
  if (shown.length === 0) return true
  return found.some(
    (row, index) =>
      differences(first, row, '', key).length === 0 &&
      canPair(
        rest,
        found.filter((_, other) => other !== index),
        key,
      ),
  )
}

function addedUp(charges: unknown[]): unknown[] {
  const sums = new Map<string, Row>()
  for (const charge of charges) {
    if (!isRow(charge)) return charges
    const name = `${charge.source} ${charge.meter}`
    const sum = sums.get(name)
    sums.set(name, sum ? sumOf(sum, charge) : { ...charge })
  }
  return [...sums.values()]
}

function sumOf(sum: Row, charge: Row): Row {
  const added = { ...sum }
  for (const name of ['units', 'tokens', 'usdCents']) {
    const [left, right] = [sum[name], charge[name]]
    // Tokens have at most three decimals: added as thousandths, they stay exact.
    if (typeof left === 'number' && typeof right === 'number')
      added[name] = Math.round((left + right) * 1000) / 1000
  }
  return added
}

function isLastSecondBefore(actual: unknown, expected: unknown): boolean {
  if (typeof actual !== 'string' || typeof expected !== 'string') return false
  const earlierMs = Date.parse(expected) - Date.parse(actual)
  return earlierMs > 0 && earlierMs <= 1000
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent'
  return text.length > 600 ? `${text.slice(0, 600)}…` : text
}
