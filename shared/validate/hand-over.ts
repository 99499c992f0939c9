import type { HandOverRules, HandOverWay, Provider } from '../provider'
import { slotNames } from '../recipe'
import type { Recipe } from '../recipe-schema'
import { removingClip } from './slots'
import type { Known, Objection } from './objection'

/** What keeps pictures and clips from getting to the platform. */
export function handOver(recipe: Recipe, provider: Provider, known: Known): readonly Objection[] {
  return [
    ...addressObjections(recipe, provider),
    ...picturesObjections(recipe, provider, known),
    ...clipObjections(recipe, provider, known),
  ]
}

/** The rules of the way that is taken: the provider's best that is open. Undefined when none is. */
export function wayOf<R extends { readonly way: HandOverWay }>(
  ways: readonly R[],
  known: Pick<Known, 'hasBucket'>,
): R | undefined {
  return ways.find(({ way }) => way !== 'bucket' || known.hasBucket)
}

/** Pasted addresses go as they were pasted; signed ones can be long. */
function addressObjections(recipe: Recipe, { name, maxAddress }: Provider): readonly Objection[] {
  const { slots, links } = recipe
  const long = slotNames.filter(
    (slot) => slots[slot] && (links[slot]?.length ?? 0) > (maxAddress ?? Infinity),
  )
  if (long.length === 0) return []
  const kept = Object.entries(links).filter(([place]) => !long.some((slot) => slot === place))
  return [
    {
      field: 'slots',
      reason: `${name} may refuse addresses of more than ${maxAddress} characters, as one that was pasted here.`,
      weight: 'asks',
      fix: { label: 'Hand the picture over instead', recipe: { ...recipe, links: Object.fromEntries(kept) } },
    },
  ]
}

function picturesObjections(recipe: Recipe, provider: Provider, known: Known): readonly Objection[] {
  const { name, pictures } = provider
  const isHanded = slotNames.some((slot) => recipe.slots[slot] && recipe.links[slot] === undefined)
  if (!isHanded || pictures.length === 0 || recipe.source || wayOf(pictures, known)) return []
  const reason = `${name} takes pictures only from a public address. Connect a bucket of your own, or paste an https link to the picture.`
  return [{ field: 'slots', reason, weight: 'blocks', opens: 'bucket' }]
}

function clipObjections(recipe: Recipe, provider: Provider, known: Known): readonly Objection[] {
  const { name, clips, capabilities } = provider
  if (!recipe.source || !capabilities.modes.includes(recipe.source.use)) return []
  const objections: Objection[] = []
  const block = (reason: string, weight: Objection['weight'] = 'blocks') =>
    objections.push({
      field: 'source',
      reason,
      weight,
      fix: removingClip(recipe, capabilities),
    })
  const clip = known.clip(recipe.source.clip)
  const way = wayOf(clips, known)
  if (recipe.links.source === undefined && !way && clips.length > 0) {
    objections.push({
      field: 'source',
      reason: `${name} takes clips only from a public address. Connect a bucket of your own, or paste an https link to the clip.`,
      weight: 'blocks',
      opens: 'bucket',
    })
  }
  if (clip && way && recipe.links.source === undefined && clip.bytes > way.maxBytes) {
    block(
      `${name} takes clips up to ${way.maxBytes / 1e6} MB, and this one has ${Math.ceil(clip.bytes / 1e6)} MB.`,
    )
  }
  const rules = capabilities.source
  if (!clip || !rules) return objections
  const { durationS, width, height, fps } = clip.media
  const weight = rules.certainty === 'documented' ? 'blocks' : 'asks'
  const who = rules.certainty === 'documented' ? name : 'Google’s model'
  if (!clip.file.endsWith('.mp4')) block(`${who} takes MP4 clips only.`, weight)
  if (durationS < rules.minS || durationS > rules.maxS) {
    block(
      `${who} takes clips of ${rules.minS} to ${rules.maxS} s, and this one has ${durationS.toFixed(1)} s.`,
      weight,
    )
  }
  if (!rules.shortSides.includes(Math.min(width, height))) {
    const sizes = rules.shortSides.map((side) => `${side}p`).join(' or ')
    block(`${who} takes clips in ${sizes}, and this one has ${width} × ${height}.`, weight)
  }
  if (Math.abs(fps - rules.fps) > 0.5) {
    block(`${who} takes clips with ${rules.fps} frames a second, and this one has ${fps.toFixed(0)}.`, weight)
  }
  return objections
}

/** Whether a still can be handed over as it is. */
export function fits(
  still: { readonly type: string; readonly bytes: number },
  rules: Pick<HandOverRules, 'types' | 'maxBytes'>,
): boolean {
  return still.bytes <= rules.maxBytes && rules.types.some((type) => type === still.type)
}
