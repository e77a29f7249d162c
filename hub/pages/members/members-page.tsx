import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { Panel } from '../../components/panel.tsx'
import { View } from '../../components/view.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { AddMember } from './add-member.tsx'
import { MemberTable } from './member-table.tsx'
import './members.css'

/** The people who may see the team's figures, and those who may change its plan. */
export function MembersPage() {
  const { t } = useTranslation('members')
  const members = useAnswer('listMembers', { params: { teamId: useTeamId() } })
  return (
    <>
      <PageHeading title={t('title')}>
        <p>{t('detail')}</p>
      </PageHeading>
      <div className="members">
        <Panel title={t('list')}>
          <View query={members} isEmpty={(found) => found.members.length === 0} empty={<p>{t('none')}</p>}>
            {(found) => <MemberTable members={found.members} />}
          </View>
        </Panel>
        <Panel title={t('add.title')}>
          <AddMember />
        </Panel>
      </div>
    </>
  )
}
