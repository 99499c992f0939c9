import type { Recipe } from '../../../shared/recipe-schema'
import { fieldsOf, isFields, parseJson, textOf, type Fields } from '../json'
import { matchInput } from '../match-input'
import type { ApiRequest, ListedJob, MediaUrls } from '../provider'
import { pictureUrls } from '../slots'

export const inferenceshApp = 'google/veo-3-1-fast'

/** What the app fills in for what was left out (reference/providers.md §5.3), of the fields that we may leave out. */
const defaults: Readonly<Record<string, unknown>> = { duration: 8 }

/** The app's own input, the same in both dialects, with every value that the user chose (§5.3). */
export function inferenceshInput(recipe: Recipe, urls: MediaUrls): Fields {
  const { first, last, references } = pictureUrls(recipe, urls)
  return {
    prompt: recipe.prompt,
    image: first,
    last_frame: last,
    video: sourceUrl(recipe, urls),
    reference_images: references.length > 0 ? references : undefined,
    aspect_ratio: recipe.aspectRatio,
    // An extension adds 7 s, whatever is asked.
    duration: recipe.source ? undefined : recipe.durationS,
    resolution: recipe.resolution,
    generate_audio: recipe.audio,
    person_generation: recipe.noPeople ? 'disallow' : 'allow_adult',
    // Each is billed, and several clips are several jobs.
    num_videos: 1,
  }
}

/** The submit's body: inside `{app,input}`, or on the page at the top level (§5.2). */
export function inferenceshBody(recipe: Recipe, urls: MediaUrls, dialect: string | null): string {
  const input = inferenceshInput(recipe, urls)
  // No `wait`: its default returns at once, which the SDK relies on without sending it.
  return JSON.stringify(dialect === 'page' ? input : { app: inferenceshApp, input })
}

/** The submit; a body goes where its dialect lives, whatever the settings say by now. */
export function inferenceshSubmit(json: string): ApiRequest {
  const isPage = !isFields(fieldsOf(parseJson(json))['input'])
  return { method: 'POST', path: isPage ? `/v1/apps/${inferenceshApp}/run` : '/apps/run', json }
}

/** What a listed task shows of its submit: input, and the app where that is told. Undefined when it shows nothing. */
export function shownInput({ app, input }: Fields): unknown {
  const { namespace, name } = fieldsOf(app)
  const told = textOf(namespace) && textOf(name) ? `${textOf(namespace)}/${textOf(name)}` : undefined
  return input === undefined || input === null ? undefined : { app: told, input }
}

/** Whether a listed task is the one of this body. */
export function matchesBody(body: string, { input: shown }: ListedJob): 'certain' | 'possible' | 'no' {
  const sent = fieldsOf(parseJson(body))
  const ours = isFields(sent['input']) ? sent['input'] : sent
  const { app, input } = fieldsOf(shown)
  const verdict = matchInput(ours, withoutDefaults(input, ours))
  // Its sister apps take the same input. No `no`: what a name leads to, the platform may change.
  const isOtherApp = app !== undefined && app !== inferenceshApp
  return verdict === 'certain' && isOtherApp ? 'possible' : verdict
}

/** A list may show what the app filled in: that is no difference, as we say all else ourselves. */
function withoutDefaults(theirs: unknown, ours: Fields): unknown {
  if (!isFields(theirs)) return theirs
  const isFilledIn = (name: string, value: unknown) =>
    !Object.hasOwn(ours, name) && (value === null || value === defaults[name])
  return Object.fromEntries(Object.entries(theirs).filter(([name, value]) => !isFilledIn(name, value)))
}

/** @throws Error when the clip was not handed over: the job would be paid without it. */
function sourceUrl({ source }: Recipe, urls: MediaUrls): string | undefined {
  if (source === null) return undefined
  if (source.use !== 'extend') throw new Error('this platform cannot edit')
  if (urls.source === undefined) throw new Error('the source clip was not handed over')
  return urls.source
}
