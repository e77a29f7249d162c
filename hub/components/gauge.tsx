import { Label } from 'react-aria-components/Label'
import { Meter } from 'react-aria-components/Meter'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../use-format.ts'
import './gauge.css'

const fullFrom = 0.8

export interface GaugeProps {
  readonly label: string
  readonly used: number
  readonly held: number
  readonly limit: number
  /** Formats a quantity. Default: as a plain number. */
  readonly write?: (quantity: number) => string
  /** A remark below the amounts. */
  readonly note?: string
}

/** A gauge of the used and held part of a limit. It is red from four fifths on. */
export function Gauge({ label, used, held, limit, write, note }: GaugeProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = write ?? format.number
  const share = limit === 0 ? 1 : (used + held) / limit
  const usedText = t('gauge.used', { used: text(used), limit: text(limit) })
  return (
    <Meter
      className={`gauge${share >= fullFrom ? ' full' : ''}`}
      value={Math.min(used + held, limit)}
      maxValue={limit}
      valueLabel={usedText}
    >
      <Label>{label}</Label>
      <span className="percent">{format.percent(share)}</span>
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect className="track" width="100" height="4" />
        <rect className="held" width={widthOf(used + held, limit)} height="4" />
        <rect className="used" width={widthOf(used, limit)} height="4" />
      </svg>
      <span className="amounts">
        {usedText}
        {held > 0 && ` · ${t('gauge.held', { held: text(held) })}`}
      </span>
      {note !== undefined && <span className="note">{note}</span>}
    </Meter>
  )
}

function widthOf(value: number, limit: number): number {
  return limit === 0 ? 100 : Math.min(100, (value / limit) * 100)
}
