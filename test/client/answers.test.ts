import type * as v from 'valibot'
import { expectTypeOf, test } from 'vitest'
import type { Authorization, Capture, Problem, Refusal, RowResult } from '../../client/client.ts'
import type { authorizationAnswer } from '../../contract/authorize-usage-answer.ts'
import type { captureAnswer } from '../../contract/capture-authorization-answer.ts'
import type { problemAnswer } from '../../contract/problem.ts'
import type { refusalAnswer } from '../../contract/refusal.ts'
import type { settlementsAnswer } from '../../contract/settle-usage-answer.ts'

/* The client writes the answers' types out, so that it needs no package. The compiler compares them here. */

type Answer<Schema extends v.GenericSchema> = v.InferOutput<Schema>

test('the answers of the contract are those that the client expects', () => {
  expectTypeOf<Answer<typeof authorizationAnswer>>().toExtend<Authorization>()
  expectTypeOf<Answer<typeof captureAnswer>>().toExtend<Capture>()
  expectTypeOf<Answer<typeof refusalAnswer>>().toExtend<Refusal>()
  expectTypeOf<Answer<typeof problemAnswer>>().toExtend<Problem>()
  expectTypeOf<Answer<typeof settlementsAnswer>['results'][number]>().toExtend<RowResult>()
})

test('the client knows every field of the answers', () => {
  type Fields<Union> = Union extends unknown ? keyof Union : never
  expectTypeOf<Fields<Authorization>>().toEqualTypeOf<Fields<Answer<typeof authorizationAnswer>>>()
  expectTypeOf<keyof Capture>().toEqualTypeOf<keyof Answer<typeof captureAnswer>>()
  expectTypeOf<keyof Refusal>().toEqualTypeOf<keyof Answer<typeof refusalAnswer>>()
})
