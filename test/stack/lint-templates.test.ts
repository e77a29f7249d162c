import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { awsTools } from '../../bin/aws-tools.ts'
import { lint } from '../../bin/lint-templates.ts'
import { isInstalled, pythonPrograms } from '../../bin/python-packages.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/* `.ci/run` lints the templates of both stages. Here the linter is shown what it must find; a test installs nothing. */

const canLint = isInstalled(awsTools)
if (!canLint) console.info('Not run: the linter of templates. `npm run lint:templates` installs it.')

function findingsOf(resources: object): string {
  const file = join(temporaryFolder(), 'planted.template.json')
  writeFileSync(file, JSON.stringify({ Resources: resources }))
  return lint(pythonPrograms(awsTools), [file])
}

describe.skipIf(!canLint)('the linter of templates', () => {
  test('finds an output of another stack that CloudFormation would not split', () => {
    const output = { 'Fn::GetStackOutput': { StackName: 'Events', OutputName: 'RuleArn' } }
    const DisplayName = { 'Fn::Select': [2, { 'Fn::Split': ['/', output] }] }
    expect(findingsOf({ Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName } } })).toMatch(
      /E1017.*string/,
    )
  })

  test('finds a value that its service does not take', () => {
    const Properties = { BillingMode: 'FREE', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] }
    expect(findingsOf({ Table: { Type: 'AWS::DynamoDB::Table', Properties } })).toContain(
      "'FREE' is not one of",
    )
  })

  test('has nothing to say about a template that is right', () => {
    expect(findingsOf({ Topic: { Type: 'AWS::SNS::Topic' } })).toBe('')
  })
})
