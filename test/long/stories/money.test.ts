import fc from 'fast-check'
import { expect, test } from 'vitest'
import { problemsOf, storyOf } from '../../core/money-stories.ts'

const stories = 100_000

test(`${stories} random stories of money end without a difference in the audit`, () => {
  const seed = Number(process.env.STORY_SEED ?? Date.now() % 2 ** 31)
  process.stdout.write(`money stories: ${stories}, seed ${seed} (STORY_SEED)\n`)
  fc.assert(
    fc.property(storyOf(40), (story) => {
      expect(problemsOf(story)).toEqual([])
    }),
    { numRuns: stories, seed },
  )
})
