import { describe, expect } from 'vitest'
import { budgetsMax, limitsMax, lotsMax, subscriptionsMax } from '../../core/account/bounds.ts'
import { invitationsMax, membersMax } from '../../core/account/members.ts'
import { type ConflictRefusalCode, conflictRefusals } from '../../core/refusal.ts'
import { dayMs, hourMs } from '../../core/time/time.ts'
import { row, type Sent } from '../support/ask.ts'
import { test } from '../support/fixtures.ts'
import { acad, Scene } from '../support/scene.ts'

/* Each act that the text of a conflict names is done, and the request is then allowed. A new code fails without its row. */

interface Request {
  readonly operationId: string
  readonly sent: Sent
}

/** One state in which a code is answered. */
interface Row {
  readonly name: string
  readonly make: (scene: Scene) => Promise<unknown>
  readonly request: Request | ((scene: Scene) => Promise<Request>)
  /** Each act that the text names, with the words that name it. */
  readonly acts: readonly Act[]
}

interface Act {
  readonly words: Readonly<Record<'en' | 'ja', RegExp>>
  readonly act?: (scene: Scene) => Promise<unknown>
  /** The request afterwards, where the text asks for another one. */
  readonly instead?: Request
}

const paid = { plan: 'paid' }
const payAsYouGo = { plan: 'paid', payAsYouGo: true }
const request = (operationId: string, sent: Sent): Request => ({ operationId, sent })
const buy = (purchaseId: string, tokens = 100, more: object = {}) =>
  request('purchaseTokens', { body: { purchaseId, tokens, ...more } })
const limit = (meter: string, perPeriod: number | null, appId = 'viewer') =>
  request('limitApp', { params: { appId }, body: { meter, perPeriod } })
const budget = (budgetId: string) => {
  const content = { name: 'Agent', appId: 'viewer', every: 'day', tokens: 1, endsAt: '2026-12-01T00:00:00Z' }
  return request('makeBudget', { body: { budgetId, ...content } })
}
const member = (memberId: string, email = `${memberId}@example.com`, role = 'developer', teamId = 'acme') =>
  request('putMember', { params: { teamId, memberId }, body: { email, role } })
const card = (version: string, effectiveAt: string, changes: object = {}) =>
  request('publishRateCard', { params: { version }, body: { effectiveAt, meters: [row(changes)] } })
const included = (version: string, effectiveAt: string) =>
  request('publishIncludedAmounts', {
    params: { version },
    body: { effectiveAt, products: [{ product: 'suite', meter: acad, perPeriod: 720 }] },
  })
const as = (name: string) => ({
  scope: 'hub:read hub:write',
  sub: `subject-of-${name}`,
  person: `${name}@example.com`,
})
const reverse = request('reverseUsage', {
  body: { reversalId: 'r2', source: 'urn:scene', id: 'id-1', reason: 'a mistake' },
})
async function addWebhook(scene: Scene): Promise<void> {
  await scene.do('putNotifications', {
    body: { emails: [], webhooks: [{ url: 'https://example.com/hook' }] },
  })
}
async function ofWebhook(scene: Scene, operationId: string): Promise<Request> {
  const { webhooks } = await scene.do('getNotifications', {})
  const [webhook] = webhooks as { webhookId: string }[]
  return request(operationId, { params: { webhookId: webhook?.webhookId ?? '' } })
}
const rotation = (scene: Scene) => ofWebhook(scene, 'rotateWebhookSecret')
const webhookTest = (scene: Scene) => ofWebhook(scene, 'testWebhook')
const run = (scene: Scene, { operationId, sent }: Request) => scene.do(operationId, sent)
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
const subscribe = (name: string, rows = subscriptionsMax) => {
  const subscriptions = numbers(rows).map((row) => ({
    product: `${name}-${row}`,
    count: 1,
    from: '2026-02-01',
  }))
  return request('setSubscriptions', { body: { subscriptions } })
}
const setMethod = { words: { en: /credit card or PayPal/, ja: /クレジットカードまたは PayPal/ } }

