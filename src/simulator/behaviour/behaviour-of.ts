import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, namespaceOf } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, numberAt, stringAt } from '../../base/json.ts';
import type { Behaviour } from './behaviour.ts';

/** How long a process runs that is there to end. Assumed for the simulation. */
const INIT_MS = 500;
const JOB_MS = 2000;

/** The behaviour of a container of a Pod: the first that fits, and beneath it what any container does by default. */
export function behaviourOf(
  behaviours: readonly Behaviour[],
  pod: KubernetesObject,
  container: JsonValue,
  isInit: boolean,
): Behaviour {
  const found = behaviours.find(({ match }) => fits(match, pod, container));
  const isEnding = isInit
    ? stringAt(container, 'restartPolicy') !== 'Always'
    : (stringAt(pod, 'spec', 'restartPolicy') ?? 'Always') !== 'Always';
  const exitAfterMs = isInit ? INIT_MS : JOB_MS;
  const listens = arrayAt(container, 'ports').flatMap((port) => numberAt(port, 'containerPort') ?? []);
  return {
    match: {},
    ...(isEnding ? { exitAfterMs } : {}),
    ...(listens.length > 0 ? { listens } : {}),
    ...found,
  };
}

function fits(match: Behaviour['match'], pod: KubernetesObject, container: JsonValue): boolean {
  const { image, container: name, namespace, labels = {}, webhook, service, url, metric, operator } = match;
  if ([webhook, service, url, metric, operator].some((one) => one !== undefined)) return false;
  if (image !== undefined && !isLike(stringAt(container, 'image') ?? '', image)) return false;
  if (name !== undefined && stringAt(container, 'name') !== name) return false;
  if (namespace !== undefined && namespaceOf(pod) !== namespace) return false;
  const own = labelsOf(pod);
  return Object.entries(labels).every(([key, value]) => own.get(key) === value);
}

/** Whether a text fits a pattern in which `*` stands for any letters. */
export function isLike(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return text === pattern;
  if (!text.startsWith(first)) return false;
  const last = rest.pop()!;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
