import { AppError } from '../../../shared/error'
import { providers } from '../../../shared/providers'
import { recipeMode } from '../../../shared/recipe'
import type { Recipe } from '../../../shared/recipe-schema'
import { fieldsOf, parseJson, textOf } from '../json'
import type { HandedOver, MediaFile, MediaUrls } from '../provider'
import { pictureUrls } from '../slots'
import { fileBlob, uploadName } from '../upload'

/** Longest body on `/v1/tasks/*`, bytes (reference/providers.md §4.4: 1 MiB). */
const maxBodyBytes = 1_048_576

/**
 * The body of a submit: flat in dialect A (§4.2), in `params` and with our own id in B (§4.0, §4.6).
 *
 * @throws AppError `too-large` when it is over the platform's limit, `invalid-recipe`
 */
export function bytespikeBody(recipe: Recipe, urls: MediaUrls, intent: string, isNested: boolean): string {
  const mode = recipeMode(recipe)
  if (mode !== 'text' && mode !== 'first') {
    const message =
      'ByteSpike takes a prompt and a first frame, nothing else. Nothing was sent; change the recipe.'
    throw new AppError('invalid-recipe', message)
  }
  const model = 'veo-3.1-fast'
  const params = {
    prompt: recipe.prompt,
    duration_seconds: recipe.durationS,
    resolution: recipe.resolution,
    aspect_ratio: recipe.aspectRatio,
    seed: recipe.seed ?? undefined,
    image_init: pictureUrls(recipe, urls).first,
  }
  const body = JSON.stringify(isNested ? { model, params, out_task_id: intent } : { model, ...params })
  if (Buffer.byteLength(body) > maxBodyBytes) {
    const message =
      'Picture and prompt together are over the 1 MiB that ByteSpike takes. Nothing was sent; shorten the prompt, use a smaller picture, or connect a bucket of your own.'
    throw new AppError('too-large', message, `${Buffer.byteLength(body)} bytes`)
  }
  return body
}

/** Our own id in a body of dialect B; null in others. */
export function outTaskId(body: string): string | null {
  return textOf(fieldsOf(parseJson(body))['out_task_id'])
}

/** Inside the request a picture is its own bytes: there is no upload (§4.5). @throws AppError `too-large`, `not-found` */
export async function inlinePicture(file: MediaFile): Promise<HandedOver> {
  const rules = providers.bytespike.pictures.find(({ way }) => way === 'inline')
  if (!rules?.types.some((type) => type === file.type)) {
    throw new AppError('unknown-type', `ByteSpike takes no ${file.type.toUpperCase()}. Nothing was sent.`)
  }
  const blob = await fileBlob(file)
  if (blob.size > rules.maxBytes) {
    const message = `ByteSpike takes pictures up to ${rules.maxBytes / 1000} kB. Nothing was sent; use a smaller one.`
    throw new AppError('too-large', message, `${blob.size} bytes`)
  }
  const base64 = Buffer.from(await blob.arrayBuffer()).toString('base64')
  return { url: `data:${uploadName(file).mime};base64,${base64}`, expiresAt: null }
}
