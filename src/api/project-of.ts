import { type ConfigLocation, loadProject } from '../project/load-project.ts'
import type { Project } from '../project/project.ts'

/** A project that is loaded already, or where to find one. */
export interface ProjectChoice extends ConfigLocation {
  readonly project?: Project | undefined
}

export async function projectOf(choice: ProjectChoice): Promise<Project> {
  return choice.project ?? loadProject(choice)
}
