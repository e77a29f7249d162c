import * as v from 'valibot'

export const planName = v.picklist(['none', 'free', 'paid'])

/** `true`: the answer shows the effect of the call, and nothing changes. */
export const previewQuery = v.strictObject({
  preview: v.optional(
    v.pipe(
      v.picklist(['true', 'false']),
      v.metadata({ type: 'boolean', enum: undefined }),
      v.transform((text) => text === 'true'),
      v.description('true: shows the consequences of the call, and does nothing'),
    ),
    'false',
  ),
})
