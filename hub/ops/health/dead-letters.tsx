import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/client.ts'
import { Button } from '../../components/button.tsx'
import { Table } from '../../components/table.tsx'
import { useFormat } from '../../use-format.ts'
import { QueueLetters } from './queue-letters.tsx'

type DeadLetterQueue = Answer<'listDeadLetters'>['queues'][number]

/** The queues that have letters. Those of one queue are shown below it, when they are asked for. */
export function DeadLetters({ queues }: { readonly queues: readonly DeadLetterQueue[] }) {
  const { t } = useTranslation('ops-health')
  const [shown, setShown] = useState<string>()
  const filled = queues.filter(({ queue, messages }) => messages > 0 || queue === shown)
  const empty = queues.length - filled.length
  const columns = [
    { name: t('letters.queue') },
    { name: t('letters.messages'), isNumber: true },
    { name: t('letters.actions') },
  ]
  return (
    <>
      {filled.length > 0 && (
        <Table label={t('letters.title')} columns={columns}>
          {filled.map((each) => (
            <QueueRow
              key={each.queue}
              queue={each}
              isShown={shown === each.queue}
              onShow={(isShown) => setShown(isShown ? each.queue : undefined)}
            />
          ))}
        </Table>
      )}
      <p>{filled.length === 0 ? t('letters.allEmpty') : t('letters.othersEmpty', { count: empty })}</p>
      {shown !== undefined && <QueueLetters key={shown} queue={shown} />}
    </>
  )
}

interface QueueRowProps {
  readonly queue: DeadLetterQueue
  readonly isShown: boolean
  readonly onShow: (isShown: boolean) => void
}

function QueueRow({ queue: { queue, messages }, isShown, onShow }: QueueRowProps) {
  const { t } = useTranslation('ops-health')
  const format = useFormat()
  return (
    <tr>
      <th scope="row">
        {t(`queue.${queue}`, { defaultValue: queue })}
        <br />
        <small className="id">{queue}</small>
      </th>
      <td className="number">{format.number(messages)}</td>
      <td>
        <Button aria-expanded={isShown} onPress={() => onShow(!isShown)}>
          {isShown ? t('letters.hide') : t('letters.show')}
        </Button>
      </td>
    </tr>
  )
}
