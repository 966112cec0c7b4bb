import type { JsonObject } from '../../base/json.ts';
import { writeObject } from '../../manifest/write.ts';
import type { ConvertedFile } from '../note.ts';

/** What an overlay says besides the base that it builds on. */
export interface Overlay {
  /** Name of its folder under `overlays/`. */
  readonly name: string;
  readonly namespace?: string;
  readonly namePrefix?: string;
}

/**
 * A design as a kustomization: its files as they are in `base/`, which `kubectl apply -k base` applies, and a folder for each
 * overlay that builds on it.
 */
export function writeKustomization(
  files: readonly ConvertedFile[],
  overlays: readonly Overlay[] = [],
): readonly ConvertedFile[] {
  const resources = files.map(({ path }) => path);
  return [
    kustomizationFile('base', { resources }),
    ...files.map(({ path, content }) => ({ path: `base/${path}`, content })),
    ...overlays.map(({ name, ...fields }) =>
      kustomizationFile(`overlays/${name}`, { ...fields, resources: ['../../base'] }),
    ),
  ];
}

function kustomizationFile(folder: string, fields: JsonObject): ConvertedFile {
  const head = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };
  return { path: `${folder}/kustomization.yaml`, content: writeObject({ ...head, ...fields }) };
}
