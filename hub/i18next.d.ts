import 'i18next'
import type activity from './locales/en/activity.json'
import type alerts from './locales/en/alerts.json'
import type apps from './locales/en/apps.json'
import type chooseTeam from './locales/en/choose-team.json'
import type integrate from './locales/en/integrate.json'
import type invoices from './locales/en/invoices.json'
import type layout from './locales/en/layout.json'
import type members from './locales/en/members.json'
import type notifications from './locales/en/notifications.json'
import type ops from './locales/en/ops.json'
import type opsAlarms from './locales/en/ops-alarms.json'
import type opsCampaigns from './locales/en/ops-campaigns.json'
import type opsCatalog from './locales/en/ops-catalog.json'
import type opsHealth from './locales/en/ops-health.json'
import type opsMoney from './locales/en/ops-money.json'
import type opsTeam from './locales/en/ops-team.json'
import type opsTeams from './locales/en/ops-teams.json'
import type overview from './locales/en/overview.json'
import type payment from './locales/en/payment.json'
import type plan from './locales/en/plan.json'
import type statement from './locales/en/statement.json'
import type terms from './locales/en/terms.json'
import type time from './locales/en/time.json'
import type usage from './locales/en/usage.json'
import type whatIf from './locales/en/what-if.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'layout'
    resources: {
      activity: typeof activity
      alerts: typeof alerts
      apps: typeof apps
      'choose-team': typeof chooseTeam
      invoices: typeof invoices
      integrate: typeof integrate
      layout: typeof layout
      members: typeof members
      notifications: typeof notifications
      ops: typeof ops
      'ops-alarms': typeof opsAlarms
      'ops-health': typeof opsHealth
      'ops-campaigns': typeof opsCampaigns
      'ops-money': typeof opsMoney
      'ops-team': typeof opsTeam
      'ops-catalog': typeof opsCatalog
      'ops-teams': typeof opsTeams
      overview: typeof overview
      payment: typeof payment
      plan: typeof plan
      statement: typeof statement
      terms: typeof terms
      time: typeof time
      usage: typeof usage
      'what-if': typeof whatIf
    }
  }
}
