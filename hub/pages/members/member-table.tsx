import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../components/badge.tsx'
import { AdminButton } from '../../components/button.tsx'
import { Table } from '../../components/table.tsx'
import { useFormat } from '../../use-format.ts'
import { ChangeMember } from './change-member.tsx'
import type { Member } from './roles.ts'

export function MemberTable({ members }: { readonly members: readonly Member[] }) {
  const { t } = useTranslation('members')
  const { t: layout } = useTranslation('layout')
  const format = useFormat()
  const [chosen, setChosen] = useState<Member>()
  const columns = [t('email'), t('role'), t('since'), t('actions')].map((name) => ({ name }))
  return (
    <>
      <Table label={t('list')} columns={columns}>
        {members.map((member) => (
          <tr key={member.memberId}>
            <th scope="row">{member.email}</th>
            <td>
              <Badge tone={member.role === 'admin' ? 'good' : 'plain'}>{layout(`role.${member.role}`)}</Badge>
              {member.state === 'invited' && <Badge tone="warn">{t('invited')}</Badge>}
            </td>
            <td>{format.day(member.since)}</td>
            <td>
              <AdminButton
                aria-label={t('change.button', { email: member.email })}
                onPress={() => setChosen(member)}
              >
                {t('change.open')}
              </AdminButton>
            </td>
          </tr>
        ))}
      </Table>
      {chosen && <ChangeMember key={chosen.memberId} member={chosen} onClose={() => setChosen(undefined)} />}
    </>
  )
}
