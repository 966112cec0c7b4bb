import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { KubernetesObject } from '../../../../../apimachinery/object.ts';
import { settings } from '../../../../settings.ts';
import { useWorkspace, useWorkspaceState } from '../../../../workspace-context.ts';
import { labelsOfPods, namespaceLabels, nodeLabels, nodesAround } from '../../../answers/node-answers.ts';
import type { LabelValues } from '../../../answers/node-answers.ts';
import { useForm } from '../../form-context.ts';

/** The Nodes that Pods of this design would come to. */
export function useNodes(): readonly KubernetesObject[] {
  const design = useWorkspaceState((state) => state.design);
  const registry = useWorkspaceState((state) => state.registry);
  return useMemo(() => nodesAround({ design, registry }), [design, registry]);
}

export function useLanguage(): string {
  return useStore(settings, (state) => state.language);
}

/** Labels to choose from, looked up when they are asked for. */
export function useLabels(): Readonly<Record<'pods' | 'namespaces' | 'nodes', () => readonly LabelValues[]>> {
  const { record } = useForm();
  const { store } = useWorkspace();
  return {
    pods: () => labelsOfPods(store.getState(), record.namespace),
    namespaces: () => namespaceLabels(store.getState()),
    nodes: () => nodeLabels(nodesAround(store.getState())),
  };
}
