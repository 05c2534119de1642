import type { Dialect } from '../../src/schema/dialect.ts'
import type { Feature } from '../../src/schema/feature.ts'
import type { FieldSpec, IndexSpec, ModelSpec, ProjectSpec, UniqueSpec } from './project-spec.ts'

/** The project without what a database refuses among the things that every edit may draw. */
export function supportedProject(project: ProjectSpec, { support }: Pick<Dialect, 'support'>): ProjectSpec {
  const refuses = (feature: Feature): boolean => 'refused' in support[feature]
  return { ...project, models: project.models.map((model) => supportedModel(model, refuses)) }
}

/** As long as a value can be, in an index or out of it. */
const unbounded: readonly string[] = ['text', 'json', 'binary']

function supportedModel(model: ModelSpec, refuses: (feature: Feature) => boolean): ModelSpec {
  const unindexed = refuses('jsonIndex') ? ['json'] : []
  const repeatable = refuses('uniqueText') ? unbounded : []
  const within = ({ fields }: IndexSpec | UniqueSpec, kinds: readonly string[]): boolean =>
    model.fields.some(({ id, kind }) => fields.includes(id) && kinds.includes(kind))
  const withoutKeys = (field: FieldSpec): FieldSpec => {
    const { index, unique, ...options } = field.options
    return {
      ...field,
      options: {
        ...options,
        ...(index === undefined || unindexed.includes(field.kind) ? {} : { index }),
        ...(unique === undefined || repeatable.includes(field.kind) ? {} : { unique }),
      },
    }
  }
  return {
    ...model,
    fields: model.fields.map(withoutKeys),
    indexes: model.indexes
      .filter((index) => !within(index, unindexed))
      .map((index) => (refuses('partialIndex') ? { ...index, partial: false } : index)),
    uniques: model.uniques.filter((unique) => !within(unique, repeatable)),
  }
}
