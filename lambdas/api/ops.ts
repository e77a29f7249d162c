import { dispatch } from '../http/dispatch.ts'
import { openTeamDeps } from '../runtime/team-deps.ts'
import { adjustTeam } from './adjust-team.ts'
import { getCampaignProgress } from './campaign-progress.ts'
import { getCampaign, putCampaign } from './campaigns.ts'
import {
  getIncludedAmounts,
  getPayAsYouGoCountries,
  getPriceLists,
  getUnratedApis,
  publishIncludedAmounts,
  publishPayAsYouGoCountries,
  publishPriceList,
  publishUnratedApis,
} from './dated-data.ts'
import { listCampaigns } from './list-campaigns.ts'
import { listMoney } from './list-money.ts'
import { listTeams } from './list-teams.ts'
import { previewRateCard } from './preview-rate-card.ts'
import { getRateCard, publishRateCard } from './rate-cards.ts'
import { registerApp } from './register-app.ts'
import { registerTeam } from './register-team.ts'
import { reportPayment } from './report-payment.ts'
import { reverseUsage } from './reverse-usage.ts'
import { setSubscriptions } from './set-subscriptions.ts'
import { resumeTeam, suspendTeam } from './suspension.ts'

const deps = openTeamDeps()

export const handler = dispatch<'ops'>({
  listTeams: listTeams(deps),
  listMoney: listMoney(deps),
  registerTeam: registerTeam(deps),
  registerApp: registerApp(deps),
  publishRateCard: publishRateCard(deps),
  getRateCard: getRateCard(deps),
  previewRateCard: previewRateCard(deps),
  publishIncludedAmounts: publishIncludedAmounts(deps),
  getIncludedAmounts: getIncludedAmounts(deps),
  publishPriceList: publishPriceList(deps),
  getPriceLists: getPriceLists(deps),
  publishUnratedApis: publishUnratedApis(deps),
  getUnratedApis: getUnratedApis(deps),
  publishPayAsYouGoCountries: publishPayAsYouGoCountries(deps),
  getPayAsYouGoCountries: getPayAsYouGoCountries(deps),
  listCampaigns: listCampaigns(deps),
  putCampaign: putCampaign(deps),
  getCampaign: getCampaign(deps),
  getCampaignProgress: getCampaignProgress(deps),
  setSubscriptions: setSubscriptions(deps),
  suspendTeam: suspendTeam(deps),
  resumeTeam: resumeTeam(deps),
  adjustTeam: adjustTeam(deps),
  reverseUsage: reverseUsage(deps),
  reportPayment: reportPayment(deps),
})
