import { mailedTypes } from '../events/notified-types.ts'
import {
  type MailedType,
  type MailFacts,
  type MailText,
  type MailTexts,
  minuteWriter,
  ownMailedTypes,
} from './mail-model.ts'
import { en } from './mail-texts-en.ts'
import { ja } from './mail-texts-ja.ts'
import type { Language } from './texts-model.ts'

const texts: Readonly<Record<Language, MailTexts>> = { en, ja }

/** Subject and paragraphs of a mail about an event. `localTime` writes an instant in the time zone of its readers. */
export function mailText(
  type: MailedType,
  language: Language,
  facts: MailFacts,
  localTime?: (at: string) => string,
): MailText {
  return texts[language][type](facts, minuteWriter(language, localTime))
}

export function isMailedType(type: string): type is MailedType {
  return ([...mailedTypes, ...ownMailedTypes] as readonly string[]).includes(type)
}

/**
 * True if a team gets a mail about an event. It gets one mail about a used-up free amount, though two events report it,
 * and one about its stopped apps, though each app has an event.
 */
export function isMailed(type: string, eventId: string, { percent }: MailFacts): boolean {
  if (type === 'UsageThresholdReached') return percent !== 100
  if (type === 'AppSuspended') return eventId.endsWith('.0')
  return isMailedType(type)
}
