// Run as a process of its own by `npm run crash`: the crash matrix, one JSON line on standard output.
import { parseArgs } from 'node:util'
import { isKept, runAll, wordsOf } from './matrix'
import { planRun } from './plan'
import { ruleNames } from './rules'
import { sabotagePlans } from './sabotage-plans'

const [worker = '', fixtures = '', ...rest] = process.argv.slice(2)
const { values } = parseArgs({
  args: rest,
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
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
  if (values.only !== undefined) return [planRun(seed, Number(values.only))]
  return Array.from({ length: Number(values.runs) }, (_, index) => planRun(seed, index))
}
