import { glob } from 'node:fs/promises'

/** The files under a folder that match, sorted: seen without Inbetween. */
export async function listFiles(folder: string, pattern: string): Promise<readonly string[]> {
  const names: string[] = []
  for await (const name of glob(pattern, { cwd: folder })) names.push(name)
  return names.toSorted()
}
