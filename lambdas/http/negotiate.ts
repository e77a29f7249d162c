import Negotiator from 'negotiator'

/** The media type that an `Accept` header prefers. It is the first one if the header is missing or names none of them. */
export function preferredMediaType<Type extends string>(
  accept: string | undefined,
  types: readonly [Type, ...Type[]],
): Type {
  const preferred = new Negotiator({ headers: { accept } }).mediaType([...types])
  return types.find((type) => type === preferred) ?? types[0]
}
