import { ended } from '../ended.ts'
import type { Sentence } from '../sentence.ts'

/** Every sentence about reading a file of the user's: a config, models, a migration. */
export const loadingSentences = {
  'loading.fileMissing': (d: { file: string; purpose: string }) => ({
    summary: `${d.file} (${d.purpose}) does not exist.`,
    fix: 'Create the file, or correct the path that leads to it.',
  }),
  'loading.syntax': (d: { file: string; line: number | undefined; message: string; purpose: string }) => ({
    summary: `${place(d)} (${d.purpose}) is not valid source: ${ended(d.message)}`,
    fix:
      d.line === undefined ? `Run \`node --check ${d.file}\` to see the place, and correct it.` : 'Correct the line.',
  }),
  'loading.notErasable': (d: { file: string; line: number | undefined; message: string; purpose: string }) => ({
    summary: `${place(d)} (${d.purpose}) needs more than types taken away: ${ended(d.message)}`,
    why: 'Node runs TypeScript by erasing the types; enums, namespaces, parameter properties and decorators would have to be translated.',
    fix: 'Write it without that construct (for an enum: a constant object or a union of strings), or set NODE_OPTIONS="--import tsx".',
  }),
  'loading.missingExport': (d: { file: string; line: number | undefined; name: string; module: string }) => ({
    summary: `${place(d)} imports "${d.name}" from "${d.module}", which does not export it.`,
    why: 'A type is gone when the file runs, so it can only be imported as a type.',
    fix: `If "${d.name}" is a type, write \`import type { ${d.name} }\`; otherwise correct the name.`,
  }),
  'loading.missingImport': (d: { file: string; imported: string; suggestion: string | undefined }) => ({
    summary: `${d.file} imports ${d.imported}, which does not exist.`,
    why: 'Node looks for exactly the file that an import names: it adds no ending and looks for no index file.',
    fix:
      d.suggestion === undefined
        ? 'Correct the path, ending included.'
        : `Name the file in full: the import should end in "${d.suggestion}".`,
  }),
  'loading.missingPackage': (d: { file: string; package: string }) => ({
    summary: `${d.file} imports the package "${d.package}", which is not installed.`,
    fix: `Run \`npm install ${d.package}\`; if it is a file of yours, begin the path with "./".`,
  }),
  'loading.packagePath': (d: { file: string; message: string }) => ({
    summary: `${d.file} imports a path that its package does not offer: ${ended(d.message)}`,
    fix: "Import one of the paths that the package's exports list.",
  }),
  'loading.typesInPackage': (d: { file: string; imported: string }) => ({
    summary: `${d.file} imports ${d.imported}, TypeScript inside node_modules.`,
    why: 'Node strips types from files of the project only, never from installed packages.',
    fix: 'Have the package built to JavaScript, link it outside node_modules, or set NODE_OPTIONS="--import tsx".',
  }),
  'loading.needsTypeModule': (d: { file: string; purpose: string; suggestion: string }) => ({
    summary: `${d.file} (${d.purpose}) uses import and export, but Node takes it for CommonJS.`,
    fix: `Add "type": "module" to the nearest package.json, or name the file ${d.suggestion}.`,
  }),
  'loading.commonJs': (d: { file: string; name: string; purpose: string }) => ({
    summary: `${d.file} (${d.purpose}) uses \`${d.name}\`, which ES modules do not have.`,
    fix: 'Write `import` for `require`, and `export default` for `module.exports`.',
  }),
  'loading.importCycle': (d: { file: string; message: string; purpose: string }) => ({
    summary: `${d.file} (${d.purpose}) takes part in a circle of imports: ${ended(d.message)}`,
    why: 'In such a circle one file runs before what it imports exists.',
    fix: "Break the circle, or use what is imported inside a function only (relations between models: `f.foreignKey(() => User)` or `f.foreignKey('accounts.User')`).",
  }),
  'loading.threw': (d: { file: string; at: string | undefined; message: string; purpose: string }) => ({
    summary: `${d.file} (${d.purpose}) failed while it was being imported: ${ended(d.at === undefined ? d.message : `${d.message} (at ${d.at})`)}`,
    fix: 'Correct the code at that place: the file must be importable by itself, without a running application.',
  }),
} satisfies Record<string, (details: never) => Sentence>

function place(d: { readonly file: string; readonly line: number | undefined }): string {
  return d.line === undefined ? d.file : `${d.file}:${d.line}`
}
