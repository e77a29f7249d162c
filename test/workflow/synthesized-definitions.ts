import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import type { StateMachineDefinition } from 'aws-local-stepfunctions'
import { readConfig } from '../../lib/config.ts'
import { DataStack } from '../../lib/data-stack.ts'
import { WorkflowStack } from '../../lib/workflow-stack.ts'
import { context, makeBundles } from '../stack/synthesized.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** The workflow stack as a template, without validation and without bundling. */
export function synthesizeWorkflows(): Template {
  const app = new App({ context, outdir: temporaryFolder() })
  const config = readConfig(app.node)
  const { table } = new DataStack(app, 'Data', { config })
  const props = { config, bundles: makeBundles(), table }
  return Template.fromStack(new WorkflowStack(app, 'Workflows', props))
}

/** The definition of a state machine in the template, by the start of its logical id, each function by a real-looking ARN. */
export function definitionOf(template: Template, idStart: string): StateMachineDefinition {
  const machines = Object.entries(template.findResources('AWS::StepFunctions::StateMachine'))
  const found = machines.find(([id]) => id.startsWith(idStart))
  if (found === undefined) throw new Error(`no state machine ${idStart}`)
  const parts: (string | object)[] = found[1].Properties.DefinitionString['Fn::Join'][1]
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : arnOf(part))).join(''))
}

function arnOf(reference: object): string {
  const [id] = (reference as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt']
  return `arn:aws:lambda:us-east-1:123456789012:function:${id}`
}

interface StateView {
  readonly Type: string
  readonly Resource?: string
  readonly Retry?: readonly { readonly MaxAttempts: number }[]
  readonly Catch?: readonly { readonly Next: string }[]
  readonly Choices?: readonly { readonly Variable: string }[]
  readonly SecondsPath?: string
}

/** Every state by its name, those inside of Map states included. */
export function statesOf(definition: StateMachineDefinition): [string, StateView][] {
  return Object.entries(definition.States).flatMap(([name, state]) => [
    [name, state as unknown as StateView] as [string, StateView],
    ...(state.Type === 'Map' && state.ItemProcessor !== undefined
      ? statesOf(state.ItemProcessor as StateMachineDefinition)
      : []),
  ])
}
