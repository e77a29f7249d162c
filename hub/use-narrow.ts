import { useSyncExternalStore } from 'react'

/** The same width as in layout/layout.css. */
const narrow = matchMedia('(width < 56rem)')

/** Returns true if the window is too narrow for the navigation next to the page. */
export function useNarrow(): boolean {
  return useSyncExternalStore(watch, () => narrow.matches)
}

function watch(watcher: () => void): () => void {
  narrow.addEventListener('change', watcher)
  return () => narrow.removeEventListener('change', watcher)
}
