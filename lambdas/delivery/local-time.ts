import type { Language } from '../../core/texts/texts-model.ts'

/** A time zone, with the language whose readers know its short name. */
interface Zone {
  readonly timeZone: string
  readonly locale: 'en-GB' | 'ja-JP'
}

const japan: Zone = { timeZone: 'Asia/Tokyo', locale: 'ja-JP' }

const capitals: Readonly<Record<string, string>> = {
  AT: 'Vienna',
  BE: 'Brussels',
  BG: 'Sofia',
  CH: 'Zurich',
  CZ: 'Prague',
  DE: 'Berlin',
  DK: 'Copenhagen',
  EE: 'Tallinn',
  FI: 'Helsinki',
  FR: 'Paris',
  GB: 'London',
  GR: 'Athens',
  HR: 'Zagreb',
  HU: 'Budapest',
  IE: 'Dublin',
  IT: 'Rome',
  LI: 'Vaduz',
  LT: 'Vilnius',
  LU: 'Luxembourg',
  LV: 'Riga',
  MT: 'Malta',
  NL: 'Amsterdam',
  NO: 'Oslo',
  PL: 'Warsaw',
  RO: 'Bucharest',
  SE: 'Stockholm',
  SI: 'Ljubljana',
  SK: 'Bratislava',
}

/** The zones of countries that have only one. A country with several zones does not say which one its readers use. */
const zones: ReadonlyMap<string, Zone> = new Map([
  ['JP', japan],
  ['CY', { timeZone: 'Asia/Nicosia', locale: 'en-GB' }],
  ...Object.entries(capitals).map(([country, city]): [string, Zone] => [
    country,
    { timeZone: `Europe/${city}`, locale: 'en-GB' },
  ]),
])

/** The zone of a mail's readers: Japan's for mails in Japanese, else that of the team's country if it has one zone. */
export function zoneOf(language: Language, country: string | undefined): Zone | undefined {
  return language === 'ja' ? japan : zones.get(country ?? '')
}

/** An RFC 3339 instant to the minute in a zone: `2026-01-17 09:00 JST`. */
export function localTime(at: string, { timeZone, locale }: Zone): string {
  const instant = new Date(at)
  // Sweden writes ISO dates.
  const minute = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const named = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' }).formatToParts(instant)
  const name = named.find(({ type }) => type === 'timeZoneName')?.value
  return `${minute.format(instant)} ${name}`
}
