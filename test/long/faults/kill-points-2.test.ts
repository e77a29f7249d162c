import { testKillPoints } from './kill-suite.ts'

testKillPoints(2)
