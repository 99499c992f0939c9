/** `2026-11-21` by the local calendar, as people count their days. `time` in milliseconds since 1970. */
export function localDay(time: number): string {
  const date = new Date(time)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
