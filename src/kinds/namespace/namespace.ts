import { annotationsOf, labelsOf } from '../../apimachinery/object.ts';
import { isEmptySelector } from '../../apimachinery/label-selector.ts';
import { parseLabelSelectorString } from '../../apimachinery/label-selector-string.ts';
import type { KindDefinition } from '../kind.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { nodesMatching } from '../shared/node-selector.ts';

/** Labels of Pod Security. Source: staging/src/k8s.io/pod-security-admission/api/constants.go, 1.36. */
const ENFORCE = 'pod-security.kubernetes.io/enforce';
/** Read by admission plugin PodNodeSelector, which is off unless asked for. Source: plugin/pkg/admission/podnodeselector, 1.36. */
const NODE_SELECTOR = 'scheduler.alpha.kubernetes.io/node-selector';

/** core/v1 Namespace. */
export const namespace: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  resource: 'namespaces',
  shortNames: ['ns'],
  scope: 'Cluster',
  category: 'cluster',
  nameForm: 'label',
  newObject: (name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: newMetadata(name) }),
  references: (object) => {
    const labels = parseLabelSelectorString(annotationsOf(object).get(NODE_SELECTOR) ?? '');
    if (isEmptySelector(labels) || labels.invalid) return [];
    const field = ['metadata', 'annotations', NODE_SELECTOR];
    return [{ type: 'nodeSelector', field, target: nodesMatching([{ labels }]) }];
  },
  disconnect: (_, { field }) => [{ op: 'delete', path: field }],
  summary: (object) => {
    const level = labelsOf(object).get(ENFORCE);
    return level === undefined ? {} : { fact: level };
  },
  fields: ['metadata.labels', 'metadata.annotations'],
};
