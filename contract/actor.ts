import * as v from 'valibot'

/** The caller who asked for something. */
export const actorAnswer = v.pipe(
  v.object({
    subject: v.pipe(v.string(), v.description("The subject of the caller's token")),
    email: v.optional(
      v.pipe(
        v.string(),
        v.description('The address of a person of the team, until 400 days after the last act'),
      ),
    ),
    name: v.optional(
      v.pipe(
        v.string(),
        v.description(
          'The name of the key of a budget, in the statement; its subject is `budget:` and the id',
        ),
      ),
    ),
  }),
  v.title('Actor'),
)

export type ActorAnswer = v.InferOutput<typeof actorAnswer>
