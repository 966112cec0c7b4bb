import { arrayAt, isJsonObject, nameAt } from '../../../base/json.ts';
import { TIME_ZONES_BY_AREA } from '../../../kinds/cronjob/time-zones.ts';
import { ENV_FIELD_PATHS } from '../../../kinds/shared/pod-spec/env-field-paths.ts';
import { namespacesOf } from '../../dialogs/namespaces.ts';
import type { Answer, Question } from './answer.ts';
import { pointedAnswers, pointedAt } from './reference-answers.ts';
import { portAnswers } from './port-answers.ts';

type Answers = () => readonly Answer[];

/** Resources of a container that a variable can be taken from. Source: core/v1 ResourceFieldSelector, 1.36. */
const RESOURCE_FIELDS = ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [
  `limits.${name}`,
  `requests.${name}`,
]);

/** Fields, by the type they stand in and their name, whose answers are the same everywhere or stand in the object itself. */
const BY_FIELD: Readonly<Record<string, (question: Question) => readonly Answer[]>> = {
  'v1.ObjectFieldSelector fieldPath': () => ENV_FIELD_PATHS.map((value) => ({ value })),
  'v1.ResourceFieldSelector resource': () => RESOURCE_FIELDS.map((value) => ({ value })),
  'v1.VolumeMount name': volumesOf,
  'batch/v1.CronJobSpec timeZone': timeZones,
  'meta/v1.ObjectMeta namespace': ({ design }) => namespacesOf(design).map((value) => ({ value })),
};

/**
 * What can be written into a field because it is there: names of objects, keys, ports, volumes. Undefined for a field that
 * points at nothing; the list is made when it is asked for.
 */
export function answersAt(question: Question): Answers | undefined {
  const { path, schemaAt } = question;
  const parent = schemaAt(path.slice(0, -1)).typeId;
  const known = BY_FIELD[`${parent} ${path.at(-1)}`];
  if (known) return () => known(question);
  const ports = portAnswers(question);
  if (ports) return ports;
  const pointed = pointedAt(question);
  return pointed && (() => pointedAnswers(question, pointed));
}

/** Volumes of the Pod around a mount, and the claims that its controller makes for each Pod. */
function volumesOf({ object, registry }: Question): readonly Answer[] {
  const template = registry.of(object).podTemplate?.(object);
  const names = (list: readonly unknown[], hint: string): Answer[] =>
    list.flatMap((item) => {
      const name = nameAt(item, 'name') ?? nameAt(item, 'metadata', 'name');
      return name === undefined ? [] : [{ value: name, hint: kindOfVolume(item) ?? hint }];
    });
  return [
    ...names(arrayAt(template?.spec, 'volumes'), ''),
    ...names(arrayAt(object, 'spec', 'volumeClaimTemplates'), 'PersistentVolumeClaim'),
  ];
}

function kindOfVolume(item: unknown): string | undefined {
  return isJsonObject(item) && nameAt(item, 'name') !== undefined
    ? Object.keys(item).find((key) => key !== 'name')
    : undefined;
}

function timeZones(): readonly Answer[] {
  return Object.entries(TIME_ZONES_BY_AREA).flatMap(([area, names]) =>
    names.split(' ').map((name) => ({ value: area === '' ? name : `${area}/${name}` })),
  );
}
