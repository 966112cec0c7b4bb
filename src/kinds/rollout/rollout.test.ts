import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isRefusal } from '../field-edit.ts';
import { applyEdits } from '../shared/testing/apply-edits.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { rollout } from './rollout.ts';

const canary: KubernetesObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'nginx:1.27', envFrom: [{ configMapRef: { name: 'settings' } }] }] },
    },
    strategy: {
      canary: {
        stableService: 'web',
        canaryService: 'web-canary',
        trafficRouting: {
          nginx: { stableIngress: 'web' },
          istio: { virtualServices: [{ name: 'vs' }], destinationRule: { name: 'dr' } },
        },
        analysis: { templates: [{ templateName: 'errors' }] },
        steps: [{ setWeight: 5 }, { analysis: { templates: [{ templateName: 'latency', clusterScope: true }] } }],
      },
    },
  },
};

const blueGreen: KubernetesObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    strategy: {
      blueGreen: {
        activeService: 'web',
        previewService: 'next',
        prePromotionAnalysis: { templates: [{ templateName: 'smoke' }] },
      },
    },
  },
};

const lines = (object: KubernetesObject) => referenceLines(rollout.references(object));

test('rule 63: what Argo edits and asks, besides what the template points at', () => {
  expect(lines(canary)).toEqual(
    expect.arrayContaining([
      'workloadSelector spec.selector -> pods app=web in shop',
      'envFrom spec.template.spec.containers[0].envFrom[0].configMapRef.name -> ConfigMap/shop/settings',
      'backend spec.strategy.canary.stableService -> Service/shop/web',
      'backend spec.strategy.canary.canaryService -> Service/shop/web-canary',
      'custom spec.strategy.canary.trafficRouting.nginx.stableIngress -> Ingress.networking.k8s.io/shop/web',
      'custom spec.strategy.canary.trafficRouting.istio.virtualServices[0].name -> VirtualService.networking.istio.io/shop/vs',
      'custom spec.strategy.canary.trafficRouting.istio.destinationRule.name -> DestinationRule.networking.istio.io/shop/dr',
      'custom spec.strategy.canary.analysis.templates[0].templateName -> AnalysisTemplate.argoproj.io/shop/errors',
      'custom spec.strategy.canary.steps[1].analysis.templates[0].templateName -> ClusterAnalysisTemplate.argoproj.io//latency',
    ]),
  );
  expect(lines(blueGreen)).toEqual([
    'scaleTarget spec.workloadRef.name -> Deployment.apps/shop/web',
    'backend spec.strategy.blueGreen.activeService -> Service/shop/web',
    'backend spec.strategy.blueGreen.previewService -> Service/shop/next',
    'custom spec.strategy.blueGreen.prePromotionAnalysis.templates[0].templateName -> AnalysisTemplate.argoproj.io/shop/smoke',
  ]);
});

test('Services select its Pods by its template', () => {
  expect(rollout.podTemplate?.(canary)?.labels).toEqual(new Map([['app', 'web']]));
});

test('taking references away', () => {
  for (const object of [canary, blueGreen]) {
    for (const reference of rollout.references(object)) {
      const edits = rollout.disconnect!(object, reference);
      if (isRefusal(edits)) continue;
      expect(lines(applyEdits(object, edits) as KubernetesObject)).not.toContain(referenceLines([reference])[0]);
    }
  }
});

test('summary', () => expect(rollout.summary?.(canary)).toEqual({ fact: 'nginx:1.27', detail: 'canary', pods: 4 }));

test('nothing in a Rollout makes it throw', () => expectTotal(rollout, [canary, blueGreen], 150));
