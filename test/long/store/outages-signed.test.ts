import { test } from '../../support/fixtures.ts'

/* The same guarantees with the client of the functions that services call. */

test.override('client', 'signed')
await import('../../store/outages.test.ts')
