import type { Answer } from './instance.ts'

/*
 * A process that runs the operations that its parent orders, many at once, until it is killed. It sends its messages to other
 * services to its parent.
 */

export interface Order {
  readonly tableName: string
  /** Name of the operation. */
  readonly name: string
}

export type Report = { readonly tableName: string } & (
  | { readonly answer: Answer }
  | { readonly said: { readonly to: 'events' | 'heard'; readonly what: unknown } }
)

const { Instance } = await import('./instance.ts')
const { newOutside } = await import('./outside.ts')
const { operations } = await import('./team-operations.ts')
const { beSilent } = await import('./workbench.ts')
await beSilent()
const { instantOf, paymentsOf } = await import('./states.ts')

const report = (message: Report) => void process.send?.(message)

function outsideOf(tableName: string) {
  const outside = newOutside()
  const say = (to: 'events' | 'heard', what: unknown) => report({ tableName, said: { to, what } })
  outside.events.push = (...events) => {
    for (const event of events) say('events', event)
    return events.length
  }
  outside.heard.add = (what) => {
    say('heard', what)
    return outside.heard
  }
  return outside
}

process.on('message', async ({ tableName, name }: Order) => {
  const operation = operations.find((candidate) => candidate.name === name)
  if (operation === undefined) throw new Error(`there is no operation ${name}`)
  const now = instantOf(operation.state)
  const payments = paymentsOf(operation.state)
  const instance = await Instance.start({
    tableName,
    payments,
    outside: outsideOf(tableName),
    now: () => now,
  })
  report({ tableName, answer: await operation.run(instance) })
})
report({ tableName: '', answer: { status: 200, body: 'ready' } })
