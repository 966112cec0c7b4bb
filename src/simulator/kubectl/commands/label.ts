import type { JsonValue } from '../../../base/json.ts';
import { objectAt } from '../../../base/json.ts';
import { patchObject } from '../change.ts';
import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import { isOn } from '../flags.ts';
import { FROM_FILES, SELECTING, foundObjects, refusalText, spokenName } from '../resources.ts';
import { dryRunMark } from './apply.ts';

/** `label` and `annotate`: `key=value` sets, `key-` takes away. */
function marking(name: 'label' | 'annotate', field: 'labels' | 'annotations', noun: string): KubectlCommand {
  return {
    name,
    flags: {
      ...SELECTING,
      ...FROM_FILES,
      overwrite: { type: 'switch' },
      all: { type: 'switch' },
      'dry-run': { type: 'text', bare: 'client' },
    },
    run(terminal, flags) {
      const isChange = (word: string): boolean =>
        word.includes('=') || (word.endsWith('-') && !word.includes('/'.repeat(2)));
      const from = flags.positionals.findIndex((word, index) => index > 0 && isChange(word));
      const changes = from < 0 ? [] : flags.positionals.slice(from);
      const words = from < 0 ? flags.positionals : flags.positionals.slice(0, from);
      if (words.length === 0 && !flags.values.has('filename'))
        throw new KubectlError(
          'error: one or more resources must be specified as <resource> <name> or <resource>/<name>',
        );
      if (changes.length === 0) throw new KubectlError(`error: at least one ${noun} update is required`);
      const set = new Map<string, JsonValue>();
      for (const change of changes) {
        const equals = change.indexOf('=');
        if (equals > 0) set.set(change.slice(0, equals), change.slice(equals + 1));
        else if (change.endsWith('-')) set.set(change.slice(0, -1), null);
        else throw new KubectlError(`error: unknown ${noun} spec: ${change}`);
      }
      let failures = 0;
      for (const { target, object } of foundObjects(terminal, flags, words)) {
        const own = objectAt(object, 'metadata', field) ?? {};
        const spoken = spokenName(target.resource, target.name);
        const taken = [...set].find(([key, value]) => value !== null && own[key] !== undefined && own[key] !== value);
        if (taken !== undefined && !isOn(flags, 'overwrite')) {
          terminal.err(
            name === 'label'
              ? `error: '${taken[0]}' already has a value (${String(own[taken[0]])}), and --overwrite is false\n`
              : `error: --overwrite is false but found the following declared annotation(s): '${taken[0]}' already has a value (${String(own[taken[0]])})\n`,
          );
          failures++;
          continue;
        }
        const isNothing = [...set].every(([key, value]) =>
          value === null ? own[key] === undefined : own[key] === value,
        );
        if (name === 'label')
          for (const [key, value] of set)
            if (value === null && own[key] === undefined) terminal.out(`label "${key}" not found.\n`);
        if (name === 'label' && isNothing) {
          terminal.out(`${spoken} not labeled${dryRunMark(flags)}\n`);
          continue;
        }
        const patch = { metadata: { [field]: Object.fromEntries(set) } };
        const result = patchObject(terminal, flags, target, patch, {
          fieldManager: `kubectl-${name}`,
          patchType: 'merge',
        });
        if (!result.ok) {
          terminal.err(`${refusalText(result)}\n`);
          failures++;
          continue;
        }
        const isRemoval = [...set.values()].every((value) => value === null);
        const done = name === 'annotate' ? 'annotated' : isRemoval ? 'unlabeled' : 'labeled';
        terminal.out(`${spoken} ${done}${dryRunMark(flags)}\n`);
      }
      return failures === 0 ? 0 : 1;
    },
  };
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/label/label.go, 1.36. */
export const label = marking('label', 'labels', 'label');
/** Source: staging/src/k8s.io/kubectl/pkg/cmd/annotate/annotate.go, 1.36. */
export const annotate = marking('annotate', 'annotations', 'annotation');
