import type { ActorAnswer } from '../../contract/actor.ts'

/** Facts about the subjects of callers. */
export interface KnownActors {
  readonly addresses: ReadonlyMap<string, string>
  /** The names of the keys of budgets. */
  readonly names?: ReadonlyMap<string, string>
}

/** The caller who asked for something, with the address of a person or the name of a key if it is known. */
export function actorToJson(subject: string, { addresses, names }: KnownActors): ActorAnswer {
  const [email, name] = [addresses.get(subject), names?.get(subject)]
  return { subject, ...(email !== undefined && { email }), ...(name !== undefined && { name }) }
}
