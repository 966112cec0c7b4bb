import type { Design } from '../design/design.ts';
import { exportDesign } from '../design/export.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import { drawnCluster } from './cluster/drawn-nodes.ts';
import { k3dCluster } from './cluster/k3d-cluster.ts';
import { kindCluster } from './cluster/kind-cluster.ts';
import { kubeadmCluster } from './cluster/kubeadm-cluster.ts';
import { usualValues } from './helm/chart-values.ts';
import { writeChart } from './helm/write-chart.ts';
import { writeKustomization } from './kustomize/write-kustomization.ts';
import type { Conversion, ConvertedFile } from './note.ts';

/** A format of other tools that a design is written in. */
export interface DesignFormat {
  readonly id: 'kustomize' | 'helm' | 'kind' | 'k3d' | 'kubeadm';
  /** `name`: of the chart or cluster, in the letters that every tool takes. */
  write(design: Design, registry: KindRegistry, name: string): Conversion;
}

export const DESIGN_FORMATS: readonly DesignFormat[] = [
  { id: 'kustomize', write: (design) => ({ files: writeKustomization(textFiles(design)), notes: [] }) },
  {
    id: 'helm',
    write: (design, registry, name) => writeChart(design, registry, { name, values: usualValues(design, registry) }),
  },
  { id: 'kind', write: (design, registry, name) => kindCluster(drawnCluster(design, registry), name) },
  { id: 'k3d', write: (design, registry, name) => k3dCluster(drawnCluster(design, registry), name) },
  { id: 'kubeadm', write: (design, registry, name) => kubeadmCluster(drawnCluster(design, registry), name) },
];

function textFiles(design: Design): readonly ConvertedFile[] {
  const decoder = new TextDecoder();
  return exportDesign(design, 'keep')
    .filter(({ path }) => design.files.get(path)?.isOwn !== true && design.files.get(path)?.binary === undefined)
    .map(({ path, content }) => ({ path, content: decoder.decode(content) }));
}
