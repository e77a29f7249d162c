import { type Refusal, refuse } from '../refusal.ts'
import type { App } from './compliance.ts'

/** Registers an app, or changes its name. An app never changes its team, and stays in its hub. */
export function registerApp(today: App | undefined, asked: Omit<App, 'isInHub'>): App | Refusal {
  if (today !== undefined && today.teamId !== asked.teamId) return refuse('APP_OF_ANOTHER_TEAM')
  return { ...asked, isInHub: today?.isInHub ?? false }
}
