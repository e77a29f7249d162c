import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { Panel } from '../../components/panel.tsx'
import { View } from '../../components/view.tsx'
import { useFilters } from '../../filters.ts'
import { CampaignTable } from './campaign-table.tsx'
import './campaigns.css'
import { Days } from './days.tsx'
import { Left } from './left.tsx'
import { MoveDeadline } from './move-deadline.tsx'
import { Steps } from './steps.tsx'
import { useCampaign } from './use-campaign.ts'

/** All campaigns, and the chosen one: how far it has come, the teams that are left, and a way to move its deadline. */
export function CampaignsPage() {
  const { t } = useTranslation('ops-campaigns')
  const { filters } = useFilters(['campaign'] as const)
  const list = useAnswer('listCampaigns', {})
  return (
    <>
      <PageHeading title={t('title')}>
        <p>{t('detail')}</p>
      </PageHeading>
      <View query={list} isEmpty={({ campaigns }) => campaigns.length === 0} empty={<p>{t('none')}</p>}>
        {({ campaigns }) => {
          const [newest] = campaigns
          const found = campaigns.find(({ campaignId }) => campaignId === filters.campaign)
          const chosen = filters.campaign === undefined ? newest : found
          return (
            <div className="campaigns">
              <Panel title={t('list')}>
                <CampaignTable campaigns={campaigns} chosenId={chosen?.campaignId} />
              </Panel>
              {chosen === undefined ? (
                <p>{t('unknown')}</p>
              ) : (
                <Campaign key={chosen.campaignId} campaignId={chosen.campaignId} />
              )}
            </div>
          )
        }}
      </View>
    </>
  )
}

function Campaign({ campaignId }: { readonly campaignId: string }) {
  const campaign = useCampaign(campaignId)
  const progress = useAnswer('getCampaignProgress', { params: { campaignId } })
  return (
    <>
      <View query={progress}>
        {({ steps, days, open }) => (
          <>
            <Left open={open} />
            <Days days={days} open={open} />
            <Steps steps={steps} />
          </>
        )}
      </View>
      <View query={campaign}>{(read) => <MoveDeadline read={read} />}</View>
    </>
  )
}
