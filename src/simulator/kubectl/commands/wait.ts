import { conditionsOf } from '../../../apimachinery/conditions.ts';
import { parseDurationMs } from '../../../apimachinery/duration.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { numberAt, stringAt } from '../../../base/json.ts';
import { printJsonPath } from '../../../kinds/shared/json-path.ts';
import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import { flag } from '../flags.ts';
import { FROM_FILES, SELECTING, foundObjects, spokenName } from '../resources.ts';
import { follow } from '../waiting.ts';

/** What `--for` waits for: whether it is so; `delete` where the object has to go. */
type Goal = 'delete' | ((object: KubernetesObject) => boolean);

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/wait/wait.go `conditionFuncFor`, 1.36. */
export function goalOf(text: string): Goal {
  if (text.toLowerCase() === 'delete') return 'delete';
  if (text.startsWith('condition=')) {
    const [type = '', wanted = 'true'] = text.slice('condition='.length).split('=');
    return (object) => {
      const condition = conditionsOf(object).find(
        (entry) => (stringAt(entry, 'type') ?? '').toLowerCase() === type.toLowerCase(),
      );
      if (condition === undefined) return false;
      const observed = numberAt(condition, 'observedGeneration') ?? numberAt(object, 'status', 'observedGeneration');
      if (observed !== undefined && observed < (numberAt(object, 'metadata', 'generation') ?? 0)) return false;
      return (stringAt(condition, 'status') ?? '').toLowerCase() === wanted.toLowerCase();
    };
  }
  const path = /^jsonpath=(?:['"]?)(\{.*\})(?:['"]?)(?:=(.*))?$/.exec(text);
  if (path === null) throw new KubectlError(`error: unrecognized condition: ${JSON.stringify(text)}`);
  const expression = path[1]!.slice(1, -1).trim();
  const wanted = path[2]?.replaceAll(/^['"]|['"]$/g, '');
  return (object) => {
    const found = printJsonPath(object, expression);
    return wanted === undefined ? found !== '' : found === wanted;
  };
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/wait/wait.go, 1.36. */
export const wait: KubectlCommand = {
  name: 'wait',
  flags: { ...SELECTING, ...FROM_FILES, for: { type: 'list' }, timeout: { type: 'text' }, all: { type: 'switch' } },
  run(terminal, flags) {
    const goal = goalOf(flag(flags, 'for') ?? '');
    const timeoutMs = parseDurationMs(flag(flags, 'timeout') ?? '30s') ?? 30_000;
    const untilMs = terminal.now() + Math.max(0, timeoutMs);
    const found = foundObjects(terminal, flags, flags.positionals);
    if (found.length === 0) throw new KubectlError('error: no matching resources found');
    let failures = 0;
    for (const { target, object } of found) {
      const uid = stringAt(object, 'metadata', 'uid');
      const isDone = goal === 'delete' ? (now: KubernetesObject) => stringAt(now, 'metadata', 'uid') !== uid : goal;
      const end = follow(terminal, target, untilMs, isDone);
      const spoken = spokenName(target.resource, target.name);
      if (end !== 'late' && (end !== 'gone' || goal === 'delete')) terminal.out(`${spoken} condition met\n`);
      else {
        const why =
          end === 'gone'
            ? `${target.resource.qualified} "${target.name}" not found`
            : 'timed out waiting for the condition';
        terminal.err(
          end === 'gone'
            ? `Error from server (NotFound): ${why}\n`
            : `error: ${why} on ${target.resource.plural}/${target.name}\n`,
        );
        failures++;
      }
    }
    return failures === 0 ? 0 : 1;
  },
};
