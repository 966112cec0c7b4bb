import { formatLabelSelector, parseLabelSelector } from '../../../../../apimachinery/label-selector.ts';
import { nameAt, numberAt, stringAt, valueAt } from '../../../../../base/json.ts';
import type { JsonValue } from '../../../../../base/json.ts';
import type { Text } from '../../../../i18n.ts';
import { spaced } from '../parts/spaced.ts';
import { durationWords } from '../schedule-words.ts';

/** A taint as kubectl writes it: `gpu=yes:NoSchedule`. */
export function taintText(taint: JsonValue): string {
  const value = nameAt(taint, 'value');
  return `${nameAt(taint, 'key') ?? ''}${value === undefined ? '' : `=${value}`}:${nameAt(taint, 'effect') ?? ''}`;
}

/**
 * What a toleration allows, as a sentence. Source: core/v1 Toleration, 1.36: no key with `Exists` is every taint, no
 * effect every effect, and `tolerationSeconds` counts for `NoExecute` alone.
 */
export function tolerationWords(toleration: JsonValue, t: Text, language: string): string {
  const key = nameAt(toleration, 'key');
  const operator = nameAt(toleration, 'operator') ?? 'Equal';
  const value = stringAt(toleration, 'value') ?? '';
  const taint =
    key === undefined
      ? t('fields:toleration.everyTaint')
      : operator === 'Exists'
        ? t('fields:toleration.anyValue', { key })
        : operator === 'Equal'
          ? t('fields:toleration.taint', { taint: `${key}=${value}` })
          : t('fields:toleration.taint', { taint: `${key} ${operator === 'Gt' ? '>' : '<'} ${value}` });
  return spaced(t('fields:toleration.sentence', { taint, follows: effectWords(toleration, t, language) }));
}

function effectWords(toleration: JsonValue, t: Text, language: string): string {
  const seconds = numberAt(toleration, 'tolerationSeconds');
  switch (nameAt(toleration, 'effect')) {
    case 'NoSchedule':
      return t('fields:toleration.NoSchedule');
    case 'PreferNoSchedule':
      return t('fields:toleration.PreferNoSchedule');
    case 'NoExecute':
      return seconds === undefined
        ? t('fields:toleration.NoExecute')
        : t('fields:toleration.NoExecuteFor', { time: durationWords(Math.max(0, seconds), language) });
    default:
      return t('fields:toleration.everyEffect');
  }
}

/** What Nodes have in common that have one value of this label. */
function placeWords(topologyKey: string, t: Text): string {
  switch (topologyKey) {
    case 'kubernetes.io/hostname':
      return t('fields:topology.node');
    case 'topology.kubernetes.io/zone':
      return t('fields:topology.zone');
    case 'topology.kubernetes.io/region':
      return t('fields:topology.region');
    default:
      return t('fields:topology.other', { key: topologyKey });
  }
}

/** The Pods of a selector as kubectl writes it; a selector that is missing selects none. */
export function podsWords(selector: JsonValue | undefined, t: Text): string {
  if (selector === undefined || selector === null) return t('fields:pods.none');
  const labels = formatLabelSelector(parseLabelSelector(selector));
  return labels === '<none>' ? t('fields:pods.every') : t('fields:pods.with', { labels });
}

/** What a term of a pod affinity or anti-affinity asks, as a sentence. */
export function podTermWords(
  term: JsonValue,
  { apart, weight }: { readonly apart: boolean; readonly weight?: number | undefined },
  t: Text,
): string {
  const params = {
    pods: podsWords(valueAt(term, 'labelSelector'), t),
    place: placeWords(nameAt(term, 'topologyKey') ?? '', t),
    weight: weight ?? 0,
  };
  if (weight === undefined) return spaced(t(apart ? 'fields:podTerm.never' : 'fields:podTerm.only', params));
  return spaced(t(apart ? 'fields:podTerm.ratherNot' : 'fields:podTerm.rather', params));
}

/** What a topology spread constraint asks, as a sentence. */
export function spreadWords(constraint: JsonValue, t: Text): string {
  return spaced(
    t(nameAt(constraint, 'whenUnsatisfiable') === 'ScheduleAnyway' ? 'fields:spread.rather' : 'fields:spread.must', {
      pods: podsWords(valueAt(constraint, 'labelSelector'), t),
      place: placeWords(nameAt(constraint, 'topologyKey') ?? '', t),
      count: numberAt(constraint, 'maxSkew') ?? 1,
    }),
  );
}
