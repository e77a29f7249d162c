import type { Page } from 'playwright-core'

const stepMilliseconds = 100
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
  }
}

async function moveJustPastAsking(page: Page, url: RegExp): Promise<void> {
  const answers: Promise<unknown>[] = []
  page.on('request', (request) => {
    if (url.test(request.url())) answers.push(request.response().then((response) => response?.finished()))
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
