import type { ObjectIdentity } from '../../apimachinery/object-identity.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { controllerOf } from '../../apimachinery/owner-reference.ts';
import { EMPTY_DESIGN } from '../../design/design.ts';
import type { DesignRecord } from '../../design/design.ts';
import { addFiles, designRegistry } from '../../design/import.ts';
import { recordLines } from '../../design/records.ts';
import { judgeContextOf, preloadValidity } from '../../design/validity.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { isVerdict, servedKindOf } from '../../kinds/served-kind.ts';
import type { JudgeContext } from '../../kinds/served-kind.ts';
import type { ManifestFile } from '../../manifest/manifest.ts';
import type { Note } from '../note.ts';
import { removeAllocated, removeInjected, removeMetadata, removeStatus } from './cluster-fields.ts';
import { Dump } from './made-objects.ts';
import { Remover } from './remover.ts';
import { withoutDefaults } from './without-defaults.ts';
import type { Defaulting } from './without-defaults.ts';

/** One object of a dump as somebody might have written it. */
export interface CleanObject {
  readonly identity: ObjectIdentity;
  readonly file: string;
  /** First line of the object in its file, from 1. */
  readonly line: number;
  readonly object: KubernetesObject;
}

export interface CleanDump {
  readonly objects: readonly CleanObject[];
  readonly notes: readonly Note[];
}

export interface CleanOptions {
  /** Whether fields go that the server would fill in again. */
  readonly defaults: 'keep' | 'remove';
}

/**
 * What `kubectl get … -o yaml` printed, as a design: without status, the server's metadata, what the cluster chose, admission
 * put in and defaulting filled in, and without the objects that others made (their owners stay). Every field and object that
 * goes is in the notes. Manifests that never saw a cluster lose nothing but what they repeat of the defaults.
 */
export async function cleanDump(
  files: readonly ManifestFile[],
  builtIn: KindRegistry,
  { defaults }: CleanOptions = { defaults: 'remove' },
): Promise<CleanDump> {
  const design = addFiles(EMPTY_DESIGN, files, builtIn);
  const registry = designRegistry(design, builtIn);
  await preloadValidity(design, registry);
  const context = judgeContextOf(design, registry);
  const lines = recordLines(design);
  const records = [...design.records.values()];
  const dump = new Dump(records);
  const objects: CleanObject[] = [];
  const notes: Note[] = [];
  for (const record of records) {
    const at = { file: record.file, line: lines.get(record.id) ?? 0 };
    const maker = dump.makerOf(record);
    if (maker) {
      const params = { object: record.identity, owner: maker.by === 'object' ? maker.owner : '' };
      notes.push({ id: maker.by === 'object' ? 'live.madeBy' : 'live.madeByCluster', kind: 'info', ...at, params });
      continue;
    }
    const { object, account } = cleaned(record, registry, defaults === 'remove' ? context : undefined);
    objects.push({ identity: record.identity, ...at, object });
    for (const [id, fields] of account)
      notes.push({ id, kind: 'info', ...at, params: { object: record.identity, fields: fields.join(', ') } });
    const owner = controllerOf(record.object);
    if (owner)
      notes.push({
        id: 'live.ownerMissing',
        kind: 'changed',
        ...at,
        params: { object: record.identity, owner: `${owner.kind}/${owner.name}` },
      });
  }
  return { objects, notes };
}

function cleaned(
  { object }: DesignRecord,
  registry: KindRegistry,
  context: JudgeContext | undefined,
): Pick<Remover, 'object' | 'account'> {
  const remover = new Remover(object);
  removeAllocated(remover);
  removeMetadata(remover);
  removeStatus(remover);
  // An owner that stayed behind would have the object collected as garbage wherever it is applied.
  if (controllerOf(object)) remover.remove('live.metadata', 'metadata', 'ownerReferences');
  for (const template of templatesOf(remover.object, registry)) removeInjected(remover, template);
  const setDefaults = context && defaultingOf(remover.object, context);
  if (setDefaults) {
    const { object: without, removed } = withoutDefaults(remover.object, setDefaults);
    for (const path of removed) remover.note('live.defaults', path);
    remover.object = without;
  }
  return remover;
}

function templatesOf(object: KubernetesObject, registry: KindRegistry) {
  const template = registry.of(object).podTemplate?.(object);
  return template ? [template] : [];
}

/** Undefined where nobody here knows the kind's defaults. */
export function defaultingOf(object: KubernetesObject, context: JudgeContext): Defaulting | undefined {
  const served = servedKindOf(object, context);
  if (isVerdict(served) || !served.strategy) return undefined;
  const { strategy } = served;
  return (given) => strategy.setDefaults(strategy.toHub?.(given) ?? given);
}
