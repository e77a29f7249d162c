import { startRuntime } from '../../local/runtime.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { callOverHttp } from './http-call.ts'
import { runScenario, type Scenario } from './scenario-runner.ts'

/** Runs a worked example over HTTP against a fresh local runtime. */
export async function runOverHttp(scenario: Scenario): Promise<void> {
  const { clockStart } = scenario
  const runtime = await startRuntime({ dataDir: temporaryFolder(), port: 0, clockStart, sample: false })
  try {
    await runScenario(scenario, callOverHttp(runtime.url))
  } finally {
    await runtime.stop()
  }
}
