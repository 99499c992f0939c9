import { AppError } from '../../../shared/error'
import { recipeMode } from '../../../shared/recipe'
import type { Recipe } from '../../../shared/recipe-schema'
import { fieldsOf, parseJson } from '../json'
import type { ApiRequest, MediaUrls } from '../provider'
import { pictureUrls } from '../slots'

/** The id of the page; its tier is 4K, whatever `resolution` says (reference/providers.md §1.2). */
const pageModel = 'veo3.1-fast-video-4k'

/** The body of the page's dialect: the mode is a field (§1.2). @throws AppError `invalid-recipe` */
export function generationModeBody(recipe: Recipe, urls: MediaUrls): string {
  const { generation_mode, ...media } = modeFields(recipe, urls)
  return JSON.stringify({
    model: pageModel,
    generation_mode,
    prompt: recipe.prompt,
    ...media,
    // How long an extension is, is the model's own: the length that is left from before may be one it refuses.
    duration: recipeMode(recipe) === 'extend' ? undefined : recipe.durationS,
    resolution: recipe.resolution,
    aspect_ratio: recipe.aspectRatio,
    generate_audio: recipe.audio,
  })
}

/** The body of docs.uniall.ai: its media are the mode, its model the resolution (§1.3). @throws AppError `invalid-recipe` */
export function docsBody(recipe: Recipe, urls: MediaUrls): string {
  return JSON.stringify({
    model: `veo3.1-fast-video-${recipe.resolution}`,
    prompt: recipe.prompt,
    ...docsMedia(recipe, urls),
    size: recipe.resolution,
    aspect_ratio: recipe.aspectRatio,
    // "Not used for video extension."
    duration: recipeMode(recipe) === 'extend' ? undefined : recipe.durationS,
    extra_body: {
      generate_audio: recipe.audio,
      negative_prompt: recipe.negativePrompt === '' ? undefined : recipe.negativePrompt,
      seed: recipe.seed ?? undefined,
    },
  })
}

/** The submit; a body goes where its dialect lives, whatever the settings say by now (§1.0). */
export function uniallSubmit(json: string): ApiRequest {
  const isPage = Object.hasOwn(fieldsOf(parseJson(json)), 'generation_mode')
  return { method: 'POST', path: isPage ? '/v1/videos/generations' : '/v1/video/generations', json }
}

function modeFields(recipe: Recipe, urls: MediaUrls) {
  const { first, last, references } = pictureUrls(recipe, urls)
  const mode = recipeMode(recipe)
  switch (mode) {
    case 'text':
      return { generation_mode: 'text_to_video' }
    case 'first':
      return { generation_mode: 'reference_image_to_video', image_url: first }
    case 'first-last':
      return { generation_mode: 'first_last_frame', first_image_url: first, last_image_url: last }
    case 'references': {
      // No list is documented, and one of several would be paid for without the others.
      const [reference, ...others] = references
      if (others.length > 0) throw notTaken('several references')
      return { generation_mode: 'reference_media_to_video', image_url: reference }
    }
    case 'extend':
    case 'edit':
      return { generation_mode: 'video_to_video', video_url: sourceUrl(urls) }
    case 'last-only':
    case 'sequence':
      throw notTaken('these pictures together')
  }
}

function docsMedia(recipe: Recipe, urls: MediaUrls) {
  const { first, last } = pictureUrls(recipe, urls)
  const mode = recipeMode(recipe)
  switch (mode) {
    case 'text':
      return {}
    case 'first':
    case 'first-last':
      return { image: first, last_image: last }
    case 'extend':
      return { video: sourceUrl(urls) }
    case 'references':
    case 'edit':
    case 'last-only':
    case 'sequence':
      throw notTaken(mode === 'edit' ? 'a clip to edit' : 'these pictures')
  }
}

/** @throws Error when the clip was not handed over: the job would be paid without it. */
function sourceUrl({ source }: MediaUrls): string {
  if (source === undefined) throw new Error('the source clip was not handed over')
  return source
}

/** The dialect may have been changed while the job waited. */
function notTaken(what: string): AppError {
  const message = `UniAll does not take ${what} in the dialect chosen now. Nothing was sent; change the recipe or the dialect.`
  return new AppError('invalid-recipe', message)
}
