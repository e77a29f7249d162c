import { describe, expect, test } from 'vitest'
import { synthesizeStage } from '../stack/stage-folder.ts'
import { forcedWild, managed } from './reasons.ts'
import { allowances, rolesOf, textOf } from './roles.ts'
import { Templates } from './templates.ts'

/* No role of any stack may do anything to everything, in any stage; and nobody is let in without a name. */

describe.each(['dev', 'prod'])('in the stage %s', (stage) => {
  const templates = new Templates(synthesizeStage({ stage }))
  const roles = rolesOf(templates)
  const wild = roles.flatMap((role) =>
    allowances(role)
      .map(textOf)
      .filter((text) => text.includes('*'))
      .map((text) => `${role.id}: ${text}`),
  )

  test('a role names its actions and its resources, but where AWS has no names', () => {
    expect(roles.length).toBeGreaterThanOrEqual(20)
    const unforced = wild.filter(
      (access) => !forcedWild.some(({ allowed }) => allowed.test(access.split(': ')[1] ?? '')),
    )
    expect(unforced).toEqual([])
  })

  test('every exception is needed', () => {
    for (const { allowed } of forcedWild)
      expect(
        wild.filter((access) => allowed.test(access.split(': ')[1] ?? '')).length,
        String(allowed),
      ).toBeGreaterThan(0)
  })

  test('no role is given a policy that somebody else writes', () => {
    const given = roles.flatMap(({ id, managedPolicies }) =>
      managedPolicies.map(
        (policy) => `${id.split('CustomResourceProvider')[0]}: ${String(policy).split('/').at(-1)}`,
      ),
    )
    expect(given.filter((policy) => !managed.some(({ text }) => text === policy))).toEqual([])
  })

  test('every principal that a resource lets in is named', () => {
    const open = templates.resources.flatMap(({ id, properties }) =>
      statementsIn(properties)
        .filter(({ Effect, Principal }) => Effect === 'Allow' && isAnyone(Principal))
        .map(() => id),
    )
    expect(open).toEqual([])
  })

  test('a function is called by what the templates name, and by no other account', () => {
    for (const { id, properties } of templates.ofType('AWS::Lambda::Permission')) {
      expect(properties.Principal, id).toMatch(/\.amazonaws\.com$/)
      expect(properties.SourceArn ?? properties.SourceAccount, id).toBeDefined()
    }
  })
})

interface Statement {
  readonly Effect: string
  readonly Principal?: unknown
}

/** The statements of all policies anywhere in a resource's properties. */
function statementsIn(value: unknown): readonly Statement[] {
  if (typeof value !== 'object' || value === null) return []
  if ('Statement' in value) return [value.Statement as Statement | Statement[]].flat()
  return Object.values(value).flatMap(statementsIn)
}

function isAnyone(principal: unknown): boolean {
  return principal === '*' || JSON.stringify(principal) === '{"AWS":"*"}'
}
