import { Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { envNames } from '../../lambdas/runtime/env.ts'
import type { Handler } from './handler.ts'

/** The address to send mail from in the environment and the permission to: never one without the other. */
export function allowMail({ lambda }: Handler, mailFrom: string | undefined): void {
  if (mailFrom === undefined) return
  const [, domain = ''] = mailFrom.split('@')
  lambda.addEnvironment(envNames.mailFrom, mailFrom)
  const stack = Stack.of(lambda)
  // Whichever of the two is verified.
  const resources = [mailFrom, domain].map((resourceName) =>
    stack.formatArn({ service: 'ses', resource: 'identity', resourceName }),
  )
  lambda.addToRolePolicy(new PolicyStatement({ actions: ['ses:SendEmail'], resources }))
}
