import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Builds the developer hub page into `dist/hub` and returns that folder. Throws with the builder's output. */
export function buildPage(): string {
  const builder = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const folder = join(root, 'dist', 'hub')
  const settings = ['--config', join(root, 'hub', 'vite.config.ts'), '--outDir', folder]
  const env = { ...process.env, NODE_ENV: 'production' }
  const args = [builder, 'build', ...settings, '--logLevel', 'error']
  execFileSync(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] })
  return folder
}
