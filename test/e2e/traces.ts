import type { Page } from '@playwright/test'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The files below a folder that hold a text, plainly or in a form that is as good as plain. */
export async function filesHolding(folder: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const held = await Promise.all(paths.map(async (path) => holds(await readFile(path), text)))
  return paths.filter((_, index) => held[index])
}

/** Whether bytes hold a text as UTF-8, UTF-16, hexadecimal digits or base64. */
export function holds(bytes: Buffer, text: string): boolean {
  return disguises(text).some((disguise) => bytes.includes(disguise))
}

function disguises(text: string): readonly Buffer[] {
  const hex = Buffer.from(text).toString('hex')
  // Base64 of a text depends on how many bytes come before it; the first and last characters also on those around it.
  const base64 = ['', 'x', 'xx'].map((before) =>
    Buffer.from(before + text)
      .toString('base64')
      .slice(4, -4),
  )
  return [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    ...[hex, hex.toUpperCase(), ...base64].map((form) => Buffer.from(form)),
  ]
}

/** Which of some texts a page's memory holds after a garbage collection: its heap snapshot is searched. */
export async function heldInHeap(page: Page, texts: readonly string[]): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk))
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  const snapshot = Buffer.from(chunks.join(''))
  return texts.filter((text) => holds(snapshot, text))
}
