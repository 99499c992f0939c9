/**
 * The tasks of package.json, and whether they open windows of Electron and store keys in a real keyring.
 * @type {Readonly<Record<string, { opensWindows: boolean, storesKeys?: boolean }>>}
 */
export const TASKS = {
  start: { opensWindows: true },
  practice: { opensWindows: true },
  test: { opensWindows: true, storesKeys: true },
  e2e: { opensWindows: true, storesKeys: true },
  bench: { opensWindows: true },
  shots: { opensWindows: true },
  check: { opensWindows: false },
  unit: { opensWindows: false },
  crash: { opensWindows: false },
  format: { opensWindows: false },
}
