import { vi } from 'vitest'

/** Waits until the check holds, looking again after every few turns; fails with the check's own reason after 4 s. */
export async function until(check: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(check, { interval: 2, timeout: 4000 })
}