const rows: Readonly<Record<ConflictRefusalCode, readonly [Row, ...Row[]]>> = {
  IDEMPOTENCY_CONFLICT: [
    {
      name: 'a purchase of another size under a known id',
      make: async (scene) => {
        await scene.ready(paid)
        await run(scene, buy('p1', 100))
      },
      request: buy('p1', 200),
      acts: [
        { words: { en: /the same content/, ja: /同じ内容/ }, instead: buy('p1', 100) },
        { words: { en: /a new id/, ja: /新しい ID/ }, instead: buy('p2', 200) },
      ],
    },
  ],
  PAY_AS_YOU_GO_NOT_ELIGIBLE: [
    {
      name: 'another country',
      make: (scene) => scene.ready(paid, { country: 'XX' }),
      request: request('choosePlan', { body: payAsYouGo }),
      acts: [
        {
          words: { en: /Correct all of this/, ja: /条件をすべて解消/ },
          act: (scene) => scene.team({ country: 'US' }),
        },
        { words: { en: /use Flex tokens/, ja: /Flexトークンを使用/ }, instead: buy('p1') },
      ],
    },
    {
      name: 'no payment method, and bad standing',
      make: (scene) => scene.ready(paid, { paymentMethod: 'none', standing: 'bad' }),
      request: request('choosePlan', { body: payAsYouGo }),
      acts: [
        {
          words: { en: /Correct all of this/, ja: /条件をすべて解消/ },
          act: (scene) => scene.team({ paymentMethod: 'paypal', standing: 'good' }),
        },
        {
          words: {
            en: /Flex tokens are bought with a credit card or PayPal, too/,
            ja: /Flexトークンの購入にも/,
          },
          act: (scene) => scene.team({ paymentMethod: 'credit-card' }),
          instead: buy('p1'),
        },
      ],
    },
  ],
  PAYMENT_METHOD_REQUIRED: [
    {
      name: 'tokens without a payment method',
      make: (scene) => scene.ready(paid, { paymentMethod: 'none' }),
      request: buy('p1'),
      acts: [{ ...setMethod, act: (scene) => scene.team({ paymentMethod: 'paypal' }) }],
    },
  ],
  PRICE_CHANGED: [
    {
      name: 'an expected price that is not in force',
      make: (scene) => scene.ready(paid),
      request: buy('p1', 100, { expectedUsdCents: 1 }),
      acts: [
        {
          words: { en: /buy at that price/, ja: /もう一度購入/ },
          instead: buy('p1', 100, { expectedUsdCents: 30_000 }),
        },
      ],
    },
  ],
  PURCHASE_CLOSED: [
    {
      name: 'giving up what is paid',
      make: async (scene) => {
        await scene.ready(paid)
        await run(scene, buy('p1'))
      },
      request: request('giveUpPurchase', { params: { purchaseId: 'p1' } }),
      acts: [{ words: { en: /a new purchase under a new id/, ja: /新しい ID で購入/ }, instead: buy('p2') }],
    },
    {
      name: 'paying what was refunded',
      make: async (scene) => {
        await scene.ready(paid)
        await run(scene, buy('p1'))
        const body = { paymentId: 'x', invoiceOrPurchaseId: 'acme~p1', status: 'refunded' }
        await scene.do('reportPayment', { body })
      },
      request: request('payPurchase', { params: { purchaseId: 'p1' } }),
      acts: [{ words: { en: /a new purchase under a new id/, ja: /新しい ID で購入/ }, instead: buy('p2') }],
    },
  ],
  NOT_REVERSIBLE: [
    {
      name: 'use that was taken back before',
      make: async (scene) => {
        await scene.ready(payAsYouGo)
        await scene.use(acad, 720)
        await scene.do('reverseUsage', { body: { ...(reverse.sent.body as object), reversalId: 'r1' } })
      },
      request: reverse,
      acts: [
        {
          words: { en: /an adjustment/, ja: /調整/ },
          instead: request('adjustTeam', { body: { adjustmentId: 'x', usdCents: 300, reason: 'goodwill' } }),
        },
      ],
    },
  ],
  TOO_MANY_LOTS: [
    {
      name: 'as many lots as a team may hold',
      make: async (scene) => {
        await scene.ready(paid)
        for (const index of numbers(lotsMax)) {
          await run(scene, buy(`lot-${index}`))
          if (index === 0) scene.clock.time += dayMs
        }
      },
      request: buy('more'),
      acts: [
        {
          words: { en: /Use up a lot/, ja: /使い切る/ },
          // This uses up the lot of the first day.
          act: (scene) => scene.use(acad, 72_000),
        },
        {
          words: { en: /let it expire/, ja: /有効期限をお待ち/ },
          act: async ({ clock }) => {
            clock.time = Date.parse('2027-02-21T00:00:00Z')
          },
        },
      ],
    },
  ],
  TOO_MANY_LIMITS: [
    {
      name: 'as many limits as a team may have',
      make: async (scene) => {
        await scene.ready(paid)
        for (const index of numbers(limitsMax)) {
          await scene.app(`app-${index}`)
          await run(scene, limit(acad, 720, `app-${index}`))
        }
      },
      request: limit(acad, 720),
      acts: [
        {
          words: { en: /Lift a limit/, ja: /上限を解除/ },
          act: (scene) => run(scene, limit(acad, null, 'app-7')),
        },
      ],
    },
  ],
  TOO_MANY_BUDGETS: [
    {
      name: 'as many budgets as a team may have',
      make: async (scene) => {
        await scene.ready(paid)
        for (const index of numbers(budgetsMax)) await run(scene, budget(`b-${index}`))
      },
      request: budget('one-more'),
      acts: [
        {
          words: { en: /Revoke a budget/, ja: /予算を取り消し/ },
          act: async (scene) => {
            await scene.do('revokeBudget', { params: { budgetId: 'b-7' } })
          },
        },
      ],
    },
  ],
  TOO_MANY_SUBSCRIPTIONS: [
    {
      name: 'other products, ten times in a month',
      make: async (scene) => {
        await scene.ready(paid)
        for (const index of numbers(10)) await run(scene, subscribe(`day-${index}`))
      },
      request: subscribe('more'),
      acts: [
        { words: { en: /fewer rows/, ja: /行数を減らす/ }, instead: subscribe('more', 0) },
        {
          words: { en: /after the end of the next month/, ja: /翌月が終わってから/ },
          act: async ({ clock }) => {
            clock.time += 62 * dayMs
          },
        },
      ],
    },
  ],
  APP_OF_ANOTHER_TEAM: [
    {
      name: 'an app of acme that bolt registers',
      make: async (scene) => {
        await scene.ready(paid)
        const body = { name: 'Bolt', country: 'US', paymentMethod: 'none', standing: 'good' }
        await scene.do('registerTeam', { params: { teamId: 'bolt' }, body })
      },
      request: request('registerApp', { body: { teamId: 'bolt', name: 'Viewer' } }),
      acts: [
        {
          words: { en: /Check the client id/, ja: /クライアント ID .*確認/ },
          instead: request('registerApp', {
            params: { appId: 'bolts' },
            body: { teamId: 'bolt', name: 'Viewer' },
          }),
        },
        {
          words: { en: /and the team/, ja: /チームを確認/ },
          instead: request('registerApp', { body: { teamId: 'acme', name: 'Viewer' } }),
        },
      ],
    },
  ],
  RATE_CARD_EXISTS: [
    {
      name: 'another content under a published version',
      make: (scene) => run(scene, card('v1', '2026-09-01T00:00:00Z')),
      request: card('v1', '2026-10-01T00:00:00Z'),
      acts: [
        {
          words: { en: /a new version/, ja: /新しいバージョン/ },
          instead: card('v2', '2026-10-01T00:00:00Z'),
        },
      ],
    },
  ],
  RATE_CARD_TOO_SOON: [
    {
      name: 'a card that takes effect within hours',
      make: async () => {},
      request: card('v1', '2026-02-20T12:00:00Z'),
      acts: [
        {
          words: { en: /a later effectiveAt/, ja: /effectiveAt をより後/ },
          instead: card('v1', '2026-09-01T00:00:00Z'),
        },
      ],
    },
  ],
  CATALOG_VERSION_EXISTS: [
    {
      name: 'another content under a published version of included amounts',
      make: (scene) => run(scene, included('v1', '2026-09-01T00:00:00Z')),
      request: included('v1', '2026-10-01T00:00:00Z'),
      acts: [
        {
          words: { en: /a new version/, ja: /新しいバージョン/ },
          instead: included('v2', '2026-10-01T00:00:00Z'),
        },
      ],
    },
  ],
  CATALOG_VERSION_TOO_SOON: [
    {
      name: 'included amounts that take effect within hours',
      make: async () => {},
      request: included('v1', '2026-02-20T12:00:00Z'),
      acts: [
        {
          words: { en: /a later effectiveAt/, ja: /effectiveAt をより後/ },
          instead: included('v1', '2026-09-01T00:00:00Z'),
        },
      ],
    },
  ],
  HUB_REQUIRED: [
    {
      name: 'a move without a hub',
      make: async (scene) => {
        await scene.team()
        await scene.app()
      },
      request: request('moveApps', { body: { appIds: ['viewer'] } }),
      acts: [
        {
          words: { en: /creates the developer hub/, ja: /デベロッパーハブを作成/ },
          act: (scene) => scene.hub(),
        },
      ],
    },
  ],
  LAST_ADMIN: [
    {
      name: 'the removal of the only admin who has accepted',
      make: async (scene) => {
        await scene.team()
        await run(scene, member('aoi', 'aoi@example.com', 'admin'))
        await scene.do('acceptMembership', { claims: as('aoi') })
        await run(scene, member('sora', 'sora@example.com', 'admin'))
      },
      request: request('removeMember', { params: { memberId: 'aoi' } }),
      acts: [
        {
          words: { en: /another member an admin, one who has accepted/, ja: /招待を承諾済みの.*管理者に/ },
          act: (scene) => scene.do('acceptMembership', { claims: as('sora') }),
        },
      ],
    },
  ],
  MEMBER_EXISTS: [
    {
      name: 'the address of another member',
      make: async (scene) => {
        await scene.team()
        await run(scene, member('aoi', 'aoi@example.com', 'admin'))
      },
      request: member('sora', 'aoi@example.com', 'admin'),
      acts: [
        {
          words: { en: /Change that member/, ja: /そのメンバーを変更/ },
          instead: member('aoi', 'aoi@example.com', 'admin'),
        },
        { words: { en: /another address/, ja: /別のメールアドレス/ }, instead: member('sora') },
      ],
    },
  ],
  TOO_MANY_MEMBERS: [
    {
      name: 'one person more than a team may have',
      make: async (scene) => {
        await scene.team()
        for (const index of numbers(membersMax)) await run(scene, member(`m-${index}`))
      },
      request: member('sora'),
      acts: [
        {
          words: { en: /Remove a member/, ja: /メンバーを削除/ },
          act: (scene) => scene.do('removeMember', { params: { memberId: 'm-7' } }),
        },
      ],
    },
  ],
  TOO_MANY_INVITATIONS: [
    {
      name: 'one team more than may invite an address',
      make: async (scene) => {
        await scene.team()
        const body = { name: 'Other', country: 'US', paymentMethod: 'none', standing: 'good' }
        for (const index of numbers(invitationsMax)) {
          const teamId = `team-${index}`
          await scene.do('registerTeam', { params: { teamId }, body })
          const { sent } = member('sora', 'sora@example.com', 'developer', teamId)
          await scene.do('putMember', {
            ...sent,
            claims: { scope: 'ops:admin hub:write', team: teamId, role: 'admin' },
          })
        }
      },
      request: member('sora'),
      acts: [
        {
          words: { en: /accepts/, ja: /承諾/ },
          act: (scene) => scene.do('acceptMembership', { params: { teamId: 'team-3' }, claims: as('sora') }),
        },
        {
          words: { en: /declines/, ja: /辞退/ },
          act: (scene) => scene.do('leaveTeam', { params: { teamId: 'team-3' }, claims: as('sora') }),
        },
      ],
    },
  ],
  TOO_MANY_VERSIONS: [
    {
      name: 'a version more than the catalog may have',
      make: async (scene) => {
        for (const number of numbers(150)) await run(scene, included(`v${number}`, '2026-09-01T00:00:00Z'))
      },
      request: included('one-more', '2026-09-01T00:00:00Z'),
      // Only a release of Tollgate lifts it.
      acts: [],
    },
  ],
  NOT_HERE: [
    {
      name: 'leaving a team that the token states',
      make: async (scene) => {
        await scene.team()
        await run(scene, member('aoi', 'aoi@example.com', 'admin'))
      },
      request: request('acceptMembership', {}),
      acts: [
        {
          words: { en: /the administrators of your sign-in service/, ja: /サインインサービスの管理者/ },
          // They let the service state the person instead of a team.
          instead: request('acceptMembership', { claims: as('aoi') }),
        },
      ],
    },
  ],
  TOO_MANY_SECRETS: [
    {
      name: 'an eleventh secret within a day',
      make: async (scene) => {
        await scene.team()
        await addWebhook(scene)
        for (const _ of numbers(10)) await run(scene, await rotation(scene))
      },
      request: rotation,
      acts: [
        {
          words: { en: /once an older one has expired/, ja: /期限が切れてから/ },
          act: async ({ clock }) => {
            clock.time += dayMs + hourMs
          },
        },
      ],
    },
  ],
  TESTED_JUST_NOW: [
    {
      name: 'a second test within ten seconds',
      make: async (scene) => {
        await scene.team()
        await addWebhook(scene)
        await run(scene, await webhookTest(scene))
      },
      request: webhookTest,
      acts: [
        {
          words: { en: /after ten seconds/, ja: /10 秒たってから/ },
          act: async ({ clock }) => {
            clock.time += 10_000
          },
        },
      ],
    },
  ],
}

