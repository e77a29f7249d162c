import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/client.ts'
import { useAnswer } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { ResultNotice } from '../../components/result-notice.tsx'
import { View } from '../../components/view.tsx'
import { LetterTable } from './letter-table.tsx'
import { RedriveDialog } from './redrive-dialog.tsx'

/** The letters of one queue, from the preview of their redrive, and the redrive with its result. */
export function QueueLetters({ queue }: { readonly queue: string }) {
  const { t } = useTranslation('ops-health')
  const [isAsking, setIsAsking] = useState(false)
  const [result, setResult] = useState<Answer<'redriveDeadLetters'>>()
  const preview = useAnswer('redriveDeadLetters', { query: { preview: 'true' }, body: { queue } })
  const title = t(`queue.${queue}`, { defaultValue: queue })
  return (
    <section className="letters" aria-label={title}>
      <h3>{title}</h3>
      {result !== undefined && <RedriveResult key={result.letters[0]?.letterId} result={result} />}
      <View
        query={preview}
        isEmpty={({ letters }) => letters.length === 0}
        empty={<p>{t('letters.none')}</p>}
      >
        {({ letters, isMore }) => (
          <>
            <LetterTable letters={letters} />
            {isMore && <p>{t('letters.more', { count: letters.length })}</p>}
            <div className="buttons">
              <Button look="danger" onPress={() => setIsAsking(true)}>
                {t('redrive.open', { count: letters.length })}
              </Button>
            </div>
          </>
        )}
      </View>
      {isAsking && <RedriveDialog queue={queue} onDone={setResult} onClose={() => setIsAsking(false)} />}
    </section>
  )
}

function RedriveResult({ result }: { readonly result: Answer<'redriveDeadLetters'> }) {
  const { t } = useTranslation('ops-health')
  const { done, left, letters } = result
  const failed = letters.filter((letter) => letter.result === 'failed')
  return (
    <ResultNotice title={t('redrive.done', { count: done })} level={3} tone={left > 0 ? 'warn' : 'plain'}>
      {left > 0 && <p>{t('redrive.left', { count: left })}</p>}
      {failed.length > 0 && <LetterTable letters={failed} />}
    </ResultNotice>
  )
}
