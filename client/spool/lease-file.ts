import { closeSync, fstatSync, ftruncateSync } from 'node:fs'
import type { LeaseLog, LeftLease } from '../spool-model.ts'
import { checksumOf } from './checksum.ts'
import { openFile, readAt, writeAt } from './files.ts'
import { SpoolFull, SpoolUnreadable } from './spool-errors.ts'

/** Bytes of a place: use (8), checksum of the rest (4), length of the id (1), id (64). No place crosses a page or a sector. */
const placeBytes = 128
const usedBytes = 8
const idAt = 13
const idBytesMax = 64
/** 32 MB; a client has one or two leases for each app and meter. */
const placesMax = 262_144
const title = Buffer.alloc(placeBytes)
title.write('tollgate leases, format 1\n')

export interface LeaseFile extends LeaseLog {
  /** Throws `SpoolFull` where too many leases are open. */
  open(authorizationId: string): number
  /** Closes the file; a new process finds its leases. */
  release(): void
}

/**
 * Opens the file of leases: fixed places behind a title. Each change is one write inside one place, so kill -9 leaves the
 * former content or the next one. Damaged places are reported and overwritten later, as their lease cannot be known.
 */
export function openLeaseFile(path: string, onProblem: (problem: string) => void): LeaseFile {
  const file = openFile(path)
  const places = readPlaces(file, path)
  const leftovers = places.flatMap((bytes, index) => readLease(bytes, index + 1) ?? [])
  places.forEach((bytes, index) => {
    if (isDamaged(bytes)) onProblem(`${path}: place ${index + 1} is damaged: ${bytes.toString('hex')}`)
  })
  const taken = new Set(leftovers.map(({ place }) => place))
  let count = Math.max(0, ...taken)
  ftruncateSync(file, (count + 1) * placeBytes)
  const free = Array.from({ length: count }, (_, index) => index + 1).filter((place) => !taken.has(place))
  const used = Buffer.alloc(usedBytes)
  const empty = Buffer.alloc(placeBytes)
  return {
    leftovers,
    open: (authorizationId) => {
      const bytes = placeOf(authorizationId)
      if (free.length === 0 && count === placesMax)
        throw new SpoolFull(`${path}: ${placesMax} leases are open`)
      const place = free.at(-1) ?? count + 1
      writeAt(file, bytes, place * placeBytes)
      free.pop()
      count = Math.max(count, place)
      return place
    },
    write: (place, quantity) => {
      used.writeDoubleLE(quantity)
      writeAt(file, used, place * placeBytes)
    },
    close: (place) => {
      writeAt(file, empty, place * placeBytes)
      free.push(place)
    },
    release: () => closeSync(file),
  }
}

/** The content of each place. A place at the end of a shortened file is filled with zeros. */
function readPlaces(file: number, path: string): readonly Buffer[] {
  const bytes = readAt(file, 0, fstatSync(file).size)
  const start = bytes.subarray(0, placeBytes)
  // A shorter title belongs to a file whose creation was interrupted.
  if (!title.subarray(0, start.length).equals(start)) {
    throw new SpoolUnreadable(`${path} is not a file of leases that this version can read`)
  }
  writeAt(file, title, 0)
  const count = Math.max(0, Math.ceil(bytes.length / placeBytes) - 1)
  const padded = Buffer.alloc((count + 1) * placeBytes)
  bytes.copy(padded)
  return Array.from({ length: count }, (_, index) =>
    padded.subarray((index + 1) * placeBytes, (index + 2) * placeBytes),
  )
}

function placeOf(authorizationId: string): Buffer {
  const id = Buffer.from(authorizationId)
  if (id.length < 1 || id.length > idBytesMax) throw new TypeError('authorizationId: 1 to 64 bytes')
  const bytes = Buffer.alloc(placeBytes)
  bytes[idAt - 1] = id.length
  id.copy(bytes, idAt)
  bytes.writeUInt32LE(checksumOf(bytes.subarray(idAt - 1)), usedBytes)
  return bytes
}

function readLease(bytes: Buffer, place: number): LeftLease | undefined {
  if (!isWhole(bytes)) return undefined
  const length = bytes[idAt - 1] ?? 0
  return {
    place,
    authorizationId: bytes.toString('utf8', idAt, idAt + length),
    used: bytes.readDoubleLE(),
  }
}

function isWhole(bytes: Buffer): boolean {
  return bytes.readUInt32LE(usedBytes) === checksumOf(bytes.subarray(idAt - 1))
}

function isDamaged(bytes: Buffer): boolean {
  return !isWhole(bytes) && bytes.some((byte) => byte !== 0)
}
