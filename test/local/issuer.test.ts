import { expect, test } from 'vitest'
import { openIssuer } from '../../local/gateway/issuer.ts'
import { localAuthority } from '../../local/synthesize.ts'
import { type SeededRandom, seededRandom } from '../../tools/sample/random.ts'
import { forgedTokens } from '../support/forged-tokens.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const mutantsCount = 12_000
const seed = 20_260_117
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ '

const dataDir = temporaryFolder()
const issuer = await openIssuer(dataDir)
const { right, wrong } = await forgedTokens(dataDir)
const accepts = async (token: string) => (await issuer.verify(token, localAuthority)) !== undefined

type Mutate = (token: string, random: SeededRandom) => string

const at = (token: string, random: SeededRandom) => random.between(0, token.length - 1)
const any = (random: SeededRandom) => alphabet.charAt(random.between(0, alphabet.length - 1))
const json = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Changes one field of a part of the token and keeps the signature. */
const changed =
  (index: 0 | 1, fields: readonly string[]): Mutate =>
  (token, random) => {
    const parts = token.split('.')
    const value = json(parts[index] ?? '')
    const field = fields[random.between(0, fields.length - 1)] ?? ''
    parts[index] = part({ ...value, [field]: random.hex() })
    return parts.join('.')
  }

const mutations: readonly Mutate[] = [
  // One character is replaced, removed, added or moved.
  (token, random) => {
    const place = at(token, random)
    return token.slice(0, place) + any(random) + token.slice(place + 1)
  },
  (token, random) => {
    const place = at(token, random)
    return token.slice(0, place) + token.slice(place + 1)
  },
  (token, random) => {
    const place = at(token, random)
    return token.slice(0, place) + any(random) + token.slice(place)
  },
  (token, random) => {
    const [from, to] = [at(token, random), at(token, random)]
    const letters = [...token]
    letters[from] = token.charAt(to)
    letters[to] = token.charAt(from)
    return letters.join('')
  },
  // A part is removed or repeated.
  (token, random) => token.slice(0, at(token, random)),
  (token, random) => token.slice(at(token, random)),
  (token, random) => {
    const place = at(token, random)
    return token.slice(0, place) + token.slice(place, place + 8) + token.slice(place)
  },
  changed(0, ['alg', 'kid', 'typ', 'jku', 'crit', 'b64']),
  changed(1, ['scope', 'team', 'role', 'exp', 'iss', 'aud', 'sub', 'nbf']),
]

/**
 * The meaning of a token: its signed text and the bytes of the signature. Two texts may have the same
 * meaning.
 */
function meaning(token: string): string {
  const [head, payload, signature = '', ...rest] = token.split('.')
  return [head, payload, Buffer.from(signature, 'base64url').toString('hex'), ...rest].join('.')
}

test('a token is accepted as issued, and refused after any single change', async () => {
  expect(await accepts(right)).toBe(true)
  for (const [what, token] of Object.entries(wrong))
    expect([what, await accepts(token)]).toEqual([what, false])
})

test(`none of ${mutantsCount} mutants of a token is accepted`, async () => {
  const random = seededRandom(seed)
  const accepted: string[] = []
  for (let count = 0; count < mutantsCount; ) {
    const mutate = mutations[random.between(0, mutations.length - 1)]
    const mutant = mutate?.(right, random) ?? ''
    if (meaning(mutant) === meaning(right)) continue
    count += 1
    if (await accepts(mutant)) accepted.push(mutant)
  }
  expect(accepted).toEqual([])
})

test('a token of one data folder is invalid in another', async () => {
  const elsewhere = await openIssuer(temporaryFolder())
  expect(await elsewhere.verify(right, localAuthority)).toBeUndefined()
})
