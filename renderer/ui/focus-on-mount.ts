/** As a `ref`: puts the focus on what has just come into the page because the user asked for it. */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus()
}
