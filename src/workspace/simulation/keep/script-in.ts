import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { ManifestFile } from '../../../manifest/manifest.ts';
import { readManifest } from '../../../manifest/read.ts';
import { isScript } from '../../../simulator/script/script.ts';

/** The first Script in files; undefined where they hold none. */
export function scriptIn(files: readonly ManifestFile[]): KubernetesObject | undefined {
  return files
    .flatMap(({ segments }) => segments.flatMap((segment) => (segment.type === 'document' ? segment.objects : [])))
    .find(({ object }) => isScript(object))?.object;
}

/** The Script of a kept run. Throws where the text holds none. */
export function scriptObject(text: string): KubernetesObject {
  const object = scriptIn([readManifest('run.yaml', text)]);
  if (object === undefined) throw new Error('no Script of drydock.dev/v1');
  return object;
}
