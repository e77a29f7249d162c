import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberAnswer } from '../../../contract/member.ts'
import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { Panel } from '../../components/panel.tsx'
import { Wrapping } from '../../components/wrapping.tsx'
import { RemovePerson } from './simple-acts.tsx'

/** The people of the team, whom an operator may remove. */
export function People({ members }: { readonly members: readonly MemberAnswer[] }) {
  const { t } = useTranslation('ops-team')
  const { t: layout } = useTranslation('layout')
  const [leaving, setLeaving] = useState<MemberAnswer>()
  return (
    <Panel title={t('people.title')}>
      {members.length === 0 && <p>{t('people.none')}</p>}
      <ul className="team-people">
        {members.map((member) => (
          <li key={member.memberId}>
            <Wrapping text={member.email} />
            <span>
              {layout(`role.${member.role}`)}{' '}
              {member.state === 'invited' && <Badge>{t('people.invited')}</Badge>}
            </span>
            <Button
              look="quiet"
              aria-label={t('remove.openFor', { email: member.email })}
              onPress={() => setLeaving(member)}
            >
              {t('remove.open')}
            </Button>
          </li>
        ))}
      </ul>
      {leaving !== undefined && <RemovePerson member={leaving} onClose={() => setLeaving(undefined)} />}
    </Panel>
  )
}
