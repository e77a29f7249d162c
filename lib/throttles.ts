import type { OperationId } from '../contract/routes.ts'

/** The rate limit of one route, for all callers together. Calls above it get 429. */
export interface Throttle {
  readonly perSecond: number
  /** Maximum number of calls at once. */
  readonly burst: number
}

export interface ThrottleRow extends Throttle {
  readonly why: string
}

/**
 * Routes with a lower limit than the others, which have the setting `callsPerSecond`. The limit is not per caller: API
 * Gateway's HTTP APIs support neither usage plans nor the web application firewall, which would have to be at
 * CloudFront.
 */
export const throttles: Readonly<Partial<Record<OperationId, ThrottleRow>>> = {
  getOffer: { perSecond: 50, burst: 100, why: 'Anyone may call it; caches may keep it for a minute.' },
  getMcpResource: { perSecond: 20, burst: 40, why: 'Anyone may call it, once before a sign-in.' },
  getOpenApi: { perSecond: 20, burst: 40, why: 'Anyone may call it, and it is the largest answer.' },
  recordUsage: {
    perSecond: 500,
    burst: 500,
    why: 'Each call is up to 1,000 events: half a million a second.',
  },
  getUsage: { perSecond: 100, burst: 200, why: 'It reads up to 400 days of every app of a team.' },
  getFocusExport: { perSecond: 20, burst: 40, why: 'A page reads up to 5,000 entries.' },
  listEntries: { perSecond: 100, burst: 200, why: 'A filtered page looks at up to 5,000 entries.' },
  quoteUse: { perSecond: 100, burst: 200, why: 'Each new quote is stored for weeks.' },
  getCampaignProgress: { perSecond: 5, burst: 10, why: 'It counts all teams and apps that are still open.' },
  getHealth: { perSecond: 5, burst: 10, why: 'It counts the pending work by some hundred queries.' },
  listLags: { perSecond: 10, burst: 20, why: 'A page examines 1,000 teams, by 4,000 items.' },
  redriveDeadLetters: { perSecond: 2, burst: 5, why: 'Each calls up to 50 functions, one after the other.' },
  putAlerts: { perSecond: 20, burst: 40, why: 'It checks the alerts, which may forecast the tokens.' },
  putNotifications: { perSecond: 20, burst: 40, why: 'What it sets makes us call others.' },
  resendDelivery: { perSecond: 20, burst: 40, why: 'Each makes us call others, up to eight times.' },
  testWebhook: { perSecond: 5, burst: 10, why: 'Each makes us call others, and waits for their answer.' },
  rotateWebhookSecret: { perSecond: 20, burst: 40, why: 'Nobody needs a secret more often.' },
}

/** The limit of the door of agents. */
export const mcpThrottle: ThrottleRow = {
  perSecond: 100,
  burst: 200,
  why: 'Anyone may call it: a token is verified by the function. A person has few agents.',
}
