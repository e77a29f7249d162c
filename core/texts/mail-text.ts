import { mailedTypes } from '../events/told-types.ts'
import type { MailedType, MailFacts, MailText, MailTexts } from './mail-model.ts'
import { en } from './mail-texts-en.ts'
import { ja } from './mail-texts-ja.ts'
import type { Language } from './texts-model.ts'

const texts: Readonly<Record<Language, MailTexts>> = { en, ja }

/** Subject and paragraphs of a mail about an event. */
export function mailText(type: MailedType, language: Language, facts: MailFacts): MailText {
  return texts[language][type](facts)
}

export function isMailedType(type: string): type is MailedType {
  return type === 'WebhookDisabled' || (mailedTypes as readonly string[]).includes(type)
}

/**
 * Whether a team is written to about an event: about a used-up free amount once, though two events say it, and about its
 * stopped apps once, though each is an event.
 */
export function isMailed(type: string, eventId: string, { percent }: MailFacts): boolean {
  if (type === 'UsageThresholdReached') return percent !== 100
  if (type === 'AppSuspended') return eventId.endsWith('.0')
  return isMailedType(type)
}
