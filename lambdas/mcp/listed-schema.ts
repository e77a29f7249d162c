import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server'
import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'

/** The schema of a tool's arguments for the list of tools. The tool checks them itself, so that a fault is a problem that names its field. */
export function listedInput(schema: v.GenericSchema): StandardSchemaWithJSON {
  return listed(schema, (value) => ({ value }))
}

/** The schema of a tool's answer. An answer that does not fit does not leave. */
export function listedOutput(schema: v.GenericSchema): StandardSchemaWithJSON {
  return listed(schema, (value) => schema['~standard'].validate(value))
}

type Validate = StandardSchemaWithJSON['~standard']['validate']

function listed(schema: v.GenericSchema, validate: Validate): StandardSchemaWithJSON {
  let made: Record<string, unknown> | undefined
  const json = () => (made ??= jsonOf(schema))
  return {
    '~standard': { version: 1, vendor: 'valibot', validate, jsonSchema: { input: json, output: json } },
  }
}

/** The JSON Schema of sent values. Only the handlers apply checks that JSON Schema cannot express. */
function jsonOf(schema: v.GenericSchema): Record<string, unknown> {
  const target = 'draft-2020-12'
  const { $schema: _, ...found } = toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore', target })
  return found
}
