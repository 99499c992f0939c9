// Run as a process of its own by `npm run crash`: the crash matrix, one JSON line on standard output.
import { parseArgs } from 'node:util'
import { remoteProviderIds } from '../../../shared/provider'
import { isKept, runAll, wordsOf } from './matrix'
import { planRun, type Providers } from './plan'
import { ruleNames } from './rules'
import { sabotagePlans } from './sabotage-plans'

const [worker = '', fixtures = '', ...rest] = process.argv.slice(2)
const { values } = parseArgs({
  args: rest,
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    providers: { type: 'string', default: 'all' },
    only: { type: 'string' },
    keep: { type: 'boolean', default: false },
    sabotage: { type: 'string' },
    'list-sabotage': { type: 'boolean', default: false },
  },
})
if (values['list-sabotage']) console.log(ruleNames.join('\n'))
else process.exitCode = await main()
process.exit()

async function main(): Promise<number> {
  const plans = plansOf()
  if (!plans) return 2
  const { summary, troubled } = await runAll(plans, { worker, fixtures, keep: values.keep }, (result) => {
    for (const words of wordsOf(result)) console.error(`${result.name} (seed ${values.seed}): ${words}`)
  })
  console.log(JSON.stringify(summary))
  return isKept(summary) && troubled === 0 ? 0 : 1
}

function plansOf() {
  const seed = Number(values.seed)
  if (values.sabotage !== undefined) {
    const rule = ruleNames.find((name) => name === values.sabotage)
    if (rule) return sabotagePlans(rule)
    console.error(`There is no rule "${values.sabotage}". The rules are: ${ruleNames.join(', ')}.`)
    return undefined
  }
  const providers = providersOf(values.providers)
  if (!providers) {
    console.error(`--providers takes all, or some of ${remoteProviderIds.join(',')}.`)
    return undefined
  }
  if (values.only !== undefined) return [planRun(seed, Number(values.only), providers)]
  return Array.from({ length: Number(values.runs) }, (_, index) => planRun(seed, index, providers))
}

/** Those that are named, each once; undefined when one of the names is none. */
function providersOf(names: string): Providers | undefined {
  if (names === 'all') return remoteProviderIds
  const ids = names.split(',').map((name) => remoteProviderIds.find((id) => id === name.trim()))
  const [first, ...others] = new Set(ids.filter((id) => id !== undefined))
  return first === undefined || ids.includes(undefined) ? undefined : [first, ...others]
}
