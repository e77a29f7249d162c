/**
 * The path patterns that serve the developer hub page instead of a file. The page decides which of these
 * paths exist.
 */
export const pagePath = /^\/($|signed-in$|signed-out$|teams\/)/