test('every code has a row', () => {
  expect(Object.keys(rows).toSorted()).toEqual([...conflictRefusals].toSorted())
})

const cases = conflictRefusals.flatMap((code) => rows[code].map((each) => ({ code, ...each })))

describe.each(cases)('$code: $name', ({ code, make, request: refused, acts }) => {
  /** Makes the state and sends the request, which is refused. Returns it. */
  async function beRefused(scene: Scene): Promise<Request> {
    await make(scene)
    const { operationId, sent } = typeof refused === 'function' ? await refused(scene) : refused
    for (const language of ['en', 'ja'] as const) {
      const headers = { ...sent.headers, 'accept-language': language }
      const { status, body } = await scene.party.call(operationId, { ...sent, headers })
      expect([status, body.code]).toEqual([409, code])
      for (const { words } of acts) expect(body.resolve).toMatch(words[language])
    }
    return { operationId, sent }
  }

  if (acts.length === 0)
    test('is refused, and nothing that its caller does lifts it', async ({ party, clock }) => {
      await beRefused(new Scene(party, clock))
    })

  test.for(acts)('is allowed after act %#', async ({ act, instead }, { party, clock }) => {
    const scene = new Scene(party, clock)
    const { operationId, sent } = await beRefused(scene)
    await act?.(scene)
    const again = instead ?? { operationId, sent }
    const { status, body } = await party.call(again.operationId, again.sent)
    expect(status, JSON.stringify(body)).toBeLessThan(300)
  })
})
