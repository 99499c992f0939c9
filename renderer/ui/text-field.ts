/** Whether keys pressed on this element are text. */
export function isTextField(element: Element | null): boolean {
  if (element instanceof HTMLTextAreaElement) return true
  if (element instanceof HTMLInputElement)
    return !/^(?:button|checkbox|radio|range|submit)$/.test(element.type)
  return element instanceof HTMLElement && element.isContentEditable
}
