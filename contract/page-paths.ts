/**
 * The path patterns that serve the page of the developer hub or the operators' console instead of a file. The page decides
 * which of these paths exist.
 */
export const pagePath = /^\/($|signed-in$|signed-out$|invitations$|teams\/|ops($|\/))/
