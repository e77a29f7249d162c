/** Facts about the team: its funds, the lots that paid, and the order of its journal. */
const ofTeam = new Set(['teamId', 'fundedBy', 'remaining', 'lotId', 'lots', 'version', 'actor'])
/** Causes that are about the holder's own request. Of others, the holder learns the code alone. */
const own = /^(AUTHORIZATION_CLOSED|UNKNOWN_APP|QUOTE_|BUDGET_)/

type Json = Readonly<Record<string, unknown>>

/** An answer as the holder of a budget sees it: its own use and charges, and nothing else of the team. */
export function asHolderSees(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asHolderSees)
  if (!isObject(value)) return value
  const seen = isRefusal(value) ? hideCauses(value) : value
  const entries = Object.entries(seen).filter(([name]) => !ofTeam.has(name))
  return Object.fromEntries(entries.map(([name, child]) => [name, asHolderSees(child)]))
}

interface Refusal extends Json {
  readonly code: string
  readonly missing: readonly unknown[]
}

/** A refusal without the team's figures, which its detail and its causes may name. */
function hideCauses({ missing, ...refusal }: Refusal): Json {
  const causes = missing.map((cause) =>
    isObject(cause) && isOwn(cause.code) ? cause : { code: codeOf(cause) },
  )
  return { ...refusal, ...(!isOwn(refusal.code) && { detail: refusal.title }), missing: causes }
}

const isOwn = (code: unknown): boolean => typeof code === 'string' && own.test(code)
const codeOf = (cause: unknown): unknown => (isObject(cause) ? cause.code : undefined)

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}

function isRefusal(value: Json): value is Refusal {
  return typeof value.code === 'string' && Array.isArray(value.missing)
}
