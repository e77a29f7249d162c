import chromium from '@sparticuz/chromium'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'
import type { Language } from '../../core/texts/texts-model.ts'
import type { Page as HubPage } from '../../hub/paths.ts'
import { type Runtime, type RuntimeOptions, startRuntime } from '../../local/runtime.ts'
import { temporaryFolder } from './temporary-folder.ts'

const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync']
// A shared process would end with the first visitor that leaves. Tests of browser restrictions need a process
// for each.
const unwanted = ['--single-process', '--disable-web-security', '--allow-running-insecure-content']
const waitMilliseconds = 60_000
const locales: Readonly<Record<Language, string>> = { en: 'en-US', ja: 'ja-JP' }

export type Role = 'admin' | 'developer'

export interface HubOptions {
  /** Initial instant of the fresh runtime's clock. */
  readonly clockStart: string
  /** True loads the sample teams. Default: true. */
  readonly sample?: boolean
  /** Puts a proxy between the functions and the local AWS services. Default: no proxy. */
  readonly between?: RuntimeOptions['between']
}

/** Sends one call as `meter`, `ops`, `hub:<team>` or `local` (no token); throws unless it succeeds. */
export type Call = (
  as: string,
  method: string,
  path: string,
  body?: unknown,
) => Promise<Record<string, unknown>>

export interface Visitor {
  readonly team: string
  /** Default: `admin`. */
  readonly role?: Role
  /** Default: `en`. */
  readonly language?: Language
  /** The browser's locale. Default: that of the language, `en-US` or `ja-JP`. */
  readonly locale?: string
  /** The zone of the visitor's device, an IANA name. Default: `UTC`. */
  readonly timeZone?: string
  /** In CSS pixels. Default: 1280. */
  readonly width?: number
}

export interface Operator extends Omit<Visitor, 'team' | 'role'> {
  /** One of the two who can sign in on one machine. Default: the first. */
  readonly operator?: 'mika' | 'ren'
}

/** The developer hub page, served by a real runtime, in a real browser. A test file has one of each. */
export interface Hub {
  readonly url: string
  readonly call: Call
  /** A new visitor who signs in like a person and opens a page. */
  visit(page: HubPage, visitor: Visitor): Promise<Page>
  /** A new visitor who signs in as an operator and opens a path of the console, such as `/ops/teams`. */
  visitConsole(path: string, operator?: Operator): Promise<Page>
  /** A new visitor of any path who has not signed in. */
  open(path: string, visitor?: Omit<Visitor, 'team' | 'role'>): Promise<Page>
  /**
   * Errors on the consoles of all visitors so far, including uncaught ones and violations of the
   * Content-Security-Policy.
   */
  readonly faults: readonly string[]
  /**
   * Closes the pages of all visitors. Call it after each test, because open pages continue to send requests.
   */
  leave(): Promise<void>
  stop(): Promise<void>
}

export async function openHub({ clockStart, sample = true, between }: HubOptions): Promise<Hub> {
  const [runtime, browser] = await Promise.all([
    startRuntime({
      dataDir: temporaryFolder(),
      port: 0,
      clockStart,
      sample,
      page: true,
      ...(between && { between }),
    }),
    launch(),
  ])
  const faults: string[] = []
  const open: Hub['open'] = (path, visitor = {}) =>
    openPage({ browser, url: runtime.url, faults }, path, visitor)
  return {
    url: runtime.url,
    call: callOf(runtime),
    open,
    async visit(hubPage, visitor) {
      const page = await open(`/teams/${visitor.team}/${hubPage}`, visitor)
      await signIn(page, visitor)
      return page
    },
    async visitConsole(path, operator = {}) {
      const page = await open(path, operator)
      await signInAsOperator(page, operator)
      return page
    },
    faults,
    async leave() {
      for (const context of browser.contexts()) await context.close()
    },
    async stop() {
      await browser.close()
      await runtime.stop()
    },
  }
}

async function launch(): Promise<Browser> {
  return playwright.launch({
    args: [...chromium.args.filter((arg) => !unwanted.includes(arg)), ...quiet],
    executablePath: await chromium.executablePath(),
    headless: true,
  })
}

interface Place {
  readonly browser: Browser
  readonly url: string
  readonly faults: string[]
}

async function openPage(
  { browser, url, faults }: Place,
  path: string,
  {
    language = 'en',
    locale = locales[language],
    timeZone = 'UTC',
    width = 1280,
  }: Omit<Visitor, 'team' | 'role'>,
): Promise<Page> {
  const viewport = { width, height: 900 }
  const context = await browser.newContext({
    locale,
    viewport,
    timezoneId: timeZone,
    baseURL: url,
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(waitMilliseconds)
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error}`))
  await page.goto(path)
  return page
}

/** Selects the team and the role on the local sign-in page, and waits for the requested page. */
export async function signIn(page: Page, { team, role = 'admin' }: Visitor): Promise<void> {
  if (role === 'developer') await page.getByRole('radio').nth(1).check({ force: true })
  await page.getByRole('searchbox').fill(team)
  await page.getByRole('listitem').filter({ hasText: team }).getByRole('button').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/local/'))
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** Signs in on the local sign-in page, which offers operators where the console asks for it. */
export async function signInAsOperator(page: Page, { operator = 'mika' }: Operator): Promise<void> {
  await page.getByRole('listitem').filter({ hasText: operator }).getByRole('button').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/local/'))
  await page.getByRole('heading', { level: 1 }).waitFor()
}

function callOf({ url }: Runtime): Call {
  const tokens = new Map<string, string>()
  const call: Call = async (as, method, path, body) => {
    if (as !== 'local' && !tokens.has(as))
      tokens.set(as, String((await call('local', 'POST', '/local/tokens', claimsOf(as))).token))
    const type = path === '/v1/usage' ? 'application/cloudevents-batch+json' : 'application/json'
    const headers = { 'content-type': type, authorization: `Bearer ${tokens.get(as)}` }
    const sent = body === undefined ? undefined : JSON.stringify(body)
    const response = await fetch(`${url}${path}`, { method, headers, body: sent })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? {} : JSON.parse(text)
  }
  return call
}

function claimsOf(as: string): object {
  const [kind, team] = as.split(':')
  if (kind === 'hub') return { scopes: ['hub:read', 'hub:write'], team, role: 'admin' }
  return { scopes: [kind === 'ops' ? 'ops:admin' : 'aps:meter'] }
}

/** Resolves when the page shows its content in its own font: no skeleton, and no font loading. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
  await page.evaluate('document.fonts.ready.then(() => undefined)')
}
