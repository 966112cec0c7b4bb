import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { groupVersionKindOf } from '../../src/apimachinery/group-version-kind.ts';
import { KINDS_WITH_STRATEGIES, preloadStrategies } from '../../src/kinds/strategies.ts';
import { preloadSchemas } from '../../src/openapi/built-in-schemas.ts';
import type { Case } from './cases.ts';
import { manifestCases, mutationCases } from './cases.ts';
import { compareAnswer } from './compare.ts';
import type { Comparison } from './compare.ts';
import { askServer } from './ask-server.ts';
import { pinnedReleaseCases } from './oracle-data.ts';
import { ours } from './ours.ts';
import { disagreements, figures, figuresByKind } from './report.ts';

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
        ['systematic changes of valid objects (answers of 1.36.2)', pinnedReleaseCases()],
      ]
    : [[`${positionals.join(' ')} (answers of the cluster)`, await askServer(values.kubeconfig, positionals)]];

/** By kind only where every answer counts word for word. */
function showKinds(comparisons: readonly Comparison[]): void {
  const lines = figuresByKind(comparisons.filter((one) => one.case.isPinned === true));
  if (lines.length > 0) console.log(`\n  not all right:\n    ${lines.join('\n    ')}`);
}

console.log(`${KINDS_WITH_STRATEGIES.length} kinds have a strategy`);
const all: Comparison[] = [];
for (const [title, cases] of sets) {
  const comparisons = await compareAll(cases);
  all.push(...comparisons);
  show(title, comparisons);
  showKinds(comparisons);
}
if (values.list !== undefined) {
  writeFileSync(values.list, disagreements(all));
  console.log(`\ndisagreements listed in ${values.list}`);
}
