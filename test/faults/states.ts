import type { OperationId } from '../../contract/routes.ts'
import type { Instant } from '../../core/time/time.ts'
import type { Item } from '../../lambdas/store/table.ts'
import { good, type Sent } from '../support/ask.ts'
import { Instance } from './instance.ts'
import { newOutside } from './outside.ts'
import { ring } from './stream.ts'
import type { Workbench } from './workbench.ts'

/** Contents of a table before an operation, and the instant of the operation. */
interface State {
  /** The state that it goes on from. */
  readonly after?: string
  readonly now: string
  readonly payments?: 'sandbox' | 'bus'
  /** Calls of which every one succeeds; the instant moves on to that of a text. */
  readonly steps: readonly (
    | string
    | readonly [OperationId, Sent]
    | ((instance: Instance) => Promise<unknown>)
  )[]
}

export const nightBudget = {
  budgetId: 'night',
  name: 'Agent',
  appId: 'viewer',
  every: 'day',
  tokens: 5,
  endsAt: '2027-01-01T00:00:00Z',
}
const profile = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
const autocad = 'automation-autocad'
const spring = '2026-02-20T10:00:00Z'

export const usageEvent = (id: string, quantity: number, time = spring) => ({
  specversion: '1.0',
  type: 'aps.usage.v1',
  source: 'urn:test',
  id,
  time,
  subject: 'viewer',
  data: { meter: autocad, quantity },
})
/** An event of the bus on its way to the team's endpoints. */
export const notifiedEvent = {
  type: 'TokensExhausted',
  detail: { id: 'acme.9.1', teamId: 'acme', at: spring },
}

/** Recipients of the team's notifications. */
const wishes = {
  language: 'en',
  emails: ['admin@example.com'],
  webhooks: [
    { webhookId: 'wh-1', url: 'https://hooks.example.com/tollgate', secret: { key: '1', number: 1 } },
  ],
} as const

/** Claims of the token of a person whose memberships Tollgate itself knows. */
export const personClaims = (name: string) => ({
  scope: 'hub:read hub:write',
  sub: name,
  person: `${name}@example.com`,
})

