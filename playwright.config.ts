import { defineConfig } from '@playwright/test'

/** Longest a test may take, milliseconds: rendering without a GPU on two busy cores. */
const testMs = 60_000

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  timeout: testMs,
  // Tests of paid jobs mostly wait for the next poll, so they run beside the others; more real windows at a time would
  // fight for the two cores.
  workers: 2,
  projects: [
    { name: 'paid', testMatch: '**/paid*.test.ts', workers: 1 },
    { name: 'free', testIgnore: '**/paid*.test.ts', workers: 1 },
  ],
  retries: 0,
  forbidOnly: true,
  reporter: [['list']],
})
