import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Panel } from '../../components/panel.tsx'
import { Table } from '../../components/table.tsx'
import { View } from '../../components/view.tsx'
import { useFormat } from '../../use-format.ts'
import { type Act, useActivity } from './use-activity.ts'

/** The acts of the team's people, newest first. Only admins open this page. */
export function ActivityPage() {
  const { t } = useTranslation('activity')
  const read = useActivity()
  return (
    <>
      <PageHeading title={t('title')}>
        <p>{t('detail')}</p>
      </PageHeading>
      <Panel title={t('list')}>
        <View query={read} isEmpty={() => read.acts.length === 0} empty={<p>{t('none')}</p>}>
          {() => (
            <>
              <Acts acts={read.acts} />
              {read.hasNextPage && (
                <Button onPress={() => void read.fetchNextPage()} isPending={read.isFetchingNextPage}>
                  {read.isFetchingNextPage ? t('reading') : t('older')}
                </Button>
              )}
            </>
          )}
        </View>
      </Panel>
    </>
  )
}

function Acts({ acts }: { readonly acts: readonly Act[] }) {
  const { t } = useTranslation('activity')
  const { t: layout } = useTranslation('layout')
  const format = useFormat()
  const columns = [t('at'), t('actor'), t('what')].map((name) => ({ name }))
  return (
    <Table label={t('list')} columns={columns}>
      {acts.map(({ actId, at, actor, kind, targetId = '', member }) => (
        <tr key={actId}>
          <th scope="row">{format.instant(at)}</th>
          <td>{actor.email ?? actor.subject}</td>
          <td>
            {t(`kind.${kind}`, {
              id: targetId,
              email: member?.email ?? targetId,
              role: member === undefined ? '' : layout(`role.${member.role}`),
            })}
          </td>
        </tr>
      ))}
    </Table>
  )
}
