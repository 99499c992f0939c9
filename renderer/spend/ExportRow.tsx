import { useState } from 'react'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { useSpend } from '../window/app-window-context'
import type { Exported } from './spend-store'

/** Writes the ledger as CSV, and says where. */
export function ExportRow() {
  const exportCsv = useSpend((state) => state.exportCsv)
  const [exported, setExported] = useState<Exported | null>(null)
  return (
    <>
      <Button onClick={() => void exportCsv().then(setExported)}>{strings.spend.export}</Button>
      <output className="selectable min-w-0 grow truncate text-small text-ink-3">
        {exported?.kind === 'written' ? (
          <span title={exported.file}>{strings.spend.exported(nameOf(exported.file))}</span>
        ) : null}
        {exported?.kind === 'failed' ? <span className="text-bad">■ {exported.error.message}</span> : null}
      </output>
    </>
  )
}

/** The last part of a path, of any system. */
function nameOf(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file
}
