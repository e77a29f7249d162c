// Written by `npm run openapi` from the calls that the API describes.

export interface Operations {
  getOffer: {
    params: Record<never, never>
    query: Record<never, never>
    body: undefined
    answer: Offer
  }
  getTeam: {
    params: {
      teamId: string
    }
    query: Record<never, never>
    body: undefined
    answer: TeamDetails
  }
  getBalance: {
    params: {
      teamId: string
    }
    query: Record<never, never>
    body: undefined
    answer: Balance
  }
  getUsage: {
    params: {
      teamId: string
    }
    query: {
      from: string
      to: string
      groupBy?: string
    }
    body: undefined
    answer: UsageRows
  }
  listEntries: {
    params: {
      teamId: string
    }
    query: {
      cursor?: string
      limit?: string
      period?: string
      source?: 'flex' | 'pay-as-you-go' | 'shortfall'
      meter?: string
      api?: string
      lotId?: string
      appId?: string
      kind?:
        | 'team-changed'
        | 'hub-named'
        | 'app-moved'
        | 'plan-changed'
        | 'authorization'
        | 'capture'
        | 'void'
        | 'usage'
        | 'purchase'
        | 'lot-granted'
        | 'lot-expiring'
        | 'lot-expired'
        | 'period-started'
        | 'period-closed'
        | 'limit-set'
        | 'payment'
        | 'payment-recovery'
        | 'campaign-notice'
        | 'suspended'
        | 'resumed'
        | 'personal-data-erased'
        | 'adjustment'
      day?: string
    }
    body: undefined
    answer: Entries
  }
  getOnboarding: {
    params: {
      teamId: string
    }
    query: Record<never, never>
    body: undefined
    answer: Onboarding
  }
  listInvoices: {
    params: {
      teamId: string
    }
    query: Record<never, never>
    body: undefined
    answer: Invoices
  }
  getInvoice: {
    params: {
      teamId: string
      period: string
    }
    query: Record<never, never>
    body: undefined
    answer: Invoice
  }
  choosePlan: {
    params: {
      teamId: string
    }
    query: {
      preview?: 'true' | 'false'
    }
    body: {
      plan: 'free' | 'paid'
      payAsYouGo?: boolean
      spendLimitUsdCents?: number
    }
    answer: Plan
  }
  purchaseTokens: {
    params: {
      teamId: string
    }
    query: {
      preview?: 'true' | 'false'
    }
    body: {
      purchaseId: string
      tokens: number
    }
    answer: Purchase
  }
  limitApp: {
    params: {
      teamId: string
      appId: string
    }
    query: Record<never, never>
    body: {
      meter: string
      perPeriod: number | null
    }
    answer: AppLimit
  }
  createHub: {
    params: {
      teamId: string
    }
    query: Record<never, never>
    body: {
      name: string
    }
    answer: Hub
  }
  moveApps: {
    params: {
      teamId: string
    }
    query: Record<never, never>
    body: {
      /**
       * @minItems 1
       * @maxItems 100
       */
      appIds: string[]
    }
    answer: MovedApps
  }
  listMembers: {
    params: {
      teamId: string
    }
    query: Record<never, never>
    body: undefined
    answer: Members
  }
  putMember: {
    params: {
      teamId: string
      memberId: string
    }
    query: Record<never, never>
    body: {
      email: string
      role: 'admin' | 'developer'
    }
    answer: Member
  }
  removeMember: {
    params: {
      teamId: string
      memberId: string
    }
    query: Record<never, never>
    body: undefined
    answer: undefined
  }
  putNotifications: {
    params: {
      teamId: string
    }
    query: Record<never, never>
    body: {
      language?: 'en' | 'ja'
      /**
       * @maxItems 10
       */
      emails: string[]
      /**
       * @maxItems 5
       */
      webhooks: {
        url: string
        /**
         * @minItems 1
         * @maxItems 15
         */
        types?: (
          | 'UsageThresholdReached'
          | 'FreeLimitReached'
          | 'TokensLow'
          | 'TokensExhausted'
          | 'LotExpiring'
          | 'LotExpired'
          | 'PeriodClosed'
          | 'InvoiceIssued'
          | 'PaymentRetryComing'
          | 'PaymentFailed'
          | 'TeamSuspended'
          | 'TeamResumed'
          | 'AppMigrated'
          | 'MigrationReminder'
          | 'AppSuspended'
        )[]
      }[]
    }
    answer: Notifications
  }
  getNotifications: {
    params: {
      teamId: string
    }
    query: Record<never, never>
    body: undefined
    answer: Notifications
  }
  rotateWebhookSecret: {
    params: {
      teamId: string
      webhookId: string
    }
    query: Record<never, never>
    body: undefined
    answer: WebhookSecret
  }
  listDeliveries: {
    params: {
      teamId: string
    }
    query: {
      cursor?: string
    }
    body: undefined
    answer: Deliveries
  }
  resendDelivery: {
    params: {
      teamId: string
      deliveryId: string
    }
    query: Record<never, never>
    body: undefined
    answer: Delivery
  }
}
export interface Offer {
  at: string
  rateCard: {
    version: string
    effectiveAt: string
    meters: {
      meter: string
      api: string
      baseUnit: string
      unitSize: number
      tokensPerUnit: number
      usdCentsPerUnit: number
      freePerPeriod: number
      unverified: boolean
      freeLimitStops?: 'meter' | 'api'
    }[]
  }
  upcoming: {
    version: string
    effectiveAt: string
    meters: {
      meter: string
      api: string
      baseUnit: string
      unitSize: number
      tokensPerUnit: number
      usdCentsPerUnit: number
      freePerPeriod: number
      unverified: boolean
      freeLimitStops?: 'meter' | 'api'
    }[]
  }[]
  priceList: {
    version: string
    effectiveAt: string
    minimumTokens: number
    unverified: boolean
    steps: {
      fromTokens: number
      unitPriceUsdCents: number
    }[]
  }
  payAsYouGo: {
    countries: string[]
    paymentMethods: string[]
  }
  campaign?: {
    campaignId: string
    opensAt: string
    deadlineAt: string
    remindAt: string[]
  }
  unratedApis: string[]
}
export interface TeamDetails {
  teamId: string
  name: string
  country: string
  paymentMethod: 'credit-card' | 'paypal' | 'none'
  standing: 'good' | 'bad'
  hub?: {
    name: string
  }
  suspension?: {
    reason: string
  }
  payAsYouGo: {
    eligible: boolean
    conditions: {
      condition: 'country' | 'payment-method' | 'standing'
      met: boolean
    }[]
  }
}
export interface Balance {
  at: string
  plan: 'none' | 'free' | 'paid'
  nextPlan?: {
    plan: 'none' | 'free' | 'paid'
    effectiveAt: string
  }
  period: string
  resetsAt: string
  free: {
    meter: string
    used: number
    held: number
    limit: number
    remaining: number
  }[]
  flex: {
    tokens: number
    lots: {
      lotId: string
      tokens: number
      remaining: number
      purchasedAt: string
      expiresAt: string
    }[]
  }
  payAsYouGo: {
    enabled: boolean
    period: string
    usdCents: number
    spendLimitUsdCents?: number
    creditUsdCents?: number
    unbilledUsdCents?: number
    lines: {
      meter: string
      units: number
      usdCents: number
    }[]
  }
  remainders: {
    meter: string
    quantity: number
    unitSize: number
  }[]
  held: {
    meter: string
    quantity: number
  }[]
  shortfall: {
    meter: string
    units: number
    tokens?: number
    usdCents?: number
  }[]
  refused: {
    meter?: string
    api?: string
    code:
      | 'UNKNOWN_APP'
      | 'APP_NOT_IN_HUB'
      | 'NO_PLAN'
      | 'TEAM_SUSPENDED'
      | 'PAYMENT_OVERDUE'
      | 'APP_LIMIT_REACHED'
      | 'SHORTFALL_DUE'
      | 'FREE_LIMIT_REACHED'
      | 'TOKENS_EXHAUSTED'
      | 'SPEND_LIMIT_REACHED'
    title: string
    detail: string
    /**
     * @minItems 1
     */
    missing: Missing[]
    resumesAt?: string
    resolve: string
  }[]
  warnings: {
    meter?: string
    code: 'GRACE_PERIOD' | 'FREE_LIMIT_REACHED' | 'PAYMENT_FAILED' | 'RATE_CARD_SHORT_NOTICE'
    title: string
    detail: string
    until?: string
  }[]
}
export interface Missing {
  code:
    | 'UNKNOWN_APP'
    | 'APP_NOT_IN_HUB'
    | 'NO_PLAN'
    | 'TEAM_SUSPENDED'
    | 'PAYMENT_OVERDUE'
    | 'APP_LIMIT_REACHED'
    | 'SHORTFALL_DUE'
    | 'FREE_LIMIT_REACHED'
    | 'TOKENS_EXHAUSTED'
    | 'SPEND_LIMIT_REACHED'
  because?: string
  since?: string
  quantity?: number
  tokens?: number
  usdCents?: number
  limit?: number
  used?: number
  held?: number
  stoppedBy?: string
  limitUsdCents?: number
  usedUsdCents?: number
  backing?: Backing
  lapses?: Lapse[]
}
export interface Backing {
  at: string
  tokens: number
  spendLeftUsdCents?: number
  demands: Demand[]
}
export interface Demand {
  meter: string
  quantity: number
  units: number
  tokens: number
  usdCents: number
}
export interface Lapse {
  lotId: string
  expiresAt: string
  tokens: number
}
export interface UsageRows {
  from: string
  to: string
  rows: {
    day?: string
    meter?: string
    app?: string
    quantity: number
    units: number
    tokens: number
    usdCents: number
  }[]
}
export interface Entries {
  entries: (
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'team-changed'
        country: string
        paymentMethod: 'credit-card' | 'paypal' | 'none'
        standing: 'good' | 'bad'
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'hub-named'
        name: string
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'app-moved'
        appId: string
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'plan-changed'
        plan: 'none' | 'free' | 'paid'
        payAsYouGo: boolean
        effectiveAt: string
        spendLimitUsdCents?: number
        settled: {
          source: 'flex' | 'pay-as-you-go' | 'shortfall'
          meter: string
          units?: number
          tokens?: number
          usdCents?: number
          lotId?: string
          lots?: {
            lotId: string
            tokens: number
          }[]
        }[]
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'authorization'
        authorizationId: string
        appId: string
        meter: string
        quantity: number
        expiresAt: string
        fundedBy: 'free' | 'flex' | 'pay-as-you-go' | 'grace' | 'unrated'
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'capture'
        authorizationId: string
        used: number
        released: number
        appId: string
        meter: string
        quantity: number
        period: string
        funding: 'free' | 'paid' | 'unrated'
        charges: {
          source: 'flex' | 'pay-as-you-go' | 'shortfall'
          meter: string
          units?: number
          tokens?: number
          usdCents?: number
          lotId?: string
          lots?: {
            lotId: string
            tokens: number
          }[]
        }[]
        late?: boolean
        overrun?: boolean
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'void'
        authorizationId: string
        appId: string
        meter: string
        released: number
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'usage'
        source: string
        id: string
        time: string
        appId: string
        meter: string
        quantity: number
        period: string
        funding: 'free' | 'paid' | 'unrated'
        charges: {
          source: 'flex' | 'pay-as-you-go' | 'shortfall'
          meter: string
          units?: number
          tokens?: number
          usdCents?: number
          lotId?: string
          lots?: {
            lotId: string
            tokens: number
          }[]
        }[]
        late?: boolean
        overrun?: boolean
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'purchase'
        purchaseId: string
        tokens: number
        unitPriceUsdCents: number
        usdCents: number
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'lot-granted'
        lot: {
          lotId: string
          tokens: number
          remaining: number
          purchasedAt: string
          expiresAt: string
        }
        settled: {
          source: 'flex' | 'pay-as-you-go' | 'shortfall'
          meter: string
          units?: number
          tokens?: number
          usdCents?: number
          lotId?: string
          lots?: {
            lotId: string
            tokens: number
          }[]
        }[]
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'lot-expiring'
        lotId: string
        days: number
        tokens: number
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'lot-expired'
        lotId: string
        tokens: number
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'period-started'
        period: string
        plan: 'none' | 'free' | 'paid'
        settled: {
          source: 'flex' | 'pay-as-you-go' | 'shortfall'
          meter: string
          units?: number
          tokens?: number
          usdCents?: number
          lotId?: string
          lots?: {
            lotId: string
            tokens: number
          }[]
        }[]
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'period-closed'
        period: string
        lines: {
          meter: string
          units: number
          usdCents: number
          lateUnits: number
        }[]
        usdCents: number
        creditUsdCents: number
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'limit-set'
        appId: string
        meter: string
        perPeriod: number | null
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'payment'
        paymentId: string
        invoice?: string
        purchase?: string
        usdCents: number
        settled: boolean
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'payment-recovery'
        period: string
        do: 'warn' | 'retry' | 'stop'
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'campaign-notice'
        campaignId: string
        notice: 'announced' | 'reminded' | 'stopped'
        of: string
        deadlineAt: string
        apps: number
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'suspended'
        reason: string
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'resumed'
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'personal-data-erased'
      }
    | {
        version: number
        at: string
        correlationId?: string
        kind: 'adjustment'
        adjustmentId: string
        reason: string
        tokens: number
        creditUsdCents: number
      }
  )[]
  cursor?: string
}
export interface Onboarding {
  steps: {
    step: string
    done: boolean
    optional?: boolean
    why?: string
    todo?: string
  }[]
  apps: {
    appId: string
    name: string
    inHub: boolean
    works: boolean
    stopsAt?: string
    missing?: 'APP_NOT_IN_HUB' | 'NO_PLAN'
    refusal?: {
      code:
        | 'UNKNOWN_APP'
        | 'APP_NOT_IN_HUB'
        | 'NO_PLAN'
        | 'TEAM_SUSPENDED'
        | 'PAYMENT_OVERDUE'
        | 'APP_LIMIT_REACHED'
        | 'SHORTFALL_DUE'
        | 'FREE_LIMIT_REACHED'
        | 'TOKENS_EXHAUSTED'
        | 'SPEND_LIMIT_REACHED'
      title: string
      detail: string
      /**
       * @minItems 1
       */
      missing: Missing1[]
      resumesAt?: string
      resolve: string
    }
    limits: {
      meter: string
      perPeriod: number
      used?: number
    }[]
  }[]
}
export interface Missing1 {
  code:
    | 'UNKNOWN_APP'
    | 'APP_NOT_IN_HUB'
    | 'NO_PLAN'
    | 'TEAM_SUSPENDED'
    | 'PAYMENT_OVERDUE'
    | 'APP_LIMIT_REACHED'
    | 'SHORTFALL_DUE'
    | 'FREE_LIMIT_REACHED'
    | 'TOKENS_EXHAUSTED'
    | 'SPEND_LIMIT_REACHED'
  because?: string
  since?: string
  quantity?: number
  tokens?: number
  usdCents?: number
  limit?: number
  used?: number
  held?: number
  stoppedBy?: string
  limitUsdCents?: number
  usedUsdCents?: number
  backing?: Backing1
  lapses?: Lapse1[]
}
export interface Backing1 {
  at: string
  tokens: number
  spendLeftUsdCents?: number
  demands: Demand1[]
}
export interface Demand1 {
  meter: string
  quantity: number
  units: number
  tokens: number
  usdCents: number
}
export interface Lapse1 {
  lotId: string
  expiresAt: string
  tokens: number
}
export interface Invoices {
  invoices: {
    invoiceId: string
    teamId: string
    teamName: string
    period: string
    currency: 'USD'
    issuedAt: string
    status: 'due' | 'paid' | 'overdue'
    lines: {
      meter: string
      units: number
      unitPriceUsdCents?: number
      usdCents: number
      lateUnits?: number
      entries: string
    }[]
    usdCents: number
    creditUsdCents: number
    dueUsdCents: number
    paymentReference: string
  }[]
}
export interface Invoice {
  invoiceId: string
  teamId: string
  teamName: string
  period: string
  currency: 'USD'
  issuedAt: string
  status: 'due' | 'paid' | 'overdue'
  lines: {
    meter: string
    units: number
    unitPriceUsdCents?: number
    usdCents: number
    lateUnits?: number
    entries: string
  }[]
  usdCents: number
  creditUsdCents: number
  dueUsdCents: number
  paymentReference: string
}
export interface Plan {
  plan: 'none' | 'free' | 'paid'
  payAsYouGo: boolean
  spendLimitUsdCents?: number
  effectiveAt?: string
  preview?: {
    from: {
      plan: 'none' | 'free' | 'paid'
      payAsYouGo: boolean
    }
    effectiveAt: string
    settles: {
      source: 'flex' | 'pay-as-you-go' | 'shortfall'
      meter: string
      units?: number
      tokens?: number
      usdCents?: number
      lotId?: string
      lots?: {
        lotId: string
        tokens: number
      }[]
    }[]
    refusedNow: {
      meter?: string
      api?: string
      code:
        | 'UNKNOWN_APP'
        | 'APP_NOT_IN_HUB'
        | 'NO_PLAN'
        | 'TEAM_SUSPENDED'
        | 'PAYMENT_OVERDUE'
        | 'APP_LIMIT_REACHED'
        | 'SHORTFALL_DUE'
        | 'FREE_LIMIT_REACHED'
        | 'TOKENS_EXHAUSTED'
        | 'SPEND_LIMIT_REACHED'
      title: string
      detail: string
      /**
       * @minItems 1
       */
      missing: Missing2[]
      resumesAt?: string
      resolve: string
    }[]
    refusedThen: {
      meter?: string
      api?: string
      code:
        | 'UNKNOWN_APP'
        | 'APP_NOT_IN_HUB'
        | 'NO_PLAN'
        | 'TEAM_SUSPENDED'
        | 'PAYMENT_OVERDUE'
        | 'APP_LIMIT_REACHED'
        | 'SHORTFALL_DUE'
        | 'FREE_LIMIT_REACHED'
        | 'TOKENS_EXHAUSTED'
        | 'SPEND_LIMIT_REACHED'
      title: string
      detail: string
      /**
       * @minItems 1
       */
      missing: Missing3[]
      resumesAt?: string
      resolve: string
    }[]
  }
}
export interface Missing2 {
  code:
    | 'UNKNOWN_APP'
    | 'APP_NOT_IN_HUB'
    | 'NO_PLAN'
    | 'TEAM_SUSPENDED'
    | 'PAYMENT_OVERDUE'
    | 'APP_LIMIT_REACHED'
    | 'SHORTFALL_DUE'
    | 'FREE_LIMIT_REACHED'
    | 'TOKENS_EXHAUSTED'
    | 'SPEND_LIMIT_REACHED'
  because?: string
  since?: string
  quantity?: number
  tokens?: number
  usdCents?: number
  limit?: number
  used?: number
  held?: number
  stoppedBy?: string
  limitUsdCents?: number
  usedUsdCents?: number
  backing?: Backing2
  lapses?: Lapse2[]
}
export interface Backing2 {
  at: string
  tokens: number
  spendLeftUsdCents?: number
  demands: Demand2[]
}
export interface Demand2 {
  meter: string
  quantity: number
  units: number
  tokens: number
  usdCents: number
}
export interface Lapse2 {
  lotId: string
  expiresAt: string
  tokens: number
}
export interface Missing3 {
  code:
    | 'UNKNOWN_APP'
    | 'APP_NOT_IN_HUB'
    | 'NO_PLAN'
    | 'TEAM_SUSPENDED'
    | 'PAYMENT_OVERDUE'
    | 'APP_LIMIT_REACHED'
    | 'SHORTFALL_DUE'
    | 'FREE_LIMIT_REACHED'
    | 'TOKENS_EXHAUSTED'
    | 'SPEND_LIMIT_REACHED'
  because?: string
  since?: string
  quantity?: number
  tokens?: number
  usdCents?: number
  limit?: number
  used?: number
  held?: number
  stoppedBy?: string
  limitUsdCents?: number
  usedUsdCents?: number
  backing?: Backing3
  lapses?: Lapse3[]
}
export interface Backing3 {
  at: string
  tokens: number
  spendLeftUsdCents?: number
  demands: Demand3[]
}
export interface Demand3 {
  meter: string
  quantity: number
  units: number
  tokens: number
  usdCents: number
}
export interface Lapse3 {
  lotId: string
  expiresAt: string
  tokens: number
}
export interface Purchase {
  purchaseId: string
  tokens: number
  unitPriceUsdCents: number
  usdCents: number
  status: 'granted' | 'payment-pending' | 'preview'
  lot?: {
    lotId: string
    tokens: number
    remaining: number
    purchasedAt: string
    expiresAt: string
  }
  settles?: {
    source: 'flex' | 'pay-as-you-go' | 'shortfall'
    meter: string
    units?: number
    tokens?: number
    usdCents?: number
    lotId?: string
    lots?: {
      lotId: string
      tokens: number
    }[]
  }[]
}
export interface AppLimit {
  appId: string
  meter: string
  perPeriod: number | null
}
export interface Hub {
  teamId: string
  name: string
}
export interface MovedApps {
  apps: {
    appId: string
    status: 'moved' | 'already-there' | 'rejected'
    problem?: {
      code: string
      title: string
      detail: string
    }
  }[]
}
export interface Members {
  members: {
    memberId: string
    email: string
    role: 'admin' | 'developer'
    since: string
  }[]
}
export interface Member {
  memberId: string
  email: string
  role: 'admin' | 'developer'
  since: string
}
export interface Notifications {
  language: 'en' | 'ja'
  emails: string[]
  webhooks: {
    webhookId: string
    url: string
    types?: string[]
    disabledAt?: string
    secret?: string
  }[]
}
export interface WebhookSecret {
  webhookId: string
  secret: string
  previousUntil: string
}
export interface Deliveries {
  deliveries: {
    deliveryId: string
    endpointId: string
    eventId: string
    type: string
    status: 'pending' | 'delivered' | 'failed'
    attempts: {
      at: string
      outcome: string
    }[]
  }[]
  cursor?: string
}
export interface Delivery {
  deliveryId: string
  endpointId: string
  eventId: string
  type: string
  status: 'pending' | 'delivered' | 'failed'
  attempts: {
    at: string
    outcome: string
  }[]
}

