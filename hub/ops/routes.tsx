import { type ComponentType, lazy } from 'react'
import type { ConsolePage } from './paths.ts'

/** Each page of the console is a separate chunk, which is loaded when the page is first shown. */
export const consoleViews: Readonly<Record<ConsolePage, ComponentType>> = {
  campaigns: lazy(async () => ({ default: (await import('./campaigns/campaigns-page.tsx')).CampaignsPage })),
  catalog: lazy(async () => ({ default: (await import('./catalog/catalog-page.tsx')).CatalogPage })),
  teams: lazy(async () => ({ default: (await import('./teams/teams-page.tsx')).TeamsPage })),
  health: lazy(async () => ({ default: (await import('./health/health-page.tsx')).HealthPage })),
  money: lazy(async () => ({ default: (await import('./money/money-page.tsx')).MoneyPage })),
}
