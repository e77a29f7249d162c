import { useSyncExternalStore } from 'react'

/** The zone in which instants are shown: that of the reader's device, or UTC. */
export type Zone = 'local' | 'utc'

const savedAs = 'tollgate.zone'
const watchers = new Set<() => void>()

/** Shows all instants in another zone from now on, in the other tabs of the browser, too. */
export function chooseZone(zone: Zone): void {
  localStorage.setItem(savedAs, zone)
  for (const watcher of watchers) watcher()
}

/** Returns the chosen zone. Default: `local`. */
export function useZone(): Zone {
  return useSyncExternalStore(watch, zoneNow)
}

/** Returns the IANA name of the chosen zone. */
export function useTimeZone(): string {
  return useZone() === 'utc' ? 'UTC' : localTimeZone()
}

/** Returns the IANA name of the zone of the reader's device. */
export function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

function zoneNow(): Zone {
  return localStorage.getItem(savedAs) === 'utc' ? 'utc' : 'local'
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  // Another tab reports its change with this event.
  window.addEventListener('storage', watcher)
  return () => {
    watchers.delete(watcher)
    window.removeEventListener('storage', watcher)
  }
}
