import { test } from 'vitest'
import { propertyRuns } from '../support/property-runs.ts'
import { runAgents } from './agent-story.ts'

test('an agent never passes its quotes and budgets, and its journal folds', () => {
  runAgents(propertyRuns(300))
})
