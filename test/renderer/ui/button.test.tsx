import type { MouseEvent } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { Button } from '../../../renderer/ui/Button'

const pressed = () => {
  const preventDefault = vi.fn()
  return { preventDefault, event: { preventDefault } as unknown as MouseEvent<HTMLButtonElement> }
}

test('a busy button can keep the focus, and a press does nothing and submits nothing', () => {
  expect(renderToStaticMarkup(<Button busy>Save</Button>)).toMatch(
    /^<button(?!.* disabled).* aria-disabled="true"/,
  )
  const onClick = vi.fn()
  const { preventDefault, event } = pressed()
  Button({ busy: true, type: 'submit', onClick }).props.onClick(event)
  expect(onClick).not.toHaveBeenCalled()
  expect(preventDefault).toHaveBeenCalledOnce()
})

test('any other button is pressed', () => {
  expect(renderToStaticMarkup(<Button>Save</Button>)).not.toContain('aria-disabled=')
  const onClick = vi.fn()
  const { preventDefault, event } = pressed()
  Button({ onClick }).props.onClick(event)
  expect(onClick).toHaveBeenCalledExactlyOnceWith(event)
  expect(preventDefault).not.toHaveBeenCalled()
})