/** Method and path of each call. */
export const places = {
  getOffer: 'GET /v1/offer',
  getTeam: 'GET /v1/teams/{teamId}',
  getBalance: 'GET /v1/teams/{teamId}/balance',
  getUsage: 'GET /v1/teams/{teamId}/usage',
  listEntries: 'GET /v1/teams/{teamId}/entries',
  getOnboarding: 'GET /v1/teams/{teamId}/onboarding',
  listInvoices: 'GET /v1/teams/{teamId}/invoices',
  getInvoice: 'GET /v1/teams/{teamId}/invoices/{period}',
  choosePlan: 'PUT /v1/teams/{teamId}/plan',
  purchaseTokens: 'POST /v1/teams/{teamId}/token-purchases',
  limitApp: 'PUT /v1/teams/{teamId}/apps/{appId}/limits',
  createHub: 'PUT /v1/teams/{teamId}/hub',
  moveApps: 'POST /v1/teams/{teamId}/hub/apps',
  listMembers: 'GET /v1/teams/{teamId}/members',
  putMember: 'PUT /v1/teams/{teamId}/members/{memberId}',
  removeMember: 'DELETE /v1/teams/{teamId}/members/{memberId}',
  putNotifications: 'PUT /v1/teams/{teamId}/notifications',
  getNotifications: 'GET /v1/teams/{teamId}/notifications',
  rotateWebhookSecret: 'POST /v1/teams/{teamId}/notifications/webhooks/{webhookId}/secret',
  listDeliveries: 'GET /v1/teams/{teamId}/notifications/deliveries',
  resendDelivery: 'POST /v1/teams/{teamId}/notifications/deliveries/{deliveryId}/resend',
} as const