const states = {
  empty: { now: spring, steps: [async ({ deps }) => deps.catalog.read()] },
  registered: {
    after: 'empty',
    now: spring,
    steps: [
      ['registerTeam', { body: profile }],
      ['registerApp', { body: { teamId: 'acme', name: 'Viewer' } }],
    ],
  },
  hub: { after: 'registered', now: spring, steps: [['createHub', { body: { name: 'Hub' } }]] },
  /** A paid team with tokens, an open authorization that was captured once, and usage. */
  paid: {
    after: 'hub',
    now: spring,
    steps: [
      ['moveApps', { body: { appIds: ['viewer'] } }],
      ['choosePlan', { body: { plan: 'paid', payAsYouGo: true } }],
      ['purchaseTokens', { body: { purchaseId: 'first', tokens: 100 } }],
      [
        'authorizeUsage',
        { body: { authorizationId: 'a1', appId: 'viewer', meter: autocad, quantity: 7_200 } },
      ],
      ['captureAuthorization', { body: { used: 1_000 } }],
      ['recordUsage', { body: [usageEvent('earlier', 1_500)] }],
    ],
  },
  /** Just enough tokens for one more unit: a second request is refused. */
  scarce: {
    after: 'hub',
    now: spring,
    steps: [
      ['moveApps', { body: { appIds: ['viewer'] } }],
      ['choosePlan', { body: { plan: 'paid' } }],
      ['purchaseTokens', { body: { purchaseId: 'first', tokens: 100 } }],
      ['recordUsage', { body: [usageEvent('most', 99 * 720)] }],
    ],
  },
  /** Tokens that were ordered and are not paid yet. */
  ordered: {
    after: 'paid',
    now: spring,
    payments: 'bus',
    steps: [['purchaseTokens', { body: { purchaseId: 'later', tokens: 200 } }]],
  },
  /** The payment of that order has failed. */
  declined: {
    after: 'ordered',
    now: spring,
    payments: 'bus',
    steps: [
      ['reportPayment', { body: { paymentId: 'x9', invoiceOrPurchaseId: 'acme~later', status: 'failed' } }],
    ],
  },
  /** A team whose use has reached an alert on its cost, which the usage view does not show yet. */
  alerted: {
    after: 'paid',
    now: spring,
    steps: [
      ['putAlerts', { body: { alerts: [{ alertId: 'any', measure: 'cost-tokens', threshold: 1 }] } }],
      ['recordUsage', { body: [usageEvent('reached', 1_440)] }],
    ],
  },
  /** The day after the tokens of a team without use have expired, on which it has an alert. */
  alertDay: {
    after: 'hub',
    now: '2027-02-22T00:05:00Z',
    steps: [
      ['purchaseTokens', { body: { purchaseId: 'first', tokens: 100 } }],
      ['putAlerts', { body: { alerts: [{ alertId: 'low', measure: 'tokens-left', threshold: 50 }] } }],
    ],
  },
  suspended: { after: 'paid', now: spring, steps: [['suspendTeam', { body: { reason: 'abuse' } }]] },
  /** A version of included amounts that is not in force yet. */
  published: {
    after: 'paid',
    now: spring,
    steps: [['publishIncludedAmounts', good.publishIncludedAmounts ?? {}]],
  },
  limited: {
    after: 'paid',
    now: spring,
    steps: [['limitApp', { body: { meter: autocad, perPeriod: 1_000_000 } }]],
  },
  budgeted: {
    after: 'paid',
    now: spring,
    steps: [['makeBudget', { body: nightBudget }]],
  },
  /** A month of use for money; the next instant is after the month, and after its bill falls due. */
  monthEnd: {
    after: 'hub',
    now: '2026-03-03T00:05:00Z',
    steps: [
      ['moveApps', { body: { appIds: ['viewer'] } }],
      ['choosePlan', { body: { plan: 'paid', payAsYouGo: true } }],
      ['recordUsage', { body: [usageEvent('money', 7_200)] }],
    ],
  },
  /** The day after the lot of `paid` has expired. */
  lotEnd: { after: 'scarce', now: '2027-02-21T00:05:00Z', steps: [] },
  billed: {
    after: 'monthEnd',
    now: '2026-03-03T02:00:00Z',
    steps: ['2026-03-03T01:00:00Z', advanceTeam],
  },
  /** A bill whose payment has failed; its first warning is due. */
  unpaid: {
    after: 'billed',
    now: '2026-03-05T02:00:00Z',
    steps: [
      [
        'reportPayment',
        { body: { paymentId: 'x1', invoiceOrPurchaseId: 'acme~invoice:2026-02', status: 'failed' } },
      ],
    ],
  },
  notified: {
    after: 'paid',
    now: spring,
    steps: [
      async ({ deps }) => {
        const { NotificationStore } = await import('../../lambdas/store/notifications.ts')
        await new NotificationStore(deps.table).change('acme', (before) => ({ ...before, ...wishes }))
      },
    ],
  },
  /** Two people, one of them an admin. */
  people: {
    after: 'paid',
    now: spring,
    steps: [
      ['putMember', { body: { email: 'sora@example.com', role: 'admin' } }],
      ['putMember', { params: { memberId: 'umi' }, body: { email: 'umi@example.com', role: 'developer' } }],
    ],
  },
  /** One of the two people has accepted, and is the admin of another team as well. */
  joined: {
    after: 'people',
    now: spring,
    steps: [
      ['acceptMembership', { claims: personClaims('sora') }],
      [
        'registerTeam',
        {
          params: { teamId: 'bolt' },
          body: { ...profile, name: 'Bolt', admin: { memberId: 's', email: 'sora@example.com' } },
        },
      ],
      ['acceptMembership', { params: { teamId: 'bolt' }, claims: personClaims('sora') }],
    ],
  },
  /** Entries that the usage view has seen, and the archive has not. */
  unarchived: { after: 'paid', now: spring, steps: [(instance) => ringOnce(instance)] },
  /** Deliveries that were kept, and of which none was tried. */
  undelivered: {
    after: 'notified',
    now: '2026-02-20T10:10:00Z',
    steps: [
      async ({ deliverer, deliveries }) => {
        const { begin } = deliveries
        deliveries.begin = async () => undefined
        await deliverer.tell(notifiedEvent)
        deliveries.begin = begin
      },
    ],
  },
  campaign: { after: 'registered', now: '2025-12-08T00:00:00Z', steps: [] },
  /** All shards of the announcement are notified. */
  told: {
    after: 'campaign',
    now: '2025-12-08T00:00:00Z',
    steps: [
      '2025-12-08T00:00:00Z',
      async ({ deps }) => {
        const { tellShard } = await import('../../lambdas/workflow/tell-teams.ts')
        for (let shard = 0; shard < 16; shard++) await tellShard(deps, { ...announcement, shard })
      },
    ],
  },
} as const satisfies Record<string, State>

export type StateName = keyof typeof states

export const announcement = {
  campaignId: 'aps-2025',
  step: { notice: 'announced', scheduledAt: Date.parse('2025-12-08T00:00:00Z') },
}

async function ringOnce(instance: Instance): Promise<void> {
  const account = await instance.deps.operations.load('acme')
  await ring(instance, [account?.version ?? 0])
}

async function advanceTeam({ deps }: Instance): Promise<void> {
  await deps.operations.advance('acme')
}

/** States begin before the launch where a campaign is still to come. */
const beginsAt = (name: StateName): string =>
  name === 'campaign' || name === 'told' ? '2025-12-01T10:00:00Z' : spring

const built = new Map<string, Promise<readonly Item[]>>()

/** The items of a state, made by the handlers themselves, once. */
export async function itemsOfState(bench: Workbench, name: StateName): Promise<readonly Item[]> {
  const found = built.get(name) ?? build(bench, name)
  built.set(name, found)
  return found
}

export function instantOf(name: StateName): Instant {
  return Date.parse(states[name].now)
}

export function paymentsOf(name: StateName): 'sandbox' | 'bus' {
  const state: State = states[name]
  return state.payments ?? 'sandbox'
}

async function build(bench: Workbench, name: StateName): Promise<readonly Item[]> {
  const tableName = await bench.newTable()
  let now = Date.parse(beginsAt(name))
  const instance = await Instance.start({
    tableName,
    now: () => now,
    outside: newOutside(),
    payments: paymentsOf(name),
  })
  for (const step of stepsOf(name)) {
    if (typeof step === 'string') now = Date.parse(step)
    else if (typeof step === 'function') await step(instance)
    else {
      const { status, body } = await instance.call(...step)
      if (status >= 300) throw new Error(`${name}: ${step[0]}: ${status} ${JSON.stringify(body)}`)
    }
  }
  return bench.itemsOf(tableName)
}

function stepsOf(name: StateName): State['steps'] {
  const { after, steps }: State = states[name]
  return after === undefined ? steps : [...stepsOf(after as StateName), ...steps]
}
