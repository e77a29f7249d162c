import { join } from 'node:path'
import { runNode } from '../run-node.ts'
import { makeOnce, root } from '../sources.ts'

const sources = ['hub', 'core', 'contract', 'package-lock.json']

/** Builds the developer hub page unless its sources are unchanged. Returns the folder of its files. */
export function buildPage(outDir: string = join(root, 'dist', 'local-page')): Promise<string> {
  return makeOnce({ outDir, sources, make: runBuild })
}

function runBuild(folder: string): Promise<void> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const config = join(root, 'hub', 'vite.config.ts')
  const args = ['build', '--config', config, '--outDir', folder, '--logLevel', 'error']
  return runNode('The page cannot be built', [vite, ...args], { NODE_ENV: 'production' })
}
