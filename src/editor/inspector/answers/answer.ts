import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { Path } from '../../../base/json.ts';
import type { DesignRecord } from '../../../design/design.ts';
import type { Schema } from '../../../openapi/schema.ts';
import type { WorkspaceState } from '../../../workspace/workspace.ts';

/** Something that can be written into a field because it is there: a name, a key, a port. */
export interface Answer {
  readonly value: string | number;
  /** What it is, in the words of the manifest: the kind of object, the number of a port, the container. */
  readonly hint?: string;
}

/** A field that is asked about: the object as it stands, and the schema of its kind. */
export interface Question {
  readonly record: DesignRecord;
  readonly object: KubernetesObject;
  readonly path: Path;
  readonly schemaAt: (path: Path) => Schema;
  readonly design: WorkspaceState['design'];
  readonly registry: WorkspaceState['registry'];
  readonly graph: WorkspaceState['graph'];
}
