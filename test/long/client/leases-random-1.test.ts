import { testRandomLeases } from './leases-suite.ts'

testRandomLeases(1)
