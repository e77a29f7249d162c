import type { OperationId } from '../../contract/routes.ts'

/**
 * Callers that a call allows: anyone; a service that meters; a person who reads or changes what is theirs (`readers`,
 * `persons`); a team's people, or only its admins, who read (`overseers`) or change, for their own team; operators.
 */
export type Rights =
  | 'anyone'
  | 'services'
  | 'readers'
  | 'persons'
  | 'people'
  | 'overseers'
  | 'admins'
  | 'operators'

export interface AccessRow {
  readonly rights: Rights
  /** Operators may make the call too, for any team. */
  readonly operatorsToo?: true
  /** Services may make the call too, for any team. */
  readonly servicesToo?: true
  /** An id of the path that may name something of another team: it must look as if there were none. */
  readonly foreign?: 'appId' | 'memberId' | 'webhookId' | 'deliveryId' | 'purchaseId'
}

const services = { rights: 'services' } as const
const people = { rights: 'people', operatorsToo: true } as const
/** Admins, who read money and people's acts. */
const overseers = { rights: 'overseers', operatorsToo: true } as const
const admins = { rights: 'admins' } as const
const operators = { rights: 'operators' } as const

/** A row for every call, independent of the route table: a new route, or a changed scope, fails without its row. */
export const accessRows: Readonly<Record<OperationId, AccessRow>> = {
  getOffer: { rights: 'anyone' },
  getOpenApi: { rights: 'anyone' },
  getMcpResource: { rights: 'anyone' },
  authorizeUsage: services,
  captureAuthorization: services,
  getAuthorization: services,
  voidAuthorization: services,
  settleUsage: services,
  recordUsage: services,
  classifyRequest: services,
  getMe: { rights: 'readers' },
  chooseTeam: { rights: 'persons' },
  acceptMembership: { rights: 'persons' },
  leaveTeam: { rights: 'persons' },
  getTeam: people,
  getBalance: people,
  getUsage: people,
  getAlerts: people,
  getForecast: people,
  whatIf: people,
  quoteUse: { rights: 'readers', servicesToo: true },
  listEntries: overseers,
  listActivity: overseers,
  getOnboarding: people,
  getDeadlineCheck: people,
  listInvoices: overseers,
  listPurchases: overseers,
  getInvoice: overseers,
  getReceipt: overseers,
  getFocusExport: overseers,
  listMembers: people,
  getNotifications: people,
  listDeliveries: people,
  choosePlan: admins,
  purchaseTokens: admins,
  payPurchase: { ...admins, foreign: 'purchaseId' },
  giveUpPurchase: { ...admins, foreign: 'purchaseId' },
  listBudgets: overseers,
  makeBudget: admins,
  revokeBudget: admins,
  limitApp: { ...admins, foreign: 'appId' },
  createHub: admins,
  moveApps: admins,
  // A member's id is the team's own: the same one may be somebody else elsewhere.
  putMember: admins,
  removeMember: { ...admins, foreign: 'memberId', operatorsToo: true },
  putAlerts: admins,
  putNotifications: admins,
  rotateWebhookSecret: { ...admins, foreign: 'webhookId' },
  testWebhook: { ...admins, foreign: 'webhookId' },
  resendDelivery: { ...admins, foreign: 'deliveryId' },
  listTeams: operators,
  listMoney: operators,
  registerTeam: operators,
  registerApp: operators,
  publishRateCard: operators,
  getRateCard: operators,
  previewRateCard: operators,
  publishIncludedAmounts: operators,
  getIncludedAmounts: operators,
  publishPriceList: operators,
  getPriceLists: operators,
  publishUnratedApis: operators,
  getUnratedApis: operators,
  publishPayAsYouGoCountries: operators,
  getPayAsYouGoCountries: operators,
  setSubscriptions: operators,
  listCampaigns: operators,
  putCampaign: operators,
  getCampaign: operators,
  getCampaignProgress: operators,
  suspendTeam: operators,
  resumeTeam: operators,
  adjustTeam: operators,
  reverseUsage: operators,
  reportPayment: operators,
  getHealth: operators,
  listLags: operators,
  listDeadLetters: operators,
  redriveDeadLetters: operators,
}
