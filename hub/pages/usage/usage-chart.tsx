import {
  BarElement,
  CategoryScale,
  Chart,
  type ChartData,
  type ChartOptions,
  LinearScale,
  Tooltip,
} from 'chart.js'
import { type RefObject, useEffect, useMemo, useRef } from 'react'
import { Bar } from 'react-chartjs-2'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useFormat } from '../../use-format.ts'
import { type Colours, fontSize, useColours } from './colours.ts'
import type { Grouped } from './grouped.ts'
import { amountOf } from './usage-sums.ts'

Chart.register(BarElement, CategoryScale, LinearScale, Tooltip)

const secondsPerHour = 3_600

/** Stacked bars by day or month. A click on a segment opens what is behind it. The table contains the same figures. */
export function UsageChart({ grouped }: { readonly grouped: Grouped }) {
  const { t } = useTranslation('usage')
  const colours = useColours()
  const data = useBars(grouped, colours)
  const options = useOptions(grouped, colours)
  const { measure, series, onAxis } = grouped
  const chart = useRef<Chart<'bar', number[], string>>(null)
  useLetters(chart, `${data.labels?.at(-1)}${onAxis(secondsPerHour)}${onAxis(61)}`, colours.font)
  if (series.length === 0) return <p>{t('chart.nothing')}</p>
  return (
    <div className="chart">
      <Bar
        ref={chart}
        data={data}
        options={options}
        aria-label={t(`chart.label.${grouped.by}`, {
          measure: grouped.measureName(measure),
          total: grouped.write(grouped.total),
        })}
      />
    </div>
  )
}

/** Draws again after the font has loaded the letters of a text: unlike elements, a canvas does not wait for them. */
function useLetters(
  chart: RefObject<Chart<'bar', number[], string> | null>,
  text: string,
  font: string,
): void {
  useEffect(() => {
    // The first family has all letters of our texts. The others would be loaded, too, and not be used.
    document.fonts.load(`${fontSize}px ${font.split(',', 1)}`, text).then(
      () => chart.current?.update(),
      () => {},
    )
  }, [chart, text, font])
}

/** Seconds are drawn as hours, so that the scale has round numbers. */
const scaleOf = ({ measure }: Grouped) =>
  typeof measure === 'object' && measure.unit === 'seconds' ? secondsPerHour : 1

function useBars(grouped: Grouped, colours: Colours): ChartData<'bar', number[], string> {
  const format = useFormat()
  const { spans, by, series, memberName, measure } = grouped
  const scale = scaleOf(grouped)
  const data = {
    labels: spans.map(by === 'day' ? format.dayOfYear : format.period),
    datasets: series.map(({ member, sums }, index) => ({
      label: memberName(member),
      data: sums.map((sum) => amountOf(sum, measure) / scale),
      backgroundColor:
        colours.series[member === undefined ? colours.series.length - 1 : index] ?? colours.text,
      borderColor: colours.surface,
      borderWidth: { top: 1 },
      maxBarThickness: 48,
    })),
  }
  // The same bars stay the same object, so a refresh does not close the tooltip under the pointer.
  const text = JSON.stringify(data)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` is all of it
  return useMemo(() => data, [text])
}

function useOptions(grouped: Grouped, { text, line, font }: Colours): ChartOptions<'bar'> {
  const [, navigate] = useLocation()
  const format = useFormat()
  const { spans, by, series } = grouped
  const nameOf = by === 'day' ? format.day : format.period
  const scale = scaleOf(grouped)
  // Jobs, calls and photos have no fractions.
  const whole = typeof grouped.measure === 'object' && scale === 1 ? { precision: 0 } : {}
  const onScale = (value: number) => (scale === 1 ? value : Math.round(value * scale))
  const ticks = { color: text, font: { family: font, size: fontSize } }
  return {
    animation: false,
    maintainAspectRatio: false,
    scales: {
      x: {
        stacked: true,
        grid: { display: false },
        ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 12 },
      },
      y: {
        stacked: true,
        beginAtZero: true,
        grid: { color: line },
        border: { display: false },
        ticks: {
          ...ticks,
          maxTicksLimit: 6,
          ...whole,
          callback: (value) => grouped.onAxis(onScale(Number(value))),
        },
      },
    },
    plugins: {
      tooltip: {
        titleFont: { family: font },
        bodyFont: { family: font },
        callbacks: {
          title: ([item]) => (item === undefined ? '' : nameOf(spans[item.dataIndex] ?? '')),
          label: ({ dataset, datasetIndex, dataIndex }) => {
            const sum = series[datasetIndex]?.sums[dataIndex]
            return `${dataset.label}: ${sum === undefined ? '' : grouped.write(sum)}`
          },
        },
      },
    },
    onClick(_, [element]) {
      const span = element && spans[element.index]
      if (span !== undefined) navigate(grouped.behind(span, series[element?.datasetIndex ?? 0]?.member))
    },
  }
}
