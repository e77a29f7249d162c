import type * as v from 'valibot'
import type { Language } from '../core/texts/texts-model.ts'
import { type InputMessage, inputMessage, isInputMessage } from './input-messages.ts'
import type { PeopleMessage } from './people-messages.ts'

/** A field as a JSON pointer into the body (or `/path/x`, `/query/x`), and its rule. */
export interface FieldError {
  readonly pointer: string
  readonly message: string
}

/** A field that only a handler can find wrong, with the key of the message. */
export interface FieldFault {
  readonly pointer: string
  readonly message: InputMessage | PeopleMessage
  readonly limit?: string | number
}

const errorsMax = 10
const segmentCharsMax = 64
const segmentsMax = 8

/** Describes the wrong fields in the caller's language: at most ten fields, and never the sent values. */
export function fieldErrors(
  issues: readonly v.BaseIssue<unknown>[],
  prefix: string,
  language: Language,
): FieldError[] {
  return issues.slice(0, errorsMax).map((issue) => {
    const { message, limit } = faultOf(issue)
    return { pointer: prefix + pointerOf(issue), message: inputMessage(message, language, limit) }
  })
}

/** Describes a handler's findings in the same form. */
export function faultErrors(faults: readonly FieldFault[], language: Language): FieldError[] {
  return faults.slice(0, errorsMax).map(({ pointer, message, limit }) => ({
    pointer,
    message: inputMessage(message, language, limit),
  }))
}

function pointerOf(issue: v.BaseIssue<unknown>): string {
  return (issue.path ?? [])
    .slice(0, segmentsMax)
    .map((item) => `/${pointerSegment(String(item.key))}`)
    .join('')
}

/** One step of a JSON pointer (RFC 6901), truncated to a bounded length. */
export function pointerSegment(key: string): string {
  return key.slice(0, segmentCharsMax).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')
}

function faultOf(issue: v.BaseIssue<unknown>): { message: string; limit?: string | number } {
  if (isInputMessage(issue.message)) return { message: issue.message }
  if (issue.type === 'variant' && issue.expected === 'Object') return { message: 'object' }
  if (issue.type === 'strict_object') return { message: objectFault(issue) }
  if (issue.kind === 'schema' && issue.received === 'undefined') return { message: 'required' }
  const message = messageByType[issue.type] ?? 'invalid'
  return { message, limit: issue.kind === 'schema' ? choices(issue) : limitOf(issue) }
}

/** A strict object reports a missing key, an unknown key, or a value that is not an object. */
function objectFault(issue: v.BaseIssue<unknown>): InputMessage {
  if (issue.expected === 'never') return 'unknownField'
  if (issue.expected !== 'Object') return 'required'
  return issue.received === 'undefined' ? 'required' : 'object'
}

const messageByType: Readonly<Record<string, InputMessage>> = {
  object: 'required',
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  array: 'list',
  record: 'object',
  picklist: 'oneOf',
  literal: 'oneOf',
  variant: 'oneOf',
  safe_integer: 'whole',
  min_value: 'atLeast',
  max_value: 'atMost',
  min_length: 'itemsMin',
  max_length: 'itemsMax',
}

function choices(issue: v.BaseIssue<unknown>): string {
  return (issue.expected ?? '').replace(/^\(|\)$/g, '').replaceAll(' | ', ', ')
}

function limitOf(issue: v.BaseIssue<unknown>): string | number {
  const { requirement } = issue
  return typeof requirement === 'number' || typeof requirement === 'string' ? requirement : ''
}
