import i18next from 'i18next'
import { type ComponentType, lazy } from 'react'
import { type Page, pages } from './paths.ts'
import { signedOutPath } from './session/session.ts'

type Load<Name extends string> = () => Promise<Record<Name, ComponentType>>

const loads: (() => Promise<unknown>)[] = []

function page<Name extends string>(name: Name, load: Load<Name>) {
  loads.push(load)
  return lazy(async () => ({ default: (await load())[name] }))
}

/**
 * Loads every page with its texts, one after the other, after the first page is shown. The others then open at once,
 * even offline. A page that fails to load is loaded when it is shown.
 */
export async function loadAll(): Promise<void> {
  for (const load of loads) await load().catch(() => undefined)
  await i18next.loadNamespaces(pages)
}

/** Each page is a separate chunk, which is loaded when the page is first shown. */
export const pageViews: Readonly<Record<Page, ComponentType>> = {
  overview: page('OverviewPage', () => import('./pages/overview/overview-page.tsx')),
  usage: page('UsagePage', () => import('./pages/usage/usage-page.tsx')),
  statement: page('StatementPage', () => import('./pages/statement/statement-page.tsx')),
  apps: page('AppsPage', () => import('./pages/apps/apps-page.tsx')),
  integrate: page('IntegratePage', () => import('./pages/integrate/integrate-page.tsx')),
  plan: page('PlanPage', () => import('./pages/plan/plan-page.tsx')),
  'what-if': page('WhatIfPage', () => import('./pages/what-if/what-if-page.tsx')),
  invoices: page('InvoicesPage', () => import('./pages/invoices/invoices-page.tsx')),
  members: page('MembersPage', () => import('./pages/members/members-page.tsx')),
  notifications: page('NotificationsPage', () => import('./pages/notifications/notifications-page.tsx')),
  activity: page('ActivityPage', () => import('./pages/activity/activity-page.tsx')),
}

/** The local issuer's sign-in page. On AWS no link leads there. */
export const chooseTeamPath = '/local/oidc/authorize'

export const ChooseTeamPage = page('ChooseTeamPage', () => import('./pages/choose-team/choose-team-page.tsx'))

/** Returns true for a path that needs no session. */
export const isSessionless = (path: string): boolean => path === chooseTeamPath || path === signedOutPath
