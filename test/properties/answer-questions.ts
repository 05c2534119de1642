import type { Questioner } from '../../src/autodetector/ask.ts'
import type { Answer, Question } from '../../src/autodetector/question.ts'
import type { Value } from '../../src/schema/value.ts'
import { enumValues, type FieldSpec, type ModelSpec, type ProjectSpec, sampleOf } from './project-spec.ts'

/** Answers every question with the truth: who was whom is known by the ids of the two projects. */
export function truthfully(before: ProjectSpec, after: ProjectSpec): Questioner {
  return async (questions) => new Map(questions.map((question) => [question.key, answer(question, before, after)]))
}

function answer(question: Question, before: ProjectSpec, after: ProjectSpec): Answer {
  if (question.kind === 'merge') return { kind: 'merge' }
  const model = after.models.find((candidate) => keyOf(candidate) === question.model)
  switch (question.kind) {
    case 'modelRenamed': {
      const former = before.models.find(({ id }) => id === model?.id)
      if (former === undefined || model === undefined) return { kind: 'notRenamed' }
      const names = former.app === model.app ? [former.name] : [keyOf(former)]
      return renamedIfOffered(names, question.candidates)
    }
    case 'fieldRenamed': {
      const field = model?.fields.find(({ name }) => name === question.field)
      const former = before.models.flatMap(({ fields }) => fields).find(({ id }) => id === field?.id)
      return former === undefined ? { kind: 'notRenamed' } : renamedIfOffered([former.name], question.candidates)
    }
    case 'notNullAddition':
    case 'notNullAlteration': {
      const field = model?.fields.find(({ name }) => name === question.field)
      return { kind: 'fill', value: fillFor(field) }
    }
    case 'relationChanged':
      return question.ways.includes('keep') ? { kind: 'keepRows' } : { kind: 'dropRows' }
    case 'removalRestores': {
      const owner = before.models.find((one) =>
        model === undefined ? keyOf(one) === question.model : one.id === model.id,
      )
      const former = owner?.fields.find(({ name, target }) => name === question.field && target === undefined)
      return former === undefined ? { kind: 'none' } : { kind: 'fill', value: fillFor(former) }
    }
  }
}

function renamedIfOffered(names: readonly string[], candidates: readonly { readonly name: string }[]): Answer {
  const offered = candidates.find(({ name }) => names.includes(name))
  return offered === undefined ? { kind: 'notRenamed' } : { kind: 'renamedFrom', name: offered.name }
}

function keyOf(model: ModelSpec): string {
  return `${model.app}.${model.name}`
}

function fillFor(field: FieldSpec | undefined): Value {
  switch (field?.kind) {
    case 'boolean':
      return true
    case 'char':
      return field.options['choices'] === undefined ? 'filled' : 'sent'
    case 'text':
    case 'slug':
      return 'filled'
    case 'email':
      return 'a@example.com'
    case 'url':
      return 'https://example.com'
    case 'uuid':
      return '6f0e2a52-6b1c-4f0e-8f3b-0a4c1d2e3f40'
    case 'decimal':
      return '1.50'
    case 'float':
      return 2.5
    case 'date':
      return '2026-02-03'
    case 'time':
      return '10:11:12'
    case 'dateTime':
      return '2026-02-03T10:11:12.000Z'
    case 'json':
      return { $json: { filled: true } }
    case 'binary':
      return { $bytes: '00ff' }
    case 'enum':
      return enumValues[0]
    case 'array':
      return keptList(field)
    case 'duration':
    case 'ipAddress':
    case 'integerRange':
    case 'bigIntegerRange':
    case 'decimalRange':
    case 'dateRange':
    case 'dateTimeRange':
      return String(sampleOf(field))
    default:
      return 7
  }
}

/** A list as a field keeps it: JSON, of which each element is what its own kind keeps. */
function keptList(field: FieldSpec): Value {
  const [element] = JSON.parse(JSON.stringify(sampleOf(field)))
  return { $json: [field.options['of'] === 'json' ? { $json: element } : element] }
}
