import { useEffect } from 'react'

/** Shows the part of the page that the URL's hash names, once the content above it has its height. */
export function useHashTarget(isReady: boolean): void {
  useEffect(() => {
    if (!isReady) return undefined
    const show = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
      target?.scrollIntoView()
      target?.focus({ preventScroll: true })
    }
    show()
    window.addEventListener('hashchange', show)
    return () => window.removeEventListener('hashchange', show)
  }, [isReady])
}
