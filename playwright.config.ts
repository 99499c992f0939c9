import { defineConfig } from '@playwright/test'

/** Longest a test may take, milliseconds: rendering without a GPU on two busy cores. */
const testMs = 60_000

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  timeout: testMs,
  // One real window at a time: two would fight for the two cores and the virtual screen.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: [['list']],
})
