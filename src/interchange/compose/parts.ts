import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { kubernetesName } from './compose-values.ts';
import type { ComposeProject, ComposeService } from './load-project.ts';
import type { FileTree } from '../file-tree.ts';

/** What converting one service needs, and where its objects go. */
export interface ServiceParts {
  readonly project: ComposeProject;
  readonly service: ComposeService;
  /** Name of its objects. */
  readonly name: string;
  readonly tree: FileTree;
  /** Labels by which its Pods are found. */
  readonly labels: JsonObject;
  /** Which networks the Pods are in, where that parts them from others; see networks.ts. */
  readonly networkLabels: JsonObject;
  /** `kompose.*` labels, which say what Compose has no words for; and the rest. */
  readonly wishes: ReadonlyMap<string, string>;
  readonly annotations: JsonObject;
  /** Objects of the whole project; a name is given once. */
  readonly objects: ObjectSet;
}

/** Objects in the order they were made, each identity once. */
export class ObjectSet {
  private readonly objects = new Map<string, KubernetesObject>();

  get all(): readonly KubernetesObject[] {
    return [...this.objects.values()];
  }

  /** False where one of that kind and name is there already; that one stays. */
  add(object: KubernetesObject, name: string): boolean {
    const key = `${object.kind}/${name}`;
    if (this.objects.has(key)) return false;
    this.objects.set(key, object);
    return true;
  }

  has(kind: string, name: string): boolean {
    return this.objects.has(`${kind}/${name}`);
  }
}

/** The label that Pods and their Services share. */
export function appLabels(name: string): JsonObject {
  return { app: kubernetesName(name) };
}

/** Drops what says nothing: undefined, and lists and maps without entries. */
export function compact(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) =>
        value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0),
    ),
  );
}
