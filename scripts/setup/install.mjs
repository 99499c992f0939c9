import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRegistryThere, npmFailure } from './npm.mjs'
import { NOT_FOUND } from './run.mjs'
import { SetupError, whileSaying } from './say.mjs'

/** Lies inside node_modules so that deleting the folder, or npm emptying it, forgets the stamp too. */
const STAMP = join('node_modules', '.inbetween-lock')

/**
 * What an up-to-date node_modules is stamped with: the lockfile it came from, and the machine, because a folder
 * shared with a container of another system holds the wrong native packages.
 * @param {string} root
 * @returns {string}
 */
function stampOf(root) {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  return `${hash} ${process.platform}-${process.arch}\n`
}

/**
 * Whether node_modules was installed from the lockfile as it is now.
 * @param {string} root
 * @returns {boolean}
 */
export function isInstalled(root) {
  try {
    return readFileSync(join(root, STAMP), 'utf8') === stampOf(root)
  } catch {
    return false
  }
}

/**
 * Notes that node_modules came from the lockfile as it is now.
 * @param {string} root
 * @returns {void}
 */
export function markInstalled(root) {
  writeFileSync(join(root, STAMP), stampOf(root))
}

/**
 * Installs the packages of the lockfile when node_modules does not hold them yet.
 * @param {{ root: string, say: import('./say.mjs').Say, run: import('./run.mjs').Run, npm: import('./npm.mjs').Program }} deps
 * @returns {Promise<void>} rejects with {@link SetupError}
 */
export async function install({ root, say, run, npm }) {
  if (isInstalled(root)) return
  const startedAt = Date.now()
  say.line('Installing the packages of package-lock.json (npm ci), usually under two minutes…')
  // No package we use needs its install script, and not running them is one way less into this machine.
  const args = [...npm.args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund']
  // Without a network npm may still have everything in its cache, and if not it says so at once instead of trying
  // every package for minutes.
  if (!(await isRegistryThere({ root, run, npm }))) args.push('--offline')
  const outcome = await whileSaying(say, 'Installing packages', () =>
    run(npm.command, args, { cwd: root, shell: npm.shell }),
  )
  say.detail(outcome.output)
  if (outcome.code === NOT_FOUND) {
    throw new SetupError(
      'npm was not found; install Node 24, which brings npm, and run the same command again.',
    )
  }
  if (outcome.code !== 0) {
    const { because, next } = npmFailure(outcome.output)
    throw new SetupError(`The packages could not be installed because ${because}; ${next}.`)
  }
  markInstalled(root)
  const count = /added (\d+) packages/.exec(outcome.output)?.[1] ?? 'All'
  say.line(`${count} packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`)
}
