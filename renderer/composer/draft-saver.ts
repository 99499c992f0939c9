import type { StoreApi } from 'zustand'
import type { Draft } from '../../shared/contract'
import type { Calls } from '../connect'
import type { ComposerState } from './composer-store'

/** How long the composer must rest before it is written down, milliseconds: a pause between words. */
const restMs = 300

/** Keeps the draft on the disk: a little after each change, and at once through `flush` when the window goes. */
export function createDraftSaver(deps: {
  readonly composer: StoreApi<ComposerState>
  readonly client: Calls<'draft.set'>
  readonly fail: (thrown: unknown) => void
}): { readonly flush: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined

  const write = ({ recipe, provider, isSample }: ComposerState) => {
    const draft: Draft = { recipe, provider: provider.id, isSample }
    deps.client['draft.set'](draft).catch(deps.fail)
  }
  const flush = () => {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    write(deps.composer.getState())
  }
  const stopListening = deps.composer.subscribe((state, before) => {
    // What load() puts there is on the disk already.
    if (!before.loaded || isSameDraft(state, before)) return
    clearTimeout(timer)
    timer = setTimeout(flush, restMs)
  })

  return {
    flush,
    stop: () => {
      flush()
      stopListening()
    },
  }
}

function isSameDraft(one: ComposerState, other: ComposerState): boolean {
  return (
    one.recipe === other.recipe && one.provider.id === other.provider.id && one.isSample === other.isSample
  )
}
