import type { SubmitFate } from './engine-platform'
import type { EngineScene, Session } from './engine-scene'
import { turns } from './engine-clock'
import { sayYes } from './say-yes'

/** What may happen in a random run: `n` decides between what there is to choose from. */
export type Happening = (run: ChaosRun, n: number) => void | Promise<void>

/** A random run: the program as it is now, and the older files kept. */
export interface ChaosRun {
  readonly scene: EngineScene
  session: Session
  readonly snapshots: string[]
  made: number
}

const fate =
  (next: SubmitFate): Happening =>
  ({ scene }) =>
    void scene.krea.fates.push(next)

const advance =
  (ms: number): Happening =>
  ({ scene }) =>
    scene.clock.advance(ms)

const rows = ({ session }: ChaosRun) => session.engine.table.unfinished()
const one = <T>(all: readonly T[], n: number) => all[n % Math.max(1, all.length)]

/** Everything that users, networks, platforms, crashes and backups do. */
export const happenings: Readonly<Record<string, Happening>> = {
  async create(run) {
    run.made += 1
    if (run.made <= 6) await run.session.create({ prompt: `fox ${run.made}` })
  },
  seconds: advance(5000),
  minutes: advance(150_000),
  quarter: advance(900_000),
  'cut, taken': fate({ takes: true, answer: 'cut' }),
  'cut, not taken': fate({ takes: false, answer: 'cut' }),
  'error, taken': fate({ takes: true, answer: 'unclear' }),
  limited: fate({ takes: false, answer: 'rate-limited', retryAfterMs: 5000 }),
  unsent: fate({ takes: false, answer: 'unsent' }),
  hanging: fate({ takes: true, answer: 'hang' }),
  finish({ scene }, n) {
    const job = one(scene.krea.jobs, n)
    if (job) scene.krea.finish(job.remoteId)
  },
  fail({ scene }, n) {
    const job = one(scene.krea.jobs, n)
    const failed = { kind: 'failed', word: 'failed', message: 'no', blocked: false, billed: 'no' } as const
    if (job?.reading.kind === 'running') job.reading = failed
  },
  hide: ({ scene }) => scene.krea.jobs.forEach((job) => void (job.hidden = true)),
  show: ({ scene }) => scene.krea.jobs.forEach((job) => void (job.hidden = false)),
  snapshot({ scene, session, snapshots }) {
    snapshots.push(scene.snapshot(session.db, `s${snapshots.length}`))
  },
  'snapshot at the next submit'({ scene, session, snapshots }) {
    scene.krea.hooks.onSubmit = () => {
      scene.krea.hooks.onSubmit = () => undefined
      if (session.db.isOpen) snapshots.push(scene.snapshot(session.db, `s${snapshots.length}`))
    }
  },
  async crash(run) {
    run.session.crash()
    await turns()
    run.session = run.scene.start()
    await turns()
  },
  async 'crash at the next line of the log'(run, n) {
    const { scene } = run
    const isBefore = n % 2 === 0
    scene.world.onAppend = () => {
      scene.world.onAppend = () => undefined
      if (isBefore) run.session.crash()
      else void Promise.resolve().then(() => run.session.crash())
    }
    await scene.clock.advance(20_000)
    scene.world.onAppend = () => undefined
    run.session.crash()
    await turns()
    run.session = scene.start()
    await turns()
  },
  async stop(run) {
    run.session.stop()
    await turns()
    run.session = run.scene.start()
    await turns()
  },
  async restore(run, n) {
    const older = one(run.snapshots, n)
    if (older === undefined) return
    run.session.crash()
    await turns()
    run.scene.restore(older)
    run.session = run.scene.start({ isRestored: n % 3 !== 0 })
    await turns()
  },
  async allow(run) {
    for (const { id } of rows(run)) sayYes(run.session.commands, id)
    run.session.engine.setPaused(false)
    await turns()
  },
  async cancel(run, n) {
    const job = one(rows(run), n)
    if (job) run.session.commands.cancel(job.id)
    await turns()
  },
  async check(run, n) {
    const job = one(rows(run), n)
    if (job) await run.session.commands.check(job.id)
  },
  async 'give up'(run, n) {
    const job = one(
      rows(run).filter(({ state }) => state === 'unknown'),
      n,
    )
    if (job) run.session.commands.resolve(job.id, { kind: n % 2 ? 'give-up' : 'not-arrived' })
    await turns()
  },
  async 'pause and resume'(run) {
    run.session.engine.setPaused(true)
    await turns()
    run.session.engine.setPaused(false)
    await turns()
  },
}
