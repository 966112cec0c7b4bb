import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, nameAt } from '../../../base/json.ts';
import type { ConnectionChosen, ConnectionOption, PodTemplateView } from '../../kind.ts';

/** The place of the container that was chosen by name; the first where none was. */
export function chosenContainer(spec: JsonObject, chosen: ConnectionChosen | undefined): number {
  const name = chosen?.container;
  return name === undefined ? 0 : Math.max(0, namesOf(spec).indexOf(name));
}

/** Nothing to choose where there is one container. */
export function containerOptions({ spec }: Pick<PodTemplateView, 'spec'>): readonly ConnectionOption[] {
  const values = namesOf(spec);
  const [value] = values;
  return value === undefined || values.length < 2 ? [] : [{ id: 'container', value, values }];
}

function namesOf(spec: JsonObject): readonly string[] {
  return arrayAt(spec, 'containers').map((container) => nameAt(container, 'name') ?? '');
}
