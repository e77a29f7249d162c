/** Widths in CSS pixels that every page must fit: a phone, a tablet and a large screen. */
export const screenWidths = [320, 768, 1920] as const

/** Widths in CSS pixels at which every text must be whole, and axe must find nothing. */
export const readingWidths = [390, 768, 1440] as const
