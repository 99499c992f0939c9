/** Room for the largest window of the tests, 1440x900, and its frame. */
const SCREEN = '-screen 0 1600x1000x24'

/**
 * Whether windows need a virtual display here.
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv }} where
 * @returns {boolean}
 */
export function needsVirtualDisplay({ platform, env }) {
  return platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']
}

/**
 * The command line, inside a virtual display.
 * @param {readonly string[]} command
 * @returns {string[]}
 */
export function inVirtualDisplay(command) {
  return ['xvfb-run', '-a', '-s', SCREEN, ...command]
}

/** What `npm start` says when nobody can see the window. */
export const NO_WINDOW =
  'There is no display: Inbetween runs under xvfb-run and no window can be seen. ' +
  'Set DISPLAY to see it, or run `npm run shots` for pictures of it.'

/** Kernel settings that keep an ordinary user's Chromium from making its sandbox, and the value that does. */
const RESTRICTIONS = [
  { name: 'kernel.apparmor_restrict_unprivileged_userns', on: '1', off: '0' },
  { name: 'kernel.unprivileged_userns_clone', on: '0', off: '1' },
]

/**
 * A hint for systems (Ubuntu from 23.10) where Electron stops at its sandbox before a window opens. Only a hint:
 * a profile for this very path may allow it.
 * @param {{ platform: NodeJS.Platform, isRoot: boolean, readSetting: (name: string) => string | null }} deps
 * @returns {string | null}
 */
export function sandboxHint({ platform, isRoot, readSetting }) {
  if (platform !== 'linux' || isRoot) return null
  const found = RESTRICTIONS.find(({ name, on }) => readSetting(name) === on)
  if (found === undefined) return null
  return (
    `This system restricts user namespaces (${found.name}=${found.on}); if Electron stops with a sandbox error, ` +
    `run \`sudo sysctl -w ${found.name}=${found.off}\` (until the next restart) and the same command again.`
  )
}
