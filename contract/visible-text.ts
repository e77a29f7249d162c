/** Characters that nobody sees or that turn the direction of the text: two texts may differ in nothing else. */
const hidden = /[\p{Default_Ignorable_Code_Point}\u2800]/v

/** Scripts whose words need joiners between letters. */
const joining = String.raw`[\p{scx=Arabic}\p{scx=Syriac}\p{scx=Mongolian}\p{scx=Nko}]`
/** Scripts whose letters need joiners after a sign. */
const indic = String.raw`[\p{sc=Devanagari}\p{sc=Bengali}\p{sc=Gurmukhi}\p{sc=Gujarati}\p{sc=Oriya}\p{sc=Tamil}\p{sc=Telugu}\p{sc=Kannada}\p{sc=Malayalam}\p{sc=Sinhala}\p{sc=Khmer}\p{sc=Myanmar}]`

/**
 * Hidden characters that change what is seen: joiners inside a word of a script that needs them, joiners and selectors of
 * emoji, and selectors of the variant of a Chinese character.
 */
const needed = new RegExp(
  [
    `(?<=${joining}\\p{M}*)[\\u200c\\u200d](?=${joining})`,
    `(?<=[${indic}&&\\p{M}])[\\u200c\\u200d]`,
    `(?<=[\\p{Extended_Pictographic}\\p{EMod}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})`,
    `(?<=[\\p{Extended_Pictographic}0-9#*])\\ufe0f`,
    `(?<=\\p{sc=Han})[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]`,
    // The Mongolian selectors choose the form of a letter.
    `(?<=\\p{sc=Mongolian})[\\u180b-\\u180d\\u180f]`,
  ].join('|'),
  'gv',
)

/** True if a text has no invisible and no direction-changing characters, except where its script needs them. */
export function isVisible(text: string): boolean {
  return !hidden.test(text.replace(needed, ''))
}
