import { join, relative, sep } from 'node:path'
import type { CheckProjectResult, Finding } from '../api/check-project.ts'

/**
 * Errors and warnings as GitHub Actions shows them at the lines of a pull request: workflow commands, one a line. What is only mentioned has its place in the
 * log, as few annotations are shown for each step.
 *
 * @param workspace The folder from which GitHub names files; that of the findings if not given.
 */
export function annotationsOf(
  { findings, root }: Pick<CheckProjectResult, 'findings' | 'root'>,
  workspace: string | undefined,
): readonly string[] {
  return findings.flatMap((finding) => {
    const { id, severity, file, line, column, message, fix } = finding
    if (severity === 'info') return []
    const properties = Object.entries({
      file: pathOf(file, root, workspace),
      line,
      col: column,
      title: `godwit: ${id}`,
    })
      .filter(([, content]) => content !== undefined)
      .map(([key, content]) => `${key}=${escapedProperty(String(content))}`)
    return `::${severity} ${properties.join(',')}::${escaped(`${message}\n${fix}`)}`
  })
}

function pathOf(file: Finding['file'], root: string, workspace: string | undefined): string | undefined {
  if (file === undefined || workspace === undefined || workspace === '') return file
  const path = relative(workspace, join(root, file)).split(sep).join('/')
  return path.startsWith('..') ? file : path
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
