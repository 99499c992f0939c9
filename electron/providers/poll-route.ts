import { errorCode } from './error-code'
import { isFields, parseJson, type Fields } from './json'
import { readProblem } from './problem'
import type { ApiAnswer, PollReading } from './provider'
import { readPollAnswer } from './read-poll'
import { answerWords } from './words'

/** Asks at one of two addresses, where a platform's documents do not agree: which one, its answers tell. */
export interface PollRoute<R> {
  /** Where to ask about a job now. */
  readonly routeFor: (remoteId: string) => R
  /** Like {@link readPollAnswer}; an address that is not there is an `upstream` problem, and the other is asked next. */
  readonly read: (answer: ApiAnswer, read: (job: Fields) => PollReading | null) => PollReading
}

interface Knowledge<R> {
  route: R
  /** A job was told at this route. */
  isProven: boolean
  /** Where each job was asked last, until a route is proven: many are asked at the same time. */
  readonly asked: Map<string, R>
  /** Whether anything was asked since the last change, which a late answer of the route before must not undo. */
  isTried: boolean
}

/**
 * `routesAt` gives the two routes, the likelier first, and a name of the place they are at: whatever was learned holds
 * there. `idIn` finds the job's id in an answer.
 */
export function createPollRoute<R>(
  routesAt: () => { readonly place: string; readonly routes: readonly [R, R] },
  idIn: (job: Fields) => string | null,
): PollRoute<R> {
  const byPlace = new Map<string, Knowledge<R>>()

  function knowledge(): Knowledge<R> {
    const { place, routes } = routesAt()
    const known = byPlace.get(place) ?? {
      route: routes[0],
      isProven: false,
      asked: new Map<string, R>(),
      isTried: false,
    }
    byPlace.set(place, known)
    return known
  }

  function proved(id: string | null): void {
    const known = knowledge()
    const route = id === null ? undefined : known.asked.get(id)
    if (known.isProven || route === undefined) return
    known.route = route
    known.isProven = true
    known.asked.clear()
  }

  function missed(): void {
    const known = knowledge()
    if (!known.isTried) return
    const [first, second] = routesAt().routes
    known.route = known.route === first ? second : first
    known.isProven = false
    known.isTried = false
  }

  function notThere(answer: ApiAnswer): PollReading {
    const problem = readProblem(answer)
    if (problem.kind === 'model-unavailable') return { kind: 'problem', problem }
    const isRoute = answer.status === 405
    const isPlatform = isFields(parseJson(answer.text))
    if (!isRoute && isPlatform && namesTask(answer)) return { kind: 'missing' }
    // A route that has told of a job is there, so that only the job can be missing.
    if (!isRoute && knowledge().isProven) return readPollAnswer(answer, () => null)
    missed()
    return { kind: 'problem', problem: { kind: 'upstream', message: problem.message } }
  }

  return {
    routeFor(remoteId) {
      const known = knowledge()
      known.isTried = true
      if (!known.isProven) known.asked.set(remoteId, known.route)
      return known.route
    },
    read(answer, read) {
      if (answer.status === 404 || answer.status === 405) return notThere(answer)
      // A route that wants another method may say so with a 400.
      if (answer.status === 400 && !knowledge().isProven) missed()
      return readPollAnswer(answer, (job) => {
        const reading = read(job)
        if (reading) proved(idIn(job))
        return reading
      })
    },
  }
}

/** Whether a 404 is about a task, not about an address: addresses in the words, which hold ids, are left out. */
export function namesTask(answer: ApiAnswer): boolean {
  const words = `${answerWords(answer)} ${errorCode(answer)}`.replaceAll(/\S*\/\S*/g, ' ')
  if (namesAddress(words)) return false
  return /(?:^|[^a-z])(?:task|job|video|generation)s?(?:[^a-z]|$)/i.test(words)
}

/** Whether words about what is not there are about an address. */
export function namesAddress(words: string): boolean {
  return /(?:^|[^a-z])(?:route|endpoint|path|url|page|method)s?(?:[^a-z]|$)/i.test(words)
}
