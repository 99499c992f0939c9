/**
 * The tasks of package.json, and whether they open windows of Electron.
 * @type {Readonly<Record<string, { opensWindows: boolean }>>}
 */
export const TASKS = {
  start: { opensWindows: true },
  test: { opensWindows: true },
  e2e: { opensWindows: true },
  bench: { opensWindows: true },
  shots: { opensWindows: true },
  check: { opensWindows: false },
  unit: { opensWindows: false },
  format: { opensWindows: false },
}
