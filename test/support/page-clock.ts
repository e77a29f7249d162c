import type { Page, Request } from 'playwright-core'

const stepMilliseconds = 100
/** Shorter than the time after which the page gives up a request, which is measured with the same clock. */
const longStepMilliseconds = 10_000
const quietSteps = 2
const stepsMax = 100

/** The clock of a page, which is stopped unless the test moves it. The network is real. */
export interface PageClock {
  /**
   * Moves the clock in small steps until the page has requested a URL, received the answers, and sends no
   * more requests for a moment.
   */
  moveJustPastAsking(url: RegExp): Promise<void>
  move(milliseconds: number): Promise<void>
  /**
   * Moves the clock in steps, each after the requests of the earlier steps were answered. Returns the paths of the
   * API that the page requested meanwhile, each as often as it did.
   */
  requestsDuring(milliseconds: number, eachStep?: () => Promise<unknown>): Promise<readonly string[]>
}

/**
 * Reloads the page with a separate clock, and stops the clock once `isShown` is true. Timers with no delay
 * continue, because they bring an answer to the screen.
 */
export async function standStill(page: Page, isShown: () => Promise<unknown>): Promise<PageClock> {
  await page.context().addInitScript('window.realTimeout = window.setTimeout')
  await page.context().clock.install()
  await page
    .context()
    .addInitScript(
      'const clocked = window.setTimeout; window.setTimeout = (run, ms = 0, ...rest) => (ms === 0 ? window.realTimeout : clocked)(run, ms, ...rest)',
    )
  await page.reload()
  await isShown()
  await page.clock.pauseAt(Number(await page.evaluate('Date.now()')) + stepMilliseconds)
  return {
    move: (milliseconds) => page.clock.runFor(milliseconds),
    moveJustPastAsking: (url) => moveJustPastAsking(page, url),
    requestsDuring: (milliseconds, eachStep) => requestsDuring(page, milliseconds, eachStep),
  }
}

async function moveJustPastAsking(page: Page, url: RegExp): Promise<void> {
  const answers: Promise<unknown>[] = []
  page.on('request', (request) => {
    if (url.test(request.url())) answers.push(answerOf(request))
  })
  let quiet = 0
  for (let step = 0; step < stepsMax; step += 1) {
    const before = answers.length
    await page.clock.runFor(stepMilliseconds)
    await Promise.all(answers)
    quiet = answers.length > before ? 0 : quiet + 1
    if (before > 0 && quiet >= quietSteps) return
  }
  throw new Error(`the page never asked for ${url}`)
}

async function requestsDuring(
  page: Page,
  milliseconds: number,
  eachStep?: () => Promise<unknown>,
): Promise<readonly string[]> {
  const paths: string[] = []
  let answers: Promise<unknown>[] = []
  const note = (request: Request) => {
    const { pathname } = new URL(request.url())
    if (!pathname.startsWith('/v1/')) return
    paths.push(pathname)
    answers.push(answerOf(request))
  }
  page.on('request', note)
  const step = Math.min(longStepMilliseconds, milliseconds)
  for (let moved = 0; moved < milliseconds; moved += step) {
    await eachStep?.()
    await page.clock.runFor(step)
    await answered()
  }
  page.off('request', note)
  return paths

  /** An answer may lead to further requests, which begin within a few turns of the page. */
  async function answered(): Promise<void> {
    for (let quiet = 0; quiet < quietSteps; quiet++) {
      if (answers.length > 0) quiet = 0
      const waiting = answers
      answers = []
      await Promise.all(waiting)
      // Timers without a delay bring the answers to the page.
      await page.clock.runFor(1)
    }
  }
}

/** Waits for the whole answer. The browser never reports the end of one without a body. */
async function answerOf(request: Request): Promise<void> {
  const response = await request.response()
  if (response !== null && response.status() !== 304) await response.finished()
}
