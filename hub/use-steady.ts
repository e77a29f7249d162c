import { useEffect, useState } from 'react'

const pauseMilliseconds = 300

/**
 * Returns a value that is being typed, once it has not changed for a moment. Pass a number or a text, not a new object
 * each time.
 */
export function useSteady<T extends string | number | boolean | undefined>(value: T): T {
  const [steady, setSteady] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSteady(value), pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [value])
  return steady
}
