import { fileURLToPath } from 'node:url'
import type { PythonPackages } from './python-packages.ts'

/** The linter of CloudFormation templates, and the grammars of the AWS CLI and of Athena's SQL, which check the documents. */
export const awsTools: PythonPackages = {
  name: 'aws-tools',
  requirements: fileURLToPath(new URL('aws-tools.txt', import.meta.url)),
  command: 'npm run lint:templates',
  purpose: 'run cfn-lint',
}
