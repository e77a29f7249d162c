import type { TeamFactsAnswer } from '../../contract/act-effect.ts'
import type { TeamFacts } from '../../core/preview/team-facts.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { tokensToJson } from './charge-json.ts'
import { refusedToJson } from './outlook-json.ts'
import { subscriptionToJson } from './subscription-json.ts'

export function teamFactsToJson(facts: TeamFacts, language: Language): TeamFactsAnswer {
  const { profile, suspendedBecause, milliTokens, subscriptions, refused, ...figures } = facts
  return {
    ...profile,
    ...figures,
    ...(suspendedBecause !== undefined && { suspension: suspendedBecause }),
    tokens: tokensToJson(milliTokens),
    subscriptions: subscriptions.map(subscriptionToJson),
    refused: refused.map((each) => refusedToJson(each, language)),
  }
}
