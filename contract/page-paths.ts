/** The paths that show the developer hub page rather than a file of it: the page itself knows which of them exist. */
export const pagePath = /^\/($|signed-in$|signed-out$|teams\/)/
