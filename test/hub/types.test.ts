import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hubTypes } from '../../bin/hub-types.ts'

test('the types of the page are those of the API as it is described', async () => {
  const committed = readFileSync(new URL('../../hub/api/types.ts', import.meta.url), 'utf8')
  expect(committed, 'run npm run openapi').toBe(await hubTypes())
})
