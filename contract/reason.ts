/** Characters of the reason that an operator gives for an act. */
export const reasonCharsMax = 500
