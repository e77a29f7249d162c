import { routes } from '../http/route.ts'
import { openDeps } from '../runtime/deps.ts'
import { adjustTeam } from './adjust-team.ts'
import { getCampaignProgress } from './campaign-progress.ts'
import { getCampaign, putCampaign } from './campaigns.ts'
import { getRateCard, publishRateCard } from './rate-cards.ts'
import { registerApp } from './register-app.ts'
import { registerTeam } from './register-team.ts'
import { reportPayment } from './report-payment.ts'
import { resumeTeam, suspendTeam } from './suspension.ts'

const deps = openDeps()

export const handler = routes({
  'PUT /v1/teams/{teamId}': registerTeam(deps),
  'PUT /v1/apps/{appId}': registerApp(deps),
  'PUT /v1/rate-cards/{version}': publishRateCard(deps),
  'GET /v1/rate-cards': getRateCard(deps),
  'PUT /v1/campaigns/{campaignId}': putCampaign(deps),
  'GET /v1/campaigns/{campaignId}': getCampaign(deps),
  'GET /v1/campaigns/{campaignId}/progress': getCampaignProgress(deps),
  'PUT /v1/teams/{teamId}/suspension': suspendTeam(deps),
  'DELETE /v1/teams/{teamId}/suspension': resumeTeam(deps),
  'POST /v1/teams/{teamId}/adjustments': adjustTeam(deps),
  'POST /v1/payments': reportPayment(deps),
})
