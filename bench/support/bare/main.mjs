import { app, BrowserWindow } from 'electron'
import { join } from 'node:path'

const address = process.env.BENCH_URL

// The least an Electron program can be: one window, one picture, one click. No top-level await: `ready` waits for
// this module to have run.
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1440, height: 900 })
  if (address !== undefined) return window.loadURL(address)
  return window.loadFile(join(import.meta.dirname, 'index.html'), { search: process.env.BENCH_POSTER ?? '' })
})
