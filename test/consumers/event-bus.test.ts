import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { mockClient } from 'aws-sdk-client-mock'
import { expect, test } from 'vitest'
import type { DomainEvent } from '../../core/events/domain-event.ts'
import { openEventBus } from '../../lambdas/bus/event-bus.ts'

const events = Array.from({ length: 23 }, (_, index): DomainEvent => {
  return { eventId: `acme.${index}.0`, teamId: 'acme', at: 0, type: 'AppMigrated', appId: `app-${index}` }
})

/** A bus that refuses some entries, by the number of the call (from 0) and the app. */
function open(refuses: (call: number, appId: string) => boolean) {
  const client = new EventBridgeClient({ region: 'us-east-1' })
  const mock = mockClient(client)
  const taken: string[] = []
  let call = -1
  mock.on(PutEventsCommand).callsFake(({ Entries }: { Entries: { Detail: string }[] }) => {
    call += 1
    const results = Entries.map(({ Detail }) => {
      const { appId } = JSON.parse(Detail)
      if (refuses(call, appId)) return { ErrorCode: 'ThrottlingException' }
      taken.push(appId)
      return { EventId: 'x' }
    })
    return { Entries: results }
  })
  return { bus: openEventBus('Bus', client), taken, mock }
}

test('events go out in tens, in order', async () => {
  const { bus, taken, mock } = open(() => false)
  await bus.put(events)
  expect(taken).toEqual(events.map((event) => 'appId' in event && event.appId))
  const sizes = mock.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries?.length)
  expect(sizes).toEqual([10, 10, 3])
  expect(mock.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries?.[0]).toMatchObject({
    EventBusName: 'Bus',
    Source: 'tollgate',
    DetailType: 'AppMigrated',
  })
})

test('only what the bus refused is put again', async () => {
  const { bus, taken, mock } = open((call, appId) => call === 0 && ['app-2', 'app-7'].includes(appId))
  await bus.put(events.slice(0, 10))
  expect([...taken].sort()).toEqual(events.slice(0, 10).map((_, index) => `app-${index}`))
  expect(mock.commandCalls(PutEventsCommand)[1]?.args[0].input.Entries).toHaveLength(2)
})

test('an event that the bus never accepts is a failure after five tries', async () => {
  const { bus, mock } = open((_, appId) => appId === 'app-3')
  await expect(bus.put(events.slice(0, 5))).rejects.toThrow('1 events did not get on the bus')
  expect(mock.commandCalls(PutEventsCommand)).toHaveLength(5)
})
