import { isFields, parseJson } from './json'
import type { ApiAnswer } from './provider'

/** Longest words kept of a platform, characters: a row, a banner and a log line hold them. */
const maxWords = 500
/** Error objects lie in each other at most so deep on the platforms we know; more is not meant for people. */
const maxDepth = 3

/** What a platform says in an error value: a text, an object with a message, or a list of such; empty when nothing. */
export function wordsOf(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value.replaceAll(/\s+/g, ' ').trim().slice(0, maxWords)
  if (depth >= maxDepth) return ''
  if (Array.isArray(value)) {
    const all = value.slice(0, 5).map((item: unknown) => wordsOf(item, depth + 1))
    return all
      .filter((words) => words !== '')
      .join('; ')
      .slice(0, maxWords)
  }
  if (!isFields(value)) return ''
  for (const name of ['message', 'error', 'detail', 'msg', 'title', 'reason', 'code']) {
    const words = wordsOf(value[name], depth + 1)
    if (words !== '') return words
  }
  return ''
}

/** The words of an error answer; a page of HTML and an empty body have none. */
export function answerWords({ text }: ApiAnswer): string {
  const json = parseJson(text)
  if (json !== undefined) return wordsOf(json)
  return /^\s*(?:<|[{[])/.test(text) ? '' : wordsOf(text)
}

/**
 * The content filter's words. The platforms document none; these are those of Google and of gateways in front of it
 * [GK], matched as whole phrases, because a wrong yes would tell the user that the prompt was at fault.
 */
const blockedWords =
  /nsfw|moderat(?:ed|ion)|(?:^|[^a-z])safety|content[ _-]?(?:policy|filter|moderation|block|violation)|(?:usage|use) (?:policy|policies|guidelines)|violat\w+ [^.]{0,60}(?:polic|guideline|terms)|sensitive (?:content|words?|information)|(?:prohibited|inappropriate|harmful|explicit) content|responsible ai|rai[ _]?(?:media)?[ _]?filter/i

/** Whether these are a content filter's words. */
export function isBlocked(words: string): boolean {
  return blockedWords.test(words)
}
