import * as v from 'valibot'

/** Signing keys by their number, as in the secret. Keys are added and never replaced: each webhook names its key. */
const signingKeys = v.pipe(
  v.string(),
  v.parseJson(),
  v.record(v.pipe(v.string(), v.regex(/^[1-9]\d{0,5}$/)), v.pipe(v.string(), v.minLength(32))),
  v.check((keys) => Object.keys(keys).length > 0),
)
export type SigningKeys = v.InferOutput<typeof signingKeys>

/** Reads the text of the secret. Throws if it has no signing keys. */
export function parseSigningKeys(text: string): SigningKeys {
  return v.parse(signingKeys, text)
}
