import { beforeAll, describe, expect, test } from 'vitest'
import { synthesize } from '../../local/synthesize.ts'
import { readWiring } from '../../local/wiring.ts'
import { startLocalApp } from '../support/local-app.ts'
import { startReceiver } from '../support/webhook-receiver.ts'
import { accessesOf } from './accesses.ts'
import { doEverything, everythingStartsAt, redriveEverything } from './everything.ts'
import { unrecorded } from './reasons.ts'
import { type Sent, startRecorder } from './recorder.ts'
import { type Access, allowances, isAllowed, rolesOf, textOf } from './roles.ts'
import { type RoleAccess, serviceAccesses } from './service-accesses.ts'
import { Templates } from './templates.ts'

/* Compares the uses of each role with its allowances, both ways: none is missing, and none is idle. */

const folder = await synthesize()
const templates = new Templates(folder)
const roles = rolesOf(templates)
const functions = templates.ofType('AWS::Lambda::Function')
let done: readonly RoleAccess[] = []
let recorded: readonly RoleAccess[] = []
const doneWith = (roleId: string) => done.filter((access) => access.roleId === roleId)

beforeAll(async () => {
  const recorder = startRecorder()
  const receiver = await startReceiver()
  const app = await startLocalApp(everythingStartsAt, { assembly: folder, between: recorder.between })
  await doEverything(app, receiver)
    .then(() => redriveEverything(app, readWiring(folder)))
    .finally(() => app.stop())
  await receiver.stop()
  recorder.stop()
  recorded = distinct(recorder.sent.flatMap(toAccesses))
  done = distinct([...recorded, ...serviceAccesses(templates)])
}, 300_000)

function toAccesses(sent: Sent): readonly RoleAccess[] {
  const sender = functions.find(({ id }) => id === sent.functionId)
  const roleId = String(sender?.properties.Role).split('/').at(-1) ?? ''
  return accessesOf(sent, templates).map((access) => ({ ...access, roleId }))
}

function distinct(accesses: readonly RoleAccess[]): readonly RoleAccess[] {
  return [...new Map(accesses.map((access) => [`${access.roleId} ${textOf(access)}`, access])).values()]
}

const hasReason = (roleId: string, allowance: Access) =>
  unrecorded.some(({ role, allowed }) => role.test(roleId) && allowed.test(textOf(allowance)))

/** Accesses that a role would lose without one of its allowances. */
async function missedWithout(roleId: string, allowance: Access): Promise<readonly string[]> {
  const role = roles.find(({ id }) => id === roleId)
  const rest =
    role === undefined ? [] : allowances(role).filter((candidate) => textOf(candidate) !== textOf(allowance))
  const statements = rest.map(({ action, resource }) => ({
    Effect: 'Allow',
    Action: action,
    Resource: resource,
  }))
  const alike = doneWith(roleId).filter(({ action }) => action === allowance.action)
  const missed = await Promise.all(alike.map(async (access) => !(await isAllowed(statements, access))))
  return alike.filter((_, index) => missed[index]).map(textOf)
}

test('every function that uses the table was seen at work', () => {
  const using = functions.filter(({ properties }) => JSON.stringify(properties).includes('TABLE_NAME'))
  const seen = new Set(recorded.map(({ roleId }) => roleId))
  const unseen = using.filter(({ properties }) => !seen.has(String(properties.Role).split('/').at(-1) ?? ''))
  expect(unseen.map(({ id }) => id)).toEqual([])
  expect(using.length).toBeGreaterThanOrEqual(16)
})

describe.each(roles.map(({ id }) => id))('%s', (roleId) => {
  const role = roles.find(({ id }) => id === roleId)
  if (role === undefined) throw new Error(roleId)

  test('allows all that is done with it', async () => {
    const refused = await Promise.all(
      doneWith(roleId).map(async (access) =>
        (await isAllowed(role.statements, access)) ? [] : [textOf(access)],
      ),
    )
    expect(refused.flat()).toEqual([])
  })

  test('allows nothing that is never done', async () => {
    const idle = await Promise.all(
      allowances(role).map(async (access) =>
        hasReason(roleId, access) || (await missedWithout(roleId, access)).length > 0 ? [] : [textOf(access)],
      ),
    )
    expect(idle.flat()).toEqual([])
  })
})

test('an allowance with a reason exists, and would otherwise be idle', async () => {
  for (const { role, allowed } of unrecorded) {
    const meant = roles
      .filter(({ id }) => role.test(id))
      .flatMap((candidate) => allowances(candidate).map((allowance) => ({ roleId: candidate.id, allowance })))
      .filter(({ allowance }) => allowed.test(textOf(allowance)))
    expect(meant.length, String(allowed)).toBeGreaterThan(0)
    for (const { roleId, allowance } of meant) expect(await missedWithout(roleId, allowance)).toEqual([])
  }
})

test('the evaluator refuses another action, another table and an index that is not named', async () => {
  const table = templates.arnOf(templates.ofType('AWS::DynamoDB::Table')[0]?.id ?? '')
  const statements = [{ Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: [table] }]
  expect(await isAllowed(statements, { action: 'dynamodb:GetItem', resource: table })).toBe(true)
  for (const access of [
    { action: 'dynamodb:PutItem', resource: table },
    { action: 'dynamodb:GetItem', resource: `${table}2` },
    { action: 'dynamodb:Query', resource: `${table}/index/journal` },
  ])
    expect(await isAllowed(statements, access)).toBe(false)
})
