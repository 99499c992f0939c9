import type { KeyState } from '../../shared/provider-status-schema'
import { strings } from '../strings'
import { useInfo } from '../window/app-window-context'
import { sessionBackend } from './provider-words'

const words = strings.connect

/** Where a key is kept, or will be. */
export function KeyKept({ state }: { readonly state: KeyState }) {
  const practice = useInfo((info) => info.info?.practice ?? false)
  return <span className="text-ink-3">{keptInWords(state, practice)}</span>
}

function keptInWords(state: KeyState, practice: boolean): string {
  if (state.kind === 'none') return practice ? words.inMemory : words.willEncrypt
  return state.backend === sessionBackend ? words.inMemory : words.encrypted(state.backend)
}
