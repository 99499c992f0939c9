/** Technical text behind a disclosure; selectable, so that it can be copied into a report. */
export function Details({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <details className="mt-1 text-small">
      <summary className="w-fit rounded-sm text-ink-2 hover:text-ink">{label}</summary>
      <pre className="selectable mt-1 max-h-40 overflow-auto rounded-sm bg-surface-1 p-2 font-mono text-micro break-words whitespace-pre-wrap text-ink-2">
        {text}
      </pre>
    </details>
  )
}
