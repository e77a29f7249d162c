import { testFaultTable } from './table-suite.ts'

testFaultTable(3)
