import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as composing from './composing'
import * as gestures from './gestures'
import * as launching from './launch'
import { expect, test } from './practice'

// Throwaway: a helper's trial by hand. It exists only while INBETWEEN_TRY is set.
if (process.env['INBETWEEN_TRY']) {
  test('try', async ({ practice, home }) => {
    test.setTimeout(60 * 60_000)
    const ctx: any = { practice, home, expect, ...composing, ...gestures, ...launching }
    ctx.running = await practice.start()
    ctx.page = ctx.running.page
    const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor
    for (;;) {
      await new Promise((r) => setTimeout(r, 150))
      if (existsSync('/tmp/try/stop')) break
      if (!existsSync('/tmp/try/in/cmd.js')) continue
      const code = readFileSync('/tmp/try/in/cmd.js', 'utf8')
      renameSync('/tmp/try/in/cmd.js', '/tmp/try/in/done.js')
      const lines: string[] = []
      ctx.log = (...a: any[]) =>
        lines.push(a.map((x) => (typeof x === 'string' ? x : JSON.stringify(x))).join(' '))
      try {
        const v = await new AsyncFunction('ctx', `with(ctx){ return await (async()=>{${code}\n})() }`)(ctx)
        if (v !== undefined) ctx.log(v)
      } catch (error) {
        lines.push(`ERROR ${String((error as Error).stack).slice(0, 1500)}`)
      }
      writeFileSync('/tmp/try/out/tmp', lines.join('\n'))
      renameSync('/tmp/try/out/tmp', '/tmp/try/out/done')
    }
  })
}
