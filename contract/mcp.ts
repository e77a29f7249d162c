/** The address at which agents connect by the Model Context Protocol. */
export const mcpPath = '/mcp'

/** One route takes every method, so that the function itself can answer that a method is not allowed. */
export const mcpRouteKey = `ANY ${mcpPath}`
