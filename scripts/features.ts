// Writes the table of what works where into the README, out of what the dialects themselves go by.
import { readFileSync, writeFileSync } from 'node:fs'
import { withFeatureTable } from './feature-table.ts'

const readme = new URL('../README.md', import.meta.url)
writeFileSync(readme, withFeatureTable(readFileSync(readme, 'utf8')))
