import type { Work } from './work'
import { words } from './words'

/** The question before quitting, in words. */
export interface QuitQuestion {
  readonly message: string
  readonly detail: string
  readonly keep: string
  readonly quit: string
}

/** What deciding about the end needs. */
export interface QuitRulesDeps {
  /** Whether something paid is between submitting and saved. */
  readonly isBusy: () => boolean
  readonly summary: () => Work
  /** Whether the user could find a hidden window again. */
  readonly hasTray: () => boolean
  /** True when the user wants to quit all the same. */
  readonly ask: (question: QuitQuestion) => Promise<boolean>
  /** Quits; `mayQuit` is asked again and says yes. */
  readonly quit: () => void
  /** Called once, when it is certain that the program ends. */
  readonly onQuit: () => void
}

/** Who may end what, and when. */
export interface QuitRules {
  /** What closing the window does: close it, hide it while work goes on, or quit (which asks). */
  readonly closing: () => 'close' | 'hide' | 'quit'
  /** Whether the program ends now. If not, the user is being asked. */
  readonly mayQuit: () => boolean
  /** The system ends or wants the program to: nothing is asked any more. */
  readonly end: () => void
}

/** Decides; the answer to a question comes by itself. */
export function createQuitRules(deps: QuitRulesDeps): QuitRules {
  const { isBusy, summary, hasTray, ask, quit, onQuit } = deps
  let isEnding = false
  let isAsking = false

  function end(): void {
    if (isEnding) return
    isEnding = true
    onQuit()
  }

  async function question(): Promise<void> {
    isAsking = true
    // A question that cannot be put must not lock the user in: nothing is lost by quitting.
    const wantsToQuit = await ask(questionOf(summary())).catch(() => true)
    isAsking = false
    if (!wantsToQuit || isEnding) return
    end()
    quit()
  }

  return {
    closing() {
      if (isEnding) return 'close'
      const { atWork, waiting } = summary()
      if (!isBusy() && atWork + waiting === 0) return 'close'
      if (hasTray()) return 'hide'
      return isBusy() ? 'quit' : 'close'
    },
    mayQuit() {
      if (!isEnding && isBusy()) {
        if (!isAsking) void question()
        return false
      }
      end()
      return true
    },
    end,
  }
}

function questionOf({ paid, waiting }: Work): QuitQuestion {
  // Asked only while something is in flight, whatever the count of the moment says.
  const count = Math.max(1, paid)
  return {
    message: words.quit.message(count),
    detail: words.quit.detail(count, waiting),
    keep: words.quit.keep,
    quit: words.quit.quit,
  }
}
