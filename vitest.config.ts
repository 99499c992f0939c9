import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx,mjs}'],
    exclude: ['test/e2e/**'],
    environment: 'node',
    // A skipped test is a failure of the run: scripts/tasks/test.mjs counts them.
    allowOnly: false,
  },
})
