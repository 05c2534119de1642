import { spawnSync } from 'node:child_process'

/** What packages of another Debian can be unpacked and run on: this machine, as apt knows it. */
export interface DebianMachine {
  /** Where this machine has its own packages from; another suite is looked for at the same place. */
  readonly mirror: string
}

/** This machine, or one sentence on why it will not do. */
export function debianMachine(): DebianMachine | string {
  const wants = 'MySQL 9 and MariaDB 11.8 are unpacked from packages of Debian’s unstable suite and run in a chroot'
  if (process.platform !== 'linux') return `${wants}: that needs Debian, and this is ${process.platform}.`
  if (process.getuid?.() !== 0) return `${wants}: that needs root.`
  const mirror = mirrorOfDebian()
  if (mirror === undefined) return `${wants}: that needs Debian, and apt knows no mirror of Debian here.`
  // Mounts that only the server sees vanish with it.
  const able = spawnSync('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'true'], { encoding: 'utf8' })
  if (able.status === 0) return { mirror }
  return `${wants}, with mounts of its own, and this machine lets nobody make such: ${able.error?.message ?? able.stderr.trim()}`
}

/** The mirror of the suite that this machine runs, and not one of its updates: those have no other suites. */
function mirrorOfDebian(): string | undefined {
  const format = '$(REPO_URI)\t$(RELEASE)\t$(COMPONENT)'
  const { stdout } = spawnSync('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'], {
    encoding: 'utf8',
  })
  const targets = (stdout ?? '').split('\n').map((line) => line.split('\t'))
  return targets.find(
    ([uri, suite, component]) =>
      component === 'main' && uri !== undefined && /\/debian\/?$/.test(uri) && /^[a-z]+$/.test(suite ?? ''),
  )?.[0]
}
