import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ObjectIdentity } from '../../apimachinery/object-identity.ts';
import { EMPTY_DESIGN } from '../../design/design.ts';
import type { DesignRecord } from '../../design/design.ts';
import { addFiles, designRegistry } from '../../design/import.ts';
import { recordLines } from '../../design/records.ts';
import { preloadValidity } from '../../design/validity.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import type { ManifestFile } from '../../manifest/manifest.ts';

export interface OlderObject {
  readonly object: KubernetesObject;
  readonly file: string;
  readonly line: number;
}

/** What a cluster runs, by identity; of several with one identity the last counts, as after `kubectl apply`. */
export class OlderObjects {
  private readonly objects: ReadonlyMap<ObjectIdentity, OlderObject>;

  private constructor(objects: ReadonlyMap<ObjectIdentity, OlderObject>) {
    this.objects = objects;
  }

  static async read(files: readonly ManifestFile[]): Promise<OlderObjects> {
    const design = addFiles(EMPTY_DESIGN, files, BUILT_IN_KINDS);
    await preloadValidity(design, designRegistry(design, BUILT_IN_KINDS));
    const lines = recordLines(design);
    return new OlderObjects(
      new Map(
        [...design.records.values()].map(({ id, identity, object, file }) => [
          identity,
          { object, file, line: lines.get(id) ?? 1 },
        ]),
      ),
    );
  }

  of({ identity }: DesignRecord): OlderObject | undefined {
    return this.objects.get(identity);
  }
}
