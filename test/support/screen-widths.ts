/** Widths in CSS pixels that every page must fit: a phone, a tablet and a large screen. */
export const screenWidths = [320, 768, 1920] as const
