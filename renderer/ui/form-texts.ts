/** The texts of a form's fields by their names; empty for a field that is not there. */
export function textsOf<Name extends string>(
  form: HTMLFormElement,
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const data = new FormData(form)
  const entries = names.map((name) => {
    const text = data.get(name)
    return [name, typeof text === 'string' ? text : ''] as const
  })
  // fromEntries forgets the names; they are those of the argument.
  return Object.fromEntries(entries) as Record<Name, string>
}
