import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { hasReadOn } from '../api/read-on.ts'

/** A page of the console costs at most some hundred read units, so this is cheap for the few who operate. */
const everyMilliseconds = 30_000

/** Reads again what a page of the console shows, while somebody can see it. Lists that were read further stay as they are. */
export function useRefresh(): void {
  const queries = useQueryClient()
  useEffect(() => {
    const refresh = () => {
      if (document.hidden) return
      void queries.refetchQueries({
        type: 'active',
        predicate: ({ queryKey: [id], state }) => /^(get|list)/.test(String(id)) && !hasReadOn(state.data),
      })
    }
    const timer = setInterval(refresh, everyMilliseconds)
    document.addEventListener('visibilitychange', refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refresh)
    }
  }, [queries])
}
