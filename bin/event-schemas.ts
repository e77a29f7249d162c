import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sentSchemas } from '../contract/event-schemas.ts'
import { jsonSchemaOf } from '../contract/openapi/json-schema.ts'

const folder = new URL('../schemas/', import.meta.url)

/** The JSON Schema of each kind of event's detail, by the kind's name. */
export function eventJsonSchemas(): Readonly<Record<string, object>> {
  const schemas = Object.entries(sentSchemas).map(([type, schema]) => [
    type,
    { $schema: 'https://json-schema.org/draft/2020-12/schema', title: type, ...jsonSchemaOf(schema) },
  ])
  return Object.fromEntries(schemas)
}

/** Writes the schemas for receivers of events. */
if (import.meta.main) {
  mkdirSync(folder, { recursive: true })
  for (const [type, schema] of Object.entries(eventJsonSchemas()))
    writeFileSync(new URL(`${type}.json`, folder), JSON.stringify(schema, null, 2))
  execFileSync('biome', ['format', '--write', fileURLToPath(folder)], { stdio: 'pipe' })
}
