/** A living process uses the folder. */
export class SpoolInUse extends Error {
  override readonly name = 'SpoolInUse'

  constructor(folder: string, pid: number) {
    super(`the spool ${folder} is used by process ${pid}: give each process its own folder`)
  }
}

/** The spool's limit is reached. The call stored nothing. */
export class SpoolFull extends Error {
  override readonly name = 'SpoolFull'
}

/** A file of the spool is not one that this version can read. It is left as it is. */
export class SpoolUnreadable extends Error {
  override readonly name = 'SpoolUnreadable'
}
