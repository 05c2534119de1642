import { didYouMean } from '../../lib/did-you-mean.ts'
import type { Sentence } from '../sentence.ts'

/** Every sentence about what lives in which database. */
export const routingSentences = {
  'execution.modelsApart': (d: {
    migration: string
    operation: string
    database: string
    here: string
    elsewhere: string
  }): Sentence => ({
    summary: `The ${d.operation} of migration ${d.migration} works on ${d.here} and on ${d.elsewhere}, and only the first lives in the database ${d.database}.`,
    why: 'A step has one connection, and no database holds all models of this one.',
    fix: 'Make a step of it for each database, or leave those out of its `models` that it does not touch.',
  }),
  'execution.unknownDatabases': (d: { migration: string; database: string; known: readonly string[] }): Sentence => ({
    summary: `Migration ${d.migration} is for the database "${d.database}", which the config does not have.${didYouMean(d.database, d.known)}`,
    fix: `Correct its \`databases\` (the config has ${d.known.join(', ')}), or add the database to the config.`,
  }),
  'execution.copiedApart': (d: { migration: string; database: string }): Sentence => ({
    summary: `Migration ${d.migration} copies what a relation holds between two tables, and only one of them is in the database ${d.database}.`,
    why: 'No statement reaches from one database into another, so the rows would be lost with the old table.',
    fix: 'Let the join model live where the model of the relation does (`router` in the config), or copy the rows by a program of your own and take `copyFrom` out of the migration.',
  }),
  'execution.renamedApart': (d: { migration: string; from: string; to: string; database: string }): Sentence => ({
    summary: `Migration ${d.migration} renames ${d.from} to ${d.to}, and by the router only one of the two lives in the database ${d.database}.`,
    why: 'A rename moves no rows from one database to another, so the table would stay behind under its old name.',
    fix: `Name both in the router of the config: it is asked by the names that history had. To move the rows, create the new model, copy them, and delete the old one.`,
  }),
} satisfies Record<string, (details: never) => Sentence>
