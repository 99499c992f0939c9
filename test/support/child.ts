import { spawn } from 'node:child_process'
import { onTestFinished } from 'vitest'

/** How a process ended: its exit code, or the signal that killed it, and what it said. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly output: string
}

/** Starts a bundled file with this Node. Killed at the latest when the test has ended. */
export function startNode(file: string, args: readonly string[]) {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  let output = ''
  const collect = (chunk: Buffer) => (output += chunk.toString())
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, output }))
  })
  const firstWord = new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk) => resolve(String(chunk).trim())),
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  return {
    ended,
    /** The first thing it says; what it said until its end, when it ends before. */
    said: () => Promise.race([firstWord, ended.then((end) => end.output)]),
    kill: () => child.kill('SIGKILL'),
  }
}
