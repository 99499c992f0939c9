/** What a search asks of the index. `values` are for the question marks of `where`, and of `from`. */
export interface Condition {
  /** The `where` of a select from `clips`; empty for a search for nothing. */
  readonly where: string
  /** What to count the matches from, the cheapest way. */
  readonly from: string
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
export function searchCondition(text: string): Condition {
  const words = searchable(text).split(/\s+/).filter(Boolean)
  const isLong = (word: string) => Array.from(word).length >= trigram
  const long = words.filter(isLong)
  const short = words.filter((word) => !isLong(word))
  const parts: string[] = []
  const values: string[] = []
  if (long.length > 0) {
    // The plus keeps SQLite on the index of the order: from the matches it would sort all of them for one page.
    parts.push('+row in (select rowid from clips_text where clips_text match ?)')
    values.push(long.map((word) => `"${word.replaceAll('"', '""')}"`).join(' '))
  }
  for (const word of short) {
    parts.push("words like ? escape '\\'")
    values.push(`%${word.replace(/[\\%_]/g, '\\$&')}%`)
  }
  if (parts.length === 0) return { where: '', from: 'clips', values }
  const where = `where ${parts.join(' and ')}`
  const isIndexAlone = long.length > 0 && short.length === 0
  return { where, from: isIndexAlone ? 'clips_text where clips_text match ?' : `clips ${where}`, values }
}
