import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { groupVersionKindOf } from '../../src/apimachinery/group-version-kind.ts';
import { customResourcesOf } from '../../src/kinds/custom-resources.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { judgeUpdate } from '../../src/kinds/judge-update.ts';
import { judge } from '../../src/kinds/judge.ts';
import { KINDS_WITH_STRATEGIES, preloadStrategies } from '../../src/kinds/strategies.ts';
import type { Verdict } from '../../src/kinds/verdict.ts';
import { preloadSchemas } from '../../src/openapi/built-in-schemas.ts';
import type { Case } from './cases.ts';
import { manifestCases, mutationCases } from './cases.ts';
import { compareAnswer } from './compare.ts';
import type { Comparison } from './compare.ts';
import { askServer } from './ask-server.ts';
import { disagreements, figures } from './report.ts';

/**
 * How often we say what a real API server says.
 *
 *   npm run agreement                                        against recorded answers, where they lie beside the project
 *   npm run agreement -- --kubeconfig FILE CASES…            asks a real server (dry run, strict) about any objects
 *   … --list FILE                                            writes every disagreement there
 *
 * CASES are files of JSON lines, each `{"id", "op", "object", "old"}` or an object, or files of manifests.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kubeconfig: { type: 'string' }, list: { type: 'string' } },
});

/** The release that gave the recorded answers: it decides about apiVersions that are gone since. */
const RECORDED_RELEASE = 20;

function ours(one: Case): Verdict {
  const verdict = judgeIn(one, undefined);
  if (verdict.code !== 404 || values.kubeconfig !== undefined) return verdict;
  return judgeIn(one, RECORDED_RELEASE);
}

function judgeIn(one: Case, release: number | undefined): Verdict {
  const known = { registry: BUILT_IN_KINDS, customResources: customResourcesOf(one.definitions) };
  const context = release === undefined ? known : { ...known, release };
  return one.op === 'update' && one.old !== undefined
    ? judgeUpdate(one.object, one.old, context)
    : judge(one.object, context);
}

async function compareAll(cases: readonly Case[]): Promise<readonly Comparison[]> {
  const kinds = cases.map(({ object }) => groupVersionKindOf(object));
  await Promise.all([preloadSchemas(['', ...kinds.map(({ group }) => group)]), preloadStrategies()]);
  return cases.map((one) => compareAnswer(one, () => ours(one)));
}

function show(title: string, comparisons: readonly Comparison[]): void {
  console.log(`\n${title}\n  ${figures(comparisons).join('\n  ')}`);
}

const sets: readonly (readonly [string, readonly Case[]])[] =
  values.kubeconfig === undefined
    ? [
        ['mutations of valid objects (answers of 1.20.2)', mutationCases()],
        ['real manifests (answers of 1.20.2)', manifestCases()],
      ]
    : [[`${positionals.join(' ')} (answers of the cluster)`, await askServer(values.kubeconfig, positionals)]];

console.log(`${KINDS_WITH_STRATEGIES.length} kinds have a strategy`);
const all: Comparison[] = [];
for (const [title, cases] of sets) {
  const comparisons = await compareAll(cases);
  all.push(...comparisons);
  show(title, comparisons);
}
if (values.list !== undefined) {
  writeFileSync(values.list, disagreements(all));
  console.log(`\ndisagreements listed in ${values.list}`);
}
