import { useEffect } from 'react'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { ErrorLine } from '../ui/ErrorLine'
import { Segmented } from '../ui/Segmented'
import { ToneMark } from '../ui/ToneMark'
import { useNetwork } from '../window/app-window-context'

const words = strings.network
const proxies = ['auto', 'none'] as const

/** How requests leave this computer: proxy, certificates, and what applies now. */
export function NetworkPanel() {
  const status = useNetwork((state) => state.status)
  const error = useNetwork((state) => state.error)
  const load = useNetwork((state) => state.load)
  const change = useNetwork((state) => state.change)
  const pickCaFile = useNetwork((state) => state.pickCaFile)
  useEffect(() => void load(), [load])
  return (
    <>
      <h3 className="mb-1.5 font-semibold">{words.proxy}</h3>
      {status ? (
        <>
          <Segmented
            label={words.proxy}
            className="w-56"
            value={status.proxy}
            options={proxies.map((value) => ({ value, text: words.proxies[value] }))}
            onChange={(proxy) => void change({ proxy })}
          />
          <p className="mt-1.5 text-small text-ink-3">{words.proxyMeans[status.proxy]}</p>
          <h3 className="mt-5 mb-1.5 font-semibold">{words.ca}</h3>
          <div className="flex min-h-7 items-center gap-2">
            <code className="selectable min-w-0 grow truncate font-mono text-small text-ink-2">
              {status.caFile ?? words.caNone}
            </code>
            {status.caFile === null ? null : (
              <Button look="quiet" onClick={() => void change({ caFile: null })}>
                {words.clear}
              </Button>
            )}
            <Button onClick={() => void pickCaFile()}>{words.choose}</Button>
          </div>
          <p className="mt-1.5 text-small text-ink-3">{words.caMeans}</p>
          {status.needsRestart ? (
            <output className="mt-1 flex gap-1.5 text-small text-ink-2">
              <ToneMark tone="warn" />
              {words.needsRestart}
            </output>
          ) : null}
        </>
      ) : null}
      {error ? <ErrorLine error={error} /> : null}
      <dl className="mt-5 flex gap-3 border-t border-line pt-3">
        <dt className="text-ink-3">{words.now}</dt>
        <dd>
          <output className="selectable">{status?.now ?? words.loading}</output>
        </dd>
      </dl>
    </>
  )
}
