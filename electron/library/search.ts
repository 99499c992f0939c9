/** A condition on `clips`, with the values for its question marks. */
export interface Condition {
  readonly sql: string
  readonly values: readonly string[]
}

/** Shortest word a trigram index can find, characters. */
const trigram = 3

/** Text as it is indexed and searched. SQLite's text functions end at a NUL, so that it can be neither. */
export function searchable(text: string): string {
  return text.normalize('NFC').replaceAll('\0', ' ')
}

/**
 * What a search text asks of the index: every word must occur. Words of three characters or more go to the trigram
 * index, quoted so that no character has a meaning; shorter ones are looked for one by one.
 */
export function searchCondition(text: string): Condition | undefined {
  const words = searchable(text).split(/\s+/).filter(Boolean)
  const isLong = (word: string) => Array.from(word).length >= trigram
  const long = words.filter(isLong)
  const short = words.filter((word) => !isLong(word))
  const parts: string[] = []
  const values: string[] = []
  if (long.length > 0) {
    parts.push('row in (select rowid from clips_text where clips_text match ?)')
    values.push(long.map((word) => `"${word.replaceAll('"', '""')}"`).join(' '))
  }
  for (const word of short) {
    parts.push("words like ? escape '\\'")
    values.push(`%${word.replace(/[\\%_]/g, '\\$&')}%`)
  }
  return parts.length === 0 ? undefined : { sql: parts.join(' and '), values }
}
