import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../../base/json.ts';
import type { ConnectionChosen, ConnectionEdits, ConnectionOption, PodTemplateView } from '../../kind.ts';
import type { FieldEdit, Refusal } from '../../field-edit.ts';
import { chosenContainer, containerOptions } from './container-choice.ts';
import { containersOf } from './containers.ts';
import { dnsLabel } from './pod-template.ts';

/** What is mounted: the volume source, how an existing volume is recognised, and where a new mount goes. */
export interface MountPlan {
  readonly name: string;
  readonly source: JsonObject;
  readonly isSource: (volume: JsonValue) => boolean;
  /** Directory of a file system, */
  readonly mountPath?: string;
  /** or path of a raw block device. */
  readonly devicePath?: string;
  readonly readOnly?: true;
}

/**
 * Mounts a volume into a container, the first unless another was chosen: a volume of the same source is used again, otherwise one is added; its
 * name and the path are made unique, as the API server requires of both.
 */
export function mountVolume(
  template: PodTemplateView,
  plan: MountPlan,
  chosen?: ConnectionChosen,
): ConnectionEdits | Refusal {
  const { spec, specPath } = template;
  const at = chosenContainer(spec, chosen);
  const container = objectAt(spec, 'containers', at);
  if (!container) return { refused: 'connect.noContainer' };
  const existing = arrayAt(spec, 'volumes').find(plan.isSource);
  const existingName = existing === undefined ? undefined : stringAt(existing, 'name');
  if (existingName !== undefined && isMounted(spec, existingName)) return { refused: 'connect.already' };
  const edits: FieldEdit[] = [];
  const name = existingName ?? freeName(dnsLabel(plan.name), volumeNames(spec), '-');
  if (existingName === undefined) {
    edits.push({ op: 'append', path: [...specPath, 'volumes'], value: { name, ...plan.source } });
  }
  edits.push(mountEdit(template, { container, at }, name, pathsOf(plan, chosen)));
  return { source: edits };
}

/** Where it goes: what a person chose, or what the plan says. */
function pathsOf(plan: MountPlan, chosen: ConnectionChosen | undefined): MountPlan {
  const path = chosen?.mountPath;
  if (path === undefined || path === '') return plan;
  return plan.devicePath === undefined ? { ...plan, mountPath: path } : { ...plan, devicePath: path };
}

/** A path and a container can be chosen. */
export function mountOptions({ spec }: PodTemplateView, plan: MountPlan): readonly ConnectionOption[] {
  return [{ id: 'mountPath', value: plan.devicePath ?? plan.mountPath ?? '/' }, ...containerOptions({ spec })];
}

function mountEdit(
  { specPath }: PodTemplateView,
  { container, at }: { readonly container: JsonObject; readonly at: number },
  name: string,
  plan: MountPlan,
): FieldEdit {
  const [list, field] = plan.devicePath === undefined ? ['volumeMounts', 'mountPath'] : ['volumeDevices', 'devicePath'];
  const taken = arrayAt(container, list).map((mount) => stringAt(mount, field) ?? '');
  const path = freeName(plan.devicePath ?? plan.mountPath ?? '/', new Set(taken), '-');
  const value = { name, [field]: path, ...(plan.readOnly ? { readOnly: true } : {}) };
  return { op: 'append', path: [...specPath, 'containers', at, list], value };
}

function isMounted(spec: JsonObject, volume: string): boolean {
  return containersOf(spec, []).some(({ container }) =>
    ['volumeMounts', 'volumeDevices'].some((list) =>
      arrayAt(container, list).some((mount) => stringAt(mount, 'name') === volume),
    ),
  );
}

function volumeNames(spec: JsonObject): ReadonlySet<string> {
  return new Set(arrayAt(spec, 'volumes').map((volume) => stringAt(volume, 'name') ?? ''));
}

/** The name, or the name with the lowest number that is free: `data`, `data-2`, `data-3`. */
export function freeName(wanted: string, taken: ReadonlySet<string>, separator: string): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const suffix = `${separator}${number}`;
    const name = `${wanted.startsWith('/') ? wanted : wanted.slice(0, 63 - suffix.length)}${suffix}`;
    if (!taken.has(name)) return name;
  }
}
