import * as v from 'valibot'
import { amount, instantText } from './figures.ts'

/** The head of every document: it is fixed on the day of issue. */
export const documentFields = {
  teamId: v.string(),
  /** The team's name on the day of issue, until it is erased. */
  teamName: v.string(),
  /** Version of the `team-changed` entry whose name and country the document bears. */
  teamVersion: amount,
  country: v.string(),
  currency: v.literal('USD'),
  issuedAt: instantText,
}
