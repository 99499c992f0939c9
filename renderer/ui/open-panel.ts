/** Menus, panels and questions: what lies over the window and has the keys to itself. */
export const panelRoles = '[role=menu], [role=dialog], [role=alertdialog]'

/** Whether a menu, a panel or a question is open: the keys of the window are not for what lies under it. */
export function hasOpenPanel(page: ParentNode): boolean {
  return page.querySelector(panelRoles) !== null
}
