/**
 * @typedef {{ command: string, args: readonly string[], shell: boolean }} Program
 */

/**
 * How to start the npm that started us, or the one on PATH.
 * @param {{ env: NodeJS.ProcessEnv, platform: NodeJS.Platform, execPath: string }} where
 * @returns {Program}
 */
export function npmProgram({ env, platform, execPath }) {
  const cli = env['npm_execpath']
  if (cli !== undefined && /npm-cli\.[cm]?js$/.test(cli))
    return { command: execPath, args: [cli], shell: false }
  // npm.cmd is a batch file, which Node only starts through a shell.
  return { command: 'npm', args: [], shell: platform === 'win32' }
}

/** npm's own patience with a dead line is a minute and more for every package. */
const LITTLE_PATIENCE = [
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
]

const NO_CONNECTION =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED/

/**
 * Whether the registry that npm is set to answers at all. An answer with an error counts: not every mirror knows
 * the question.
 * @param {{ root: string, run: import('./run.mjs').Run, npm: Program }} deps
 * @returns {Promise<boolean>}
 */
export async function isRegistryThere({ root, run, npm }) {
  const args = [...npm.args, 'ping', ...LITTLE_PATIENCE, '--fetch-timeout=20000']
  const { code, output } = await run(npm.command, args, { cwd: root, shell: npm.shell })
  return code === 0 || !NO_CONNECTION.test(output)
}

/**
 * Fetches the tarball of one package from the registry.
 * @param {string} spec e.g. `name@1.0.0`
 * @param {string} into a folder
 * @param {{ root: string, run: import('./run.mjs').Run, npm: Program }} deps
 * @returns {Promise<import('./run.mjs').Outcome>}
 */
export function packFromRegistry(spec, into, { root, run, npm }) {
  const args = [...npm.args, 'pack', spec, '--pack-destination', into, '--ignore-scripts', ...LITTLE_PATIENCE]
  return run(npm.command, args, { cwd: root, shell: npm.shell })
}

/**
 * Why npm failed, as the first half of a sentence and the step that follows from it.
 * @param {string} output what npm printed
 * @returns {{ because: string, next: string }}
 */
export function npmFailure(output) {
  if (NO_CONNECTION.test(output)) {
    return {
      because: 'the package registry cannot be reached',
      next: 'check the network (or `npm config get registry` and the proxy) and run the same command again',
    }
  }
  if (/SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF|CERT_/.test(output)) {
    return {
      because: 'the certificate of the package registry is not trusted here',
      next: 'point NODE_EXTRA_CA_CERTS at your certificate file and run the same command again',
    }
  }
  if (/ENOSPC/.test(output)) {
    return { because: 'the disk is full', next: 'free about 2 GB and run the same command again' }
  }
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return {
      because: 'a folder cannot be written',
      next: 'make this checkout yours (chown) and run the same command again',
    }
  }
  if (/EUSAGE[\s\S]*in sync/.test(output)) {
    return {
      because: 'package.json and package-lock.json do not agree',
      next: 'run `npm install`, then `node scripts/complete-lock.mjs`, and the same command again',
    }
  }
  if (/EINTEGRITY/.test(output)) {
    return {
      because: 'a package does not match the checksum in package-lock.json',
      next: 'run `npm cache clean --force` and the same command again',
    }
  }
  return { because: 'npm failed', next: 'read .cache/setup.log and run the same command again' }
}
