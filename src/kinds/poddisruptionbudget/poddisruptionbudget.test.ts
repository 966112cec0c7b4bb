import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { applyEdits, connected } from '../shared/testing/apply-edits.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import type { PodTemplateView } from '../kind.ts';
import { podDisruptionBudget as budget } from './poddisruptionbudget.ts';

const of = (spec: JsonObject, apiVersion = 'policy/v1'): KubernetesObject => ({
  apiVersion,
  kind: 'PodDisruptionBudget',
  metadata: { name: 'web', namespace: 'shop' },
  spec,
});
const workload: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
};
const template = (labels: Record<string, string>): PodTemplateView => ({
  labels: new Map(Object.entries(labels)),
  spec: {},
  labelsPath: ['spec', 'template', 'metadata', 'labels'],
  specPath: ['spec', 'template', 'spec'],
});

const nothing = (object: KubernetesObject) =>
  budget.references(object).map(({ target }) => target.by === 'pods' && target.selector.nothing);

describe('PodDisruptionBudget', () => {
  it.each<[string, KubernetesObject, readonly string[]]>([
    [
      'a selector',
      of({ selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'api'] }] } }),
      ['disruptionSelector spec.selector -> pods app in (api,web) in shop'],
    ],
    ['all Pods of the namespace', of({ selector: {} }), ['disruptionSelector spec.selector -> pods <none> in shop']],
    ['no selector', of({ minAvailable: 1 }), []],
    ['its own new object', budget.newObject('web'), ['disruptionSelector spec.selector -> pods app=web in default']],
  ])('points at Pods: %s', (_, object, lines) => {
    expect(referenceLines(budget.references(object))).toEqual(lines);
  });

  it('selects nothing by an empty selector in v1beta1', () => {
    expect(nothing(of({ selector: {} }, 'policy/v1beta1'))).toEqual([true]);
    expect(nothing(of({ selector: {} }))).toEqual([undefined]);
  });

  it('is drawn to a workload by its stable labels, once', () => {
    const select = budget.connections![0]!;
    const view = template({ app: 'web', 'pod-template-hash': 'x' });
    const result = connected(
      of({ minAvailable: 1 }),
      select.connect(of({ minAvailable: 1 }), workload, view),
    ) as KubernetesObject;
    expect(result).toEqual(of({ minAvailable: 1, selector: { matchLabels: { app: 'web' } } }));
    expect(select.connect(result, workload, view)).toEqual({ refused: 'connect.already' });
    expect(applyEdits(result, budget.disconnect!(result, budget.references(result)[0]!))).toEqual(
      of({ minAvailable: 1 }),
    );
  });

  it.each<[string, KubernetesObject, PodTemplateView | undefined, string]>([
    ['no labels', workload, template({}), 'connect.noLabels'],
    ['labels that a controller set', workload, template({ 'pod-template-hash': 'x' }), 'connect.noLabels'],
    ['no template', workload, undefined, 'connect.noPodTemplate'],
    [
      'another namespace',
      { ...workload, metadata: { name: 'web' } },
      template({ app: 'web' }),
      'connect.otherNamespace',
    ],
  ])('is refused: %s', (_, target, view, refused) => {
    expect(budget.connections![0]!.connect(of({}), target, view)).toMatchObject({ refused });
  });

  it('shows its limit', () => {
    expect(budget.summary?.(of({ minAvailable: 2 }))).toEqual({ fact: 'minAvailable 2' });
    expect(budget.summary?.(of({ maxUnavailable: '25%' }))).toEqual({ fact: 'maxUnavailable 25%' });
    expect(budget.summary?.(of({}))).toEqual({});
  });

  it('takes any object', () => {
    expectTotal(budget, [of({ minAvailable: 1, selector: { matchLabels: { app: 'web' } } })]);
  });
});
