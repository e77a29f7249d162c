import { useMemo, useSyncExternalStore } from 'react'

export interface Colours {
  /** In the order of the series. The last colour is for all other members. */
  readonly series: readonly string[]
  readonly text: string
  readonly line: string
  readonly surface: string
  readonly font: string
}

const seriesColours = 8
const dark = '(prefers-color-scheme: dark)'

/** Returns the colours of the style sheet in a form that a canvas understands. They differ in dark mode. */
export function useColours(): Colours {
  const isDark = useSyncExternalStore(onChange, () => matchMedia(dark).matches)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is computed changes with it
  return useMemo(() => {
    const series = Array.from({ length: seriesColours }, (_, index) => computed(`--series-${index}`))
    const [text, line, surface] = [computed('--text-soft'), computed('--line'), computed('--surface')]
    return { series, text, line, surface, font: getComputedStyle(document.body).fontFamily }
  }, [isDark])
}

function onChange(tell: () => void): () => void {
  const query = matchMedia(dark)
  query.addEventListener('change', tell)
  return () => query.removeEventListener('change', tell)
}

/** The browser resolves a variable with two colours only on an element that uses it. */
function computed(variable: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${variable})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

export const fontSize = 12
