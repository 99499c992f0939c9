import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { clipSchema, type Clip } from '../../shared/clip-schema'

/** Largest sidecar, bytes: the longest prompt takes 120,000; a file from elsewhere must not fill the memory. */
const maxSidecarBytes = 1_000_000

/** The JSON beside a clip: recipe and provenance, readable without Inbetween, enough to make the index again. */
const sidecarSchema = z.object({
  format: z.literal('inbetween-clip'),
  version: z.literal(1),
  clip: clipSchema.omit({ file: true, previews: true }),
})

/** The sidecar's text. */
export function sidecarText(clip: Clip): string {
  const { file: _file, previews: _previews, ...kept } = clip
  return `${JSON.stringify({ format: 'inbetween-clip', version: 1, clip: kept }, null, 2)}\n`
}

/** Where the sidecar of a clip's file lies. */
export function sidecarPath(file: string): string {
  return file.replace(/\.[^./\\]+$/, '.json')
}

/** Reads a sidecar; undefined when the file is not one of ours. It may come from anywhere, so it is checked whole. */
export async function readSidecar(path: string): Promise<Omit<Clip, 'file' | 'previews'> | undefined> {
  const found = await stat(path)
  if (!found.isFile() || found.size > maxSidecarBytes) return undefined
  try {
    return sidecarSchema.parse(JSON.parse(await readFile(path, 'utf8'))).clip
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined
    throw error
  }
}
