import { app, BrowserWindow } from 'electron'
import { join } from 'node:path'

// The least an Electron program can be: one window, one picture, one click.
await app.whenReady()
const window = new BrowserWindow({ width: 1440, height: 900 })
await window.loadFile(join(import.meta.dirname, 'index.html'), { search: process.env.BENCH_POSTER ?? '' })
