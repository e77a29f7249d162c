import type { ActorAnswer } from '../../contract/actor.ts'

/** The caller who asked for something, with the address if it is known. */
export function actorToJson(subject: string, addresses: ReadonlyMap<string, string>): ActorAnswer {
  const email = addresses.get(subject)
  return { subject, ...(email !== undefined && { email }) }
}
