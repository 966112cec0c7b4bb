import type { JsonObject, JsonValue, Path } from '../../../base/json.ts';
import { arrayAt, isJsonObject, nameAt, numberAt, valueAt } from '../../../base/json.ts';
import { containersOf } from '../../../kinds/shared/pod-spec/containers.ts';
import type { Answer, Question } from './answer.ts';

/** Types whose `port` is one of the container around them, and whether it may be a name. */
const OF_THE_CONTAINER: ReadonlyMap<string, boolean> = new Map([
  ['v1.HTTPGetAction', true],
  ['v1.TCPSocketAction', true],
  ['v1.GRPCAction', false],
]);
/** Types with a field that is a port of the Pods that the object selects. */
const OF_SELECTED: ReadonlyMap<string, string> = new Map([
  ['v1.ServicePort', 'targetPort'],
  ['networking.k8s.io/v1.NetworkPolicyPort', 'port'],
]);

/** Ports that a field can name: those of its own container, or of the Pods that its object selects; undefined for others. */
export function portAnswers(question: Question): (() => readonly Answer[]) | undefined {
  const { path, schemaAt } = question;
  const parent = schemaAt(path.slice(0, -1)).typeId ?? '';
  const last = path.at(-1);
  if (last === 'port' && OF_THE_CONTAINER.has(parent))
    return () => portsOf(containerAround(question), OF_THE_CONTAINER.get(parent)!);
  return OF_SELECTED.get(parent) === last ? () => portsOfSelected(question) : undefined;
}

interface ContainerQuestion {
  readonly object: JsonObject;
  readonly path: Path;
  readonly schemaAt: Question['schemaAt'];
}

/** The container that a field stands in. */
export function containerAround({ object, path, schemaAt }: ContainerQuestion): JsonValue | undefined {
  for (let length = path.length - 1; length > 0; length--) {
    const around: Path = path.slice(0, length);
    if (['v1.Container', 'v1.EphemeralContainer'].includes(schemaAt(around).typeId ?? ''))
      return valueAt(object, ...around);
  }
  return undefined;
}

function portsOf(container: JsonValue | undefined, byName: boolean): readonly Answer[] {
  return arrayAt(container, 'ports').flatMap((port): Answer[] => {
    const [name, number] = [nameAt(port, 'name'), numberAt(port, 'containerPort')];
    if (number === undefined) return [];
    const hint = nameAt(container, 'name');
    return [
      ...(name === undefined || !byName ? [] : [{ value: name, hint: String(number) }]),
      { value: number, ...(name === undefined ? hint && { hint } : { hint: name }) },
    ];
  });
}

function portsOfSelected({ record, design, registry, graph }: Question): readonly Answer[] {
  const answers = new Map<string, Answer>();
  for (const { declaration, to } of graph.outgoing(record.id)) {
    const object = declaration.target.by === 'pods' && to !== null ? design.records.get(to)?.object : undefined;
    const template = object && registry.of(object).podTemplate?.(object);
    if (!template || !isJsonObject(template.spec)) continue;
    for (const { container } of containersOf(template.spec, []))
      for (const answer of portsOf(container, true)) answers.set(`${typeof answer.value} ${answer.value}`, answer);
  }
  return [...answers.values()];
}
