/**
 * The parts of package-lock.json (version 3) that are read here.
 * @typedef {{
 *   version?: string,
 *   dev?: boolean,
 *   optional?: boolean,
 *   os?: string[],
 *   cpu?: string[],
 *   libc?: string[],
 *   optionalDependencies?: Record<string, string>,
 * }} LockEntry
 * @typedef {{ packages: Record<string, LockEntry> }} Lock
 */

const SYSTEMS = new Set([
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
])
const PROCESSORS = new Set([
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
])
/** @type {Readonly<Record<string, string>>} */
const LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' }

/**
 * Adds the optional packages of other systems that npm left out. They have no checksum here, because the registry
 * that answered does not have them; npm takes the one it is told where they are installed.
 * @param {Lock} lock
 * @returns {{ lock: Lock, added: string[] }}
 */
export function completeLock(lock) {
  /** @type {Record<string, LockEntry>} */
  const packages = { ...lock.packages }
  const absent = missingOptionals(lock)
  for (const { name, version, isDev } of absent) {
    packages[`node_modules/${name}`] = {
      version,
      ...(isDev ? { dev: true } : {}),
      optional: true,
      ...systemOf(name),
    }
  }
  // npm's own order, so that its next `npm install` changes nothing.
  const sorted = Object.entries(packages).toSorted(([a], [b]) => a.localeCompare(b, 'en'))
  return { lock: { ...lock, packages: Object.fromEntries(sorted) }, added: absent.map(({ name }) => name) }
}

/**
 * Optional dependencies that are named in the lockfile and have no entry of their own.
 * @param {Lock} lock
 * @returns {{ name: string, version: string, isDev: boolean }[]}
 */
export function missingOptionals({ packages }) {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !resolves(packages, path, name))
      .map(([name, version]) => ({ name, version, isDev: entry.dev === true })),
  )
}

/**
 * Whether Node would find the package from there, going up through the folders.
 * @param {Lock['packages']} packages
 * @param {string} from
 * @param {string} name
 */
function resolves(packages, from, name) {
  const parts = from === '' ? [] : from.split('/node_modules/')
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const folder = parts.slice(0, depth).join('/node_modules/')
    if (packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`] !== undefined)
      return true
  }
  return false
}

/**
 * The systems a native package is for, from its name: all of ours are named `binding-linux-x64-musl` or alike.
 * Without this npm would try to fetch it everywhere.
 * @param {string} name
 * @returns {Pick<LockEntry, 'os' | 'cpu' | 'libc'>}
 */
function systemOf(name) {
  const words = (name.split('/').at(-1) ?? name).split('-')
  const os = words.filter((word) => SYSTEMS.has(word))
  const cpu = words.filter((word) => PROCESSORS.has(word))
  const libc = os.includes('linux') ? words.flatMap((word) => LIBRARIES[word] ?? []) : []
  return {
    ...(os.length > 0 ? { os } : {}),
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(libc.length > 0 ? { libc } : {}),
  }
}
