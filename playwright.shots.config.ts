import { defineConfig } from '@playwright/test'

/** `npm run shots`: photographs of the real application, written to docs/screenshots. */
export default defineConfig({
  testDir: 'test/shots',
  testMatch: '**/*.shots.ts',
  outputDir: 'test-results',
  timeout: 120_000,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: [['list']],
})
