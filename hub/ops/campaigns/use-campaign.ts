import { useQuery } from '@tanstack/react-query'
import type { Answer, Tagged } from '../../api/client.ts'
import { useAnswer } from '../../api/queries.ts'
import { useClient } from '../../session/session-context.ts'

export type CampaignRead = Tagged<Answer<'getCampaign'>>

/** A campaign with its tag, which its change is sent with. */
export function useCampaign(campaignId: string) {
  const client = useClient()
  return useQuery({
    queryKey: ['getCampaign', campaignId],
    queryFn: () => client.read('getCampaign', { params: { campaignId } }),
  })
}

/** Returns the service's time. Undefined: not known yet. */
export function useNow(): string | undefined {
  return useAnswer('getRateCard', {}).data?.at
}
