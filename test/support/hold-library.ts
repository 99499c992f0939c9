// Run as a process of its own: opens a library as another Inbetween would, says so, and holds it until it is killed.
import { openLibrary } from '../../electron/library/open'
import { toErrorShape, type ErrorCode } from '../../shared/error'

/** What it says: `held`, or why it could not. */
export type Word = 'held' | ErrorCode

const say = (word: Word) => console.log(word)

try {
  await openLibrary(process.argv[2] ?? '')
  say('held')
  process.stdin.resume()
} catch (error) {
  say(toErrorShape(error).code)
}
