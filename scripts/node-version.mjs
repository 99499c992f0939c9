/**
 * Oldest Node that runs the tools: 22.19 strips TypeScript types without a flag and has `node:sqlite`,
 * and is the newest floor among our tools (vitest, electron and @electron/get ask for 22.12).
 */
const OLDEST_NODE = { major: 22, minor: 19 }

/**
 * Whether a Node version can run the tasks.
 * @param {string} version as `process.versions.node` or `node --version` gives it, e.g. `24.21.0` or `v24.21.0`
 * @returns {boolean}
 */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor)
}

/**
 * Stops a task that was started with a Node too old for it: a shell that already looked `node` up keeps the
 * old one, so every task checks instead of trusting PATH. Call it before anything else.
 * @param {string} [version]
 * @returns {void}
 */
export function assertNode(version = process.versions.node) {
  if (isSupportedNode(version)) return
  console.error(
    `This task needs Node ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or newer and was started with ${version}; ` +
      'use the npm scripts (npm start, npm test), which find the right one.',
  )
  process.exit(1)
}
