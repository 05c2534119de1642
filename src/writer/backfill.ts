import type { BackfillTemplate, RunCode } from '../operations/operation.ts'
import type { Value } from '../schema/value.ts'
import type { Doc } from './layout.ts'
import { concat, hardLine, indent, joinDocs } from './layout.ts'
import { arrayDoc, callDoc, keyText, membersDoc, memberText, objectDoc, stringText, templateText } from './syntax.ts'
import { jsonDoc, literalDoc } from './values.ts'

/** How many rows one statement of a written backfill changes. */
const batch = 1000

/** The argument of `runCode` for a backfill: a function that a person can read and change, and that does what the template says. */
export function backfillDoc(operation: RunCode, template: BackfillTemplate): Doc {
  const { description, atomic, elidable } = operation
  return membersDoc([
    ...(description === undefined ? [] : [`description: ${stringText(description)}`]),
    ...(atomic === undefined ? [] : ['atomic: false']),
    ...(elidable === undefined ? [] : ['elidable: true']),
    concat('async forwards({ db, log }) ', block(bodyOf(template))),
    ...(operation.backwards === undefined ? [] : ['backwards() {}']),
  ])
}

/** Walks along the primary key, so that no batch looks at the rows of the ones before it. */
function bodyOf({ table, column, key, value }: BackfillTemplate): readonly Doc[] {
  const keyType = key.map((part) => `${keyText(part)}: unknown`).join('; ')
  const keys = `[${key.map(stringText).join(', ')}]`
  const ordered = key.map((part) => `.orderBy(${stringText(part)})`).join('')
  const isNull = `where(${stringText(column)}, 'is', null)`
  const filled = objectDoc([[column, boundDoc(value)]])
  return [
    '// Each batch is committed by itself and fills only what is NULL, so this can be stopped and run again.',
    `let last: { ${keyType} } | undefined`,
    concat(
      'for (let batch = 1; ; batch += 1) ',
      block([
        'const after = last',
        `let open = db.selectFrom(${stringText(table)}).select(${keys}).${isNull}`,
        concat('if (after !== undefined) open = ', where('open', key, '>', 'after')),
        `const rows = await open${ordered}.limit(${batch}).execute()`,
        'const end = rows.at(-1)',
        'if (end === undefined) return',
        concat('let filling = ', callDoc(`db.updateTable(${stringText(table)}).set`, [filled]), `.${isNull}`),
        concat('filling = ', where('filling', key, '<=', 'end')),
        concat('if (after !== undefined) filling = ', where('filling', key, '>', 'after')),
        'await filling.execute()',
        `log(\`${templateText(`${table}.${column}`)}: batch \${batch} of \${rows.length} rows filled\`)`,
        'last = end',
      ]),
    ),
  ]
}

/** The query, for the rows on one side of another: part by part where there are several, as not every database compares lists of columns. */
function where(query: string, key: readonly string[], operator: '>' | '<=', row: string): Doc {
  const [only = '', ...more] = key
  if (more.length > 0) return concat(`${query}.where((eb) => `, comparison(key, operator, row), ')')
  return `${query}.where(${stringText(only)}, '${operator}', ${row}${memberText(only)})`
}

function comparison([part = '', ...more]: readonly string[], operator: '>' | '<=', row: string): Doc {
  const compared = (sign: string): string => `eb(${stringText(part)}, '${sign}', ${row}${memberText(part)})`
  if (more.length === 0) return compared(operator)
  const strictly = compared(operator === '>' ? '>' : '<')
  const equal = callDoc('eb.and', [arrayDoc([compared('='), comparison(more, operator, row)])])
  return callDoc('eb.or', [arrayDoc([strictly, equal])])
}

/** The value as the driver takes it: JSON as its text. */
function boundDoc(value: Value): Doc {
  const isJson = typeof value === 'object' && value !== null && '$json' in value
  return isJson ? callDoc('JSON.stringify', [jsonDoc(value.$json)]) : literalDoc(value)
}

function block(statements: readonly Doc[]): Doc {
  return concat('{', indent(concat(hardLine, joinDocs(statements, hardLine))), hardLine, '}')
}
