import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx,mjs}'],
    exclude: ['test/e2e/**'],
    environment: 'node',
    // Longest time of one test, milliseconds: many open databases and fsync, and a busy computer is no failure.
    testTimeout: 30_000,
    // A skipped test is a failure of the run: scripts/tasks/test.mjs counts them.
    allowOnly: false,
  },
})
