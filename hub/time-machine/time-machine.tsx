import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { useFormat } from '../use-format.ts'
import { MoveClock } from './move-clock.tsx'
import { useTestClock } from './test-clock.ts'
import './time-machine.css'

/** Shows the time of the test clock and lets a person move it. It exists only on the local runtime. */
export function TimeMachine() {
  const { t } = useTranslation('time')
  const format = useFormat()
  const { data } = useTestClock()
  const [isOpen, setOpen] = useState(false)
  return (
    <section className="time-machine" aria-label={t('title')}>
      {data && (
        <>
          <div className="bar">
            <span>{t('now', { at: format.instant(data.now) })}</span>
            <Button look="quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
              {isOpen ? t('close') : t('open')}
            </Button>
          </div>
          {isOpen && <MoveClock now={data.now} isStanding={data.standing} />}
        </>
      )}
    </section>
  )
}
