import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, isJsonObject, stringAt } from '../../../base/json.ts';
import { patchObject } from '../change.ts';
import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import { isOn } from '../flags.ts';
import { SELECTING, foundObjects, refusalText } from '../resources.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

interface TaintChange {
  readonly key: string;
  readonly value: string;
  /** '' where any effect is meant (only for removal). */
  readonly effect: string;
  readonly isRemoval: boolean;
}

/** `key=value:Effect`, `key:Effect`, `key:Effect-`, `key-`. Source: kubectl/pkg/cmd/taint/utils.go `parseTaint`, 1.36. */
export function parseTaint(text: string): TaintChange | undefined {
  const isRemoval = text.endsWith('-');
  const [pair = '', effect = '', ...more] = (isRemoval ? text.slice(0, -1) : text).split(':');
  const [key = '', value = '', ...others] = pair.split('=');
  if (more.length > 0 || others.length > 0 || key === '') return undefined;
  if (effect !== '' && !EFFECTS.includes(effect)) return undefined;
  return !isRemoval && effect === '' ? undefined : { key, value, effect, isRemoval };
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/taint/taint.go, 1.36. */
export const taint: KubectlCommand = {
  name: 'taint',
  flags: { selector: SELECTING.selector, overwrite: { type: 'switch' }, all: { type: 'switch' } },
  run(terminal, flags) {
    const isChange = (word: string): boolean => /[:=]/.test(word) || word.endsWith('-');
    const from = flags.positionals.findIndex((word, index) => index > 0 && isChange(word));
    const words = from < 0 ? flags.positionals : flags.positionals.slice(0, from);
    const changes = (from < 0 ? [] : flags.positionals.slice(from)).map((text) => {
      const change = parseTaint(text);
      if (change === undefined) throw new KubectlError(`error: invalid taint spec: ${text}`);
      return change;
    });
    if (words.length === 0)
      throw new KubectlError('error: one or more resources must be specified as <resource> <name>');
    if (changes.length === 0) throw new KubectlError('error: at least one taint update is required');
    let failures = 0;
    for (const { target, object } of foundObjects(terminal, flags, words)) {
      if (object.kind !== 'Node')
        throw new KubectlError(`error: invalid resource type ${object.kind}, only node types are supported`);
      const old = arrayAt(object, 'spec', 'taints').filter(isJsonObject);
      const matches = (entry: JsonObject, { key, effect }: TaintChange): boolean =>
        stringAt(entry, 'key') === key && (effect === '' || stringAt(entry, 'effect') === effect);
      const added = changes.filter(({ isRemoval }) => !isRemoval);
      const exists = added.filter((change) => old.some((entry) => matches(entry, change)));
      const missing = changes.filter((change) => change.isRemoval && !old.some((entry) => matches(entry, change)));
      let problem: string | undefined;
      if (exists.length > 0 && !isOn(flags, 'overwrite'))
        problem = `node ${target.name} already has [${exists.map(({ key, effect }) => `{${key} ${effect}}`).join(' ')}] taint(s) with same effect(s) and --overwrite is false`;
      else if (missing.length > 0)
        problem = missing
          .map(({ key, effect }) => `taint "${effect === '' ? key : `${key}:${effect}`}" not found`)
          .join(', ');
      if (problem !== undefined) {
        terminal.err(`error: ${problem}\n`);
        failures++;
        continue;
      }
      const kept = old.filter((entry) => !changes.some((change) => matches(entry, change)));
      const taints = [
        ...added.map(({ key, value, effect }) => ({ key, ...(value === '' ? {} : { value }), effect })),
        ...kept,
      ];
      const patch = { spec: { taints: taints.length === 0 ? null : taints } };
      const result = patchObject(terminal, flags, target, patch, { fieldManager: 'kubectl-taint', patchType: 'merge' });
      if (result.ok)
        terminal.out(
          `node/${target.name} ${added.length === 0 ? 'untainted' : exists.length > 0 ? 'modified' : 'tainted'}\n`,
        );
      else {
        terminal.err(`${refusalText(result)}\n`);
        failures++;
      }
    }
    return failures === 0 ? 0 : 1;
  },
};
