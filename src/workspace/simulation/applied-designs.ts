import { nameOf } from '../../apimachinery/object.ts';
import type { Design } from '../../design/design.ts';
import { jsonEqual } from '../../base/json.ts';
import type { ManifestFiles } from '../../simulator/kubectl/command.ts';
import type { ApplyLine, Manifest } from '../../simulator/script/apply-order.ts';
import { applyLines } from '../../simulator/script/apply-order.ts';

/** A design as it was given to the cluster. */
export interface AppliedDesign {
  /** Length of the branch when it was given. */
  readonly seq: number;
  readonly manifests: readonly Manifest[];
  /** By `Deployment/shop/web`. */
  readonly byKey: ReadonlyMap<string, Manifest>;
  readonly keys: ReadonlySet<string>;
  /** What `kubectl -f` can name. */
  readonly files: ManifestFiles;
}

/** The designs that a branch was given, one after the other. */
export class AppliedDesigns {
  private readonly designs: AppliedDesign[];

  private constructor(designs: readonly AppliedDesign[]) {
    this.designs = [...designs];
  }

  /** Those of a run that begins with a design. */
  static begin(design: Design): AppliedDesigns {
    return new AppliedDesigns([appliedDesign(design, 0)]);
  }

  get newest(): AppliedDesign {
    return this.designs.at(-1)!;
  }

  /** The design that held at a step. */
  at(seq: number): AppliedDesign {
    return this.designs.findLast((design) => design.seq <= seq) ?? this.designs[0]!;
  }

  /** What kubectl is told where a design takes the place of the one at a step; nothing is noted. */
  changesAt(seq: number, design: Design): readonly ApplyLine[] {
    return changes(this.at(seq), appliedDesign(design, seq));
  }

  /** Notes a design as given at the end of the branch, and says what kubectl is told. */
  apply(seq: number, design: Design): readonly ApplyLine[] {
    const [before, next] = [this.newest, appliedDesign(design, seq)];
    this.designs.push(next);
    return changes(before, next);
  }

  /** What kubectl is told to apply an object of the design that holds at a step, whoever else has set its fields. */
  takeOver(seq: number, key: string): readonly ApplyLine[] {
    const manifest = this.at(seq).byKey.get(key);
    return manifest === undefined ? [] : applyLines([manifest], { serverSide: true, forceConflicts: true });
  }

  /** Those of a branch with the same past. */
  upTo(seq: number): AppliedDesigns {
    return new AppliedDesigns(this.designs.filter((design) => design.seq <= seq));
  }
}

/**
 * What is in the design is applied server-side where it is not as before: what somebody else has set meanwhile is refused as
 * a conflict; what has left it is deleted. Machines stay as they are. As `kubectl`, the one manager
 * to whom the API server gives what client-side apply has set (lastappliedmanager.go, 1.36), with which a run begins.
 */
function changes(before: AppliedDesign, after: AppliedDesign): readonly ApplyLine[] {
  const changed = [...after.byKey].filter(([key, { object }]) => !jsonEqual(before.byKey.get(key)?.object, object));
  const gone = [...before.byKey].filter(([key, { object }]) => !after.byKey.has(key) && object.kind !== 'Node');
  const deletions = gone.map(([, { object }]): ApplyLine => {
    const file = `${object.kind.toLowerCase()}-${nameOf(object)}.yaml`;
    return { line: `delete -f ${file} --wait=false`, files: { [file]: [object] } };
  });
  const manifests = changed.map(([, manifest]) => manifest).filter(isNoNode);
  return [...applyLines(manifests, { serverSide: true }), ...deletions];
}

function isNoNode({ object }: Manifest): boolean {
  return object.kind !== 'Node';
}

function appliedDesign(design: Design, seq: number): AppliedDesign {
  const byKey = new Map<string, Manifest>();
  const manifests: Manifest[] = [];
  const files: Record<string, Manifest['object'][]> = {};
  for (const { file, object, namespace } of design.records.values()) {
    if (object.apiVersion.startsWith('drydock.dev/')) continue;
    const manifest = { file, object };
    manifests.push(manifest);
    byKey.set(`${object.kind}/${namespace}/${nameOf(object)}`, manifest);
    (files[file] ??= []).push(object);
  }
  return { seq, manifests, byKey, keys: new Set(byKey.keys()), files };
}
