import type { ErrorCode, ErrorShape } from '../../../shared/error'
import { formatMoney } from '../../../shared/money'
import type { Problem } from '../../providers/provider'

const codes: Readonly<Record<Problem['kind'], ErrorCode>> = {
  'key-refused': 'key-refused',
  forbidden: 'forbidden',
  'out-of-credit': 'out-of-credit',
  invalid: 'invalid-recipe',
  blocked: 'refused',
  'too-large': 'too-large',
  'rate-limited': 'rate-limited',
  'model-unavailable': 'model-unavailable',
  'not-found': 'not-found',
  conflict: 'provider-failed',
  upstream: 'provider-down',
  unreadable: 'unknown-answer',
  'wrong-dialect': 'wrong-dialect',
}

/** A platform's no to a submit as the user reads it; what it means for the money is said by the job's billing. */
export function rejection(name: string, problem: Problem): ErrorShape {
  // These are not the platform's words alone.
  const isOurs = problem.kind === 'wrong-dialect'
  const said = problem.message === '' || isOurs ? '' : ` ${name}: “${problem.message}”`
  return {
    code: codes[problem.kind],
    message: `${sentence(name, problem)}${said}`,
    ...(isOurs ? { details: problem.message } : {}),
    ...(problem.fields && Object.keys(problem.fields).length > 0 ? { fields: problem.fields } : {}),
  }
}

function sentence(name: string, { kind, needed, available }: Problem): string {
  switch (kind) {
    case 'key-refused':
      return `${name} refused the key. Paste a new one under Settings.`
    case 'forbidden':
      return `${name} does not allow this for your key or plan.`
    case 'out-of-credit':
      return needed && available
        ? `This needs ${formatMoney(needed)} and your ${name} account has ${formatMoney(available)}.`
        : `Your ${name} account has no credit left.`
    case 'invalid':
      return `${name} did not take this recipe.`
    case 'blocked':
      return `${name}’s content filter said no.`
    case 'too-large':
      return `${name} found a picture too large. Use a smaller one.`
    case 'rate-limited':
      return `${name} asked to slow down.`
    case 'model-unavailable':
      return `${name} no longer offers this model. Choose another provider.`
    case 'not-found':
      return `${name} does not know this address. Check its base URL under Settings.`
    case 'wrong-dialect':
      return `${name} wants its requests in another dialect. Choose it under Settings, then run this again.`
    case 'conflict':
    case 'upstream':
    case 'unreadable':
      return `${name} answered with an error.`
  }
}

/** SECURITY: what a platform says may quote the key; `clean` takes it out. */
export function cleanProblem(problem: Problem, clean: (text: string) => string): Problem {
  const { message, fields } = problem
  return { ...problem, message: clean(message), ...(fields ? { fields: cleanFields(fields, clean) } : {}) }
}

/** The same for a failure that may quote what a platform said. */
export function cleanError(error: ErrorShape, clean: (text: string) => string): ErrorShape {
  const { message, details, fields } = error
  return {
    ...error,
    message: clean(message),
    ...(details === undefined ? {} : { details: clean(details) }),
    ...(fields ? { fields: cleanFields(fields, clean) } : {}),
  }
}

function cleanFields(
  fields: Readonly<Record<string, string>>,
  clean: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, clean(text)]))
}
