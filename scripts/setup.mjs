// Entered by every npm script with whatever Node the machine has (20 or newer): makes sure that packages, Node 24,
// Electron, its libraries and a display are there, then runs scripts/tasks/<task>.mjs with that Node.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inVirtualDisplay, needsVirtualDisplay, NO_WINDOW, sandboxHint } from './setup/display.mjs'
import { resolveElectron } from './setup/electron.mjs'
import { handOver } from './setup/hand-over.mjs'
import { install } from './setup/install.mjs'
import { systemProbes } from './setup/needs.mjs'
import { resolveNode, withNodeFirst } from './setup/node24.mjs'
import { npmProgram } from './setup/npm.mjs'
import { fetchOfficial } from './setup/official.mjs'
import { ask, run } from './setup/run.mjs'
import { createSay, SetupError } from './setup/say.mjs'
import { ensureSystem } from './setup/system.mjs'
import { TASKS } from './setup/tasks.mjs'
import { installThirdParty } from './setup/third-party.mjs'

const { env, platform, arch, execPath } = process
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const say = createSay({ logFile: join(root, '.cache', 'setup.log') })
const npm = npmProgram({ env, platform, execPath })
const isRoot = process.getuid?.() === 0

/**
 * @param {string} task
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code of the task; rejects with SetupError
 */
async function main(task, args) {
  const needs = Object.hasOwn(TASKS, task) ? TASKS[task] : undefined
  if (needs === undefined) {
    throw new SetupError(
      `There is no task "${task}"; run one of these with npm run: ${Object.keys(TASKS).join(', ')}.`,
    )
  }
  const current = { path: execPath, version: process.versions.node }
  const findNode = () => resolveNode({ root, platform, arch, current, versionOf })
  // Where Node 24 does not come with the packages, an old Node is told before they are fetched, not after.
  if (platform !== 'linux' || arch !== 'x64') findNode()
  await install({ root, say, run, npm })
  const node = findNode()
  const command = [node, join(root, 'scripts', 'tasks', `${task}.mjs`), ...args]
  const childEnv = withNodeFirst(env, node)
  if (!needs.opensWindows) return handOver(command, { cwd: root, env: childEnv })

  const electron = await resolveElectron({
    root,
    env,
    platform,
    arch,
    say,
    fetchOfficial: () => fetchOfficial({ node, env: childEnv }),
    installThirdParty: () => installThirdParty({ root, say, run, npm }),
  })
  const isVirtual = needsVirtualDisplay({ platform, env })
  if (platform === 'linux') {
    await ensureSystem({
      binary: electron.binary,
      needsVirtualDisplay: isVirtual,
      needsKeyring: needs.storesKeys === true,
      isRoot,
      probes: systemProbes,
      ask,
      run,
      say,
      env,
    })
  }
  const hint = sandboxHint({ platform, isRoot, readSetting })
  if (hint !== null) say.line(hint)
  if (isVirtual && task === 'start') say.line(NO_WINDOW)
  return handOver(isVirtual ? inVirtualDisplay(command) : command, {
    cwd: root,
    env: { ...childEnv, ...electron.env },
  })
}

/** @param {string} path */
function versionOf(path) {
  const answer = ask(path, ['--version'])
  return answer.code === 0 ? answer.output.trim() : null
}

/** @param {string} name as sysctl has it */
function readSetting(name) {
  try {
    return readFileSync(join('/proc/sys', ...name.split('.')), 'utf8').trim()
  } catch {
    return null
  }
}

const [task = '', ...args] = process.argv.slice(2)
try {
  process.exitCode = await main(task, args)
} catch (error) {
  process.exitCode = 1
  if (error instanceof SetupError) {
    say.line(error.message)
  } else {
    say.detail(error instanceof Error ? (error.stack ?? error.message) : String(error))
    say.line('Set-up failed in a way it does not know; read .cache/setup.log and run the same command again.')
  }
}
