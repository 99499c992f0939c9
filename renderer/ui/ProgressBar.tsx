/** How far something is; `fraction` 0 to 1. */
export function ProgressBar({ label, fraction }: { readonly label: string; readonly fraction: number }) {
  return (
    <progress
      aria-label={label}
      value={fraction}
      max={1}
      className="block h-[3px] w-full appearance-none overflow-hidden rounded-xs [&::-webkit-progress-bar]:bg-surface-4 [&::-webkit-progress-value]:rounded-xs [&::-webkit-progress-value]:bg-ink-2"
    />
  )
}
