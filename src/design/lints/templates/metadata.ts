import { annotationsOf, labelsOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { Lint } from '../lint.ts';
import { NO_SPOTS, perRecord } from '../spots.ts';
import { matchOf } from './parameters.ts';
import type { Match, ParameterTypes, Parameters } from './parameters.ts';
import type { LintTemplate } from './template.ts';

const PAIR: ParameterTypes = { key: { type: 'pattern', isRequired: true }, value: { type: 'pattern' } };

type Pairs = ReadonlyMap<string, string>;

/** Whether a label or an annotation is such a one. */
export function hasPair(pairs: Pairs, key: Match, value: Match): boolean {
  for (const [name, text] of pairs) if (key(name) && value(text)) return true;
  return false;
}

function pairsFinder(
  field: 'labels' | 'annotations',
  pairsOf: (object: KubernetesObject) => Pairs,
  isWanted: boolean,
): (parameters: Parameters) => Lint['find'] {
  return ({ key, value }) => {
    const [matchesKey, matchesValue] = [matchOf(key), matchOf(value)];
    const pair = `${String(key)}=${value === undefined || value === '' ? '<any>' : String(value)}`;
    return perRecord(({ object }) =>
      hasPair(pairsOf(object), matchesKey, matchesValue) === isWanted
        ? NO_SPOTS
        : [{ at: ['metadata', field], params: { pair } }],
    );
  };
}

export const requiredLabel: LintTemplate = {
  key: 'required-label',
  kinds: ['Any'],
  parameters: PAIR,
  find: pairsFinder('labels', labelsOf, true),
};

export const requiredAnnotation: LintTemplate = {
  key: 'required-annotation',
  kinds: ['Any'],
  parameters: PAIR,
  find: pairsFinder('annotations', annotationsOf, true),
};

export const forbiddenAnnotation: LintTemplate = {
  key: 'forbidden-annotation',
  kinds: ['Any'],
  parameters: PAIR,
  find: pairsFinder('annotations', annotationsOf, false),
};
