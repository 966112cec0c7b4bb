/**
 * What points at what, after the API and nothing else: for each rule by which a built-in kind or a kind of the Gateway
 * API names or selects another, a small input and the exact list of its references, so that a false one fails as well
 * as a missing one. The inputs and lists stand side by side in testdata/references. A list says above its lines which
 * rules they show: `# rule 7` of the union of rules that other tools draw, `# beyond` for what none of them draws,
 * `# fault` for what some of them draw wrongly.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { referencesAsText } from '../support/references-as-text.ts';

const folder = join(import.meta.dirname, 'testdata/references');
const topics = readdirSync(folder).flatMap((file) => /^(.*)\.yaml$/.exec(file)?.[1] ?? []);

const listOf = (topic: string): readonly string[] => readFileSync(join(folder, `${topic}.txt`), 'utf8').split('\n');
const linesOf = (topic: string): readonly string[] =>
  listOf(topic).filter((line) => line !== '' && !line.startsWith('#'));
const headings = topics.flatMap(listOf).filter((line) => line.startsWith('# '));

/** Rules without a line here, and why. */
const NO_REFERENCE: ReadonlyMap<number, string> = new Map([
  [3, 'labels of an application group objects; they point at none'],
  [6, 'a container is a part of its workload, not an object'],
  [47, 'OpenShift Route, tested with its kind'],
  [51, 'the name of an init container in one chart; the API says nothing of it'],
  [61, 'Gatekeeper and Kyverno, custom resources'],
]);
const RULES = 64;

/** What none of the other tools draws, as the lists call it. */
const BEYOND = [
  'matchExpressions',
  'ipBlock',
  'combined pod and namespace selectors',
  'default policyTypes',
  'targetPort name',
  'Ingress port name and number',
  'HPA described object',
  'nodeSelector',
  'node affinity',
  'tolerations',
  'topology spread',
  'pod affinity',
  'data source',
  'snapshot',
  'ephemeral volume class',
  'backend.resource',
  'IngressClass parameters',
  'externalName',
  'resource claims',
  'quota scopes',
  'keys',
  'optional',
  'provided by every cluster',
  'made by another object',
];

/** What other tools draw wrongly, as the lists call it. */
const FAULTS = [
  'names across namespaces',
  'selectors across namespaces',
  'empty Service selector',
  'missing selector',
  'Pods without labels and default deny',
  'roleRef.kind',
  'initContainers',
  'projected sources',
  'envFrom',
  'secretName of a volume',
  'imagePullSecrets',
  'CronJob among the selected',
  'ordinals of claims',
  'kind and group of a name',
  'suffix paths',
  'default backend',
  'uid of owners',
  'scope of owners',
  'older apiVersions',
];

describe('references', () => {
  it.each(topics)('of %s are exactly those of the list', (topic) => {
    const text = readFileSync(join(folder, `${topic}.yaml`), 'utf8');
    expect([...referencesAsText({ 'input.yaml': text })].sort()).toEqual([...linesOf(topic)].sort());
  });

  it('are listed for every rule', () => {
    const shown = new Set(headings.flatMap((line) => [...line.matchAll(/rules? ([\d, ]+)/g)].flatMap(numbers)));
    const missing = Array.from({ length: RULES }, (_, index) => index + 1).filter(
      (rule) => !shown.has(rule) && !NO_REFERENCE.has(rule),
    );
    expect(missing).toEqual([]);
  });

  it.each([
    ['beyond', BEYOND],
    ['fault', FAULTS],
  ])('are listed for everything %s', (word, wanted) => {
    const shown = headings
      .flatMap((line) => line.split(';'))
      .flatMap((part) => part.split(`${word}: `)[1]?.trim() ?? []);
    expect(wanted.filter((name) => !shown.includes(name))).toEqual([]);
    expect(shown.filter((name) => !wanted.includes(name))).toEqual([]);
  });

  it('number more than three hundred', () => {
    expect(topics.flatMap(linesOf).length).toBeGreaterThan(300);
  });
});

function numbers(match: RegExpMatchArray): readonly number[] {
  return (match[1] ?? '').split(',').map(Number);
}
