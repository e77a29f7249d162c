import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { stringify } from 'yaml'
import { openApiDocument } from '../contract/openapi/document.ts'

/** The YAML document in the repository. */
export function openApiYaml(): string {
  return stringify(openApiDocument(), { schema: 'yaml-1.1', aliasDuplicateObjects: false, lineWidth: 110 })
}

/** Writes `openapi.yaml` for people, and the JSON that `GET /v1/openapi.json` returns. */
if (import.meta.main) {
  const json = new URL('../contract/openapi.json', import.meta.url)
  writeFileSync(new URL('../openapi.yaml', import.meta.url), openApiYaml())
  writeFileSync(json, JSON.stringify(openApiDocument(), null, 2))
  execFileSync('biome', ['format', '--write', json.pathname], { stdio: 'pipe' })
}
