import { Plus } from 'lucide-react';
import { formatFieldPath } from '../../../../../apimachinery/field-path.ts';
import { arrayAt, isJsonObject, nameAt, valueAt } from '../../../../../base/json.ts';
import type { JsonValue, Path } from '../../../../../base/json.ts';
import { Button } from '../../../../../kit/button.tsx';
import { Choice } from '../../../../../kit/choice.tsx';
import { CommitInput } from '../../../../../kit/commit-input.tsx';
import { useText } from '../../../../i18n.ts';
import { useForm } from '../../form-context.ts';
import { ProblemsAtField } from '../../problems-at-field.tsx';
import { RestOfFields } from '../../rest-of-fields.tsx';
import { ItemList } from '../parts/item-list.tsx';
import { Labelled } from '../parts/labelled.tsx';
import {
  MAIN_FIELDS,
  USUAL_SOURCES,
  beginSource,
  freeMountPath,
  mountsOf,
  removeMounts,
  renameVolume,
  sourceOf,
} from './volume-sources.ts';

/** The volumes of a Pod: what each is made from, and in which containers it is seen. */
export function Volumes({ path }: { readonly path: Path }) {
  const { object, edit } = useForm();
  const t = useText();
  const specPath = path.slice(0, -1);
  const mounts = (item: JsonValue) => mountsOf(valueAt(object, ...specPath), specPath, nameAt(item, 'name') ?? '');
  const list = arrayAt(object, ...path);
  return (
    <ItemList
      path={path}
      add={t('fields:volume.add')}
      begin={() => ({ name: freeName(list), emptyDir: {} })}
      nameOf={(item, index) => nameAt(item, 'name') ?? `#${index + 1}`}
      remove={(at, item) =>
        edit([...removeMounts(mounts(item), object), { op: 'delete', path: list.length === 1 ? path : at }])
      }
    >
      {(at, item) => <Volume path={at} item={item} />}
    </ItemList>
  );
}

function Volume({ path, item }: { readonly path: Path; readonly item: JsonValue }) {
  const { object, guide, edit } = useForm();
  const t = useText();
  const specPath = path.slice(0, -2);
  const name = nameAt(item, 'name') ?? '';
  const source = sourceOf(item);
  const others = [...guide.schemaAt(path).properties.keys()].filter((key) => key !== 'name');
  const sources = [...new Set([...USUAL_SOURCES, ...others, source])];
  const mounts = mountsOf(valueAt(object, ...specPath), specPath, name);
  const main = MAIN_FIELDS[source] ?? [];
  return (
    <>
      <div className="item-row">
        <div data-field={formatFieldPath([...path, 'name'])}>
          <CommitInput
            label={t('fields:volume.name')}
            labelHidden
            mono
            value={name}
            onCommit={(next) => edit(renameVolume(path, next, name === '' ? [] : mounts))}
          />
          <ProblemsAtField path={[...path, 'name']} />
        </div>
        <SourceChoice path={path} item={item} source={source} sources={sources} />
      </div>
      {main.length > 0 && (
        <div className="item-row">
          {main.map((field) => (
            <Labelled key={field} path={[...path, source, field]} />
          ))}
        </div>
      )}
      <ProblemsAtField path={[...path, source]} />
      {isJsonObject(valueAt(item, source)) && <RestOfFields path={[...path, source]} omit={main} drawsUnset />}
      <MountedAt path={path} name={name} />
    </>
  );
}

interface SourceChoiceProps {
  readonly path: Path;
  readonly item: JsonValue;
  readonly source: string;
  readonly sources: readonly string[];
}

function SourceChoice({ path, item, source, sources }: SourceChoiceProps) {
  const { edit, guide, start } = useForm();
  const t = useText();
  const choose = async (next: string) => {
    const gone = valueAt(item, source) === undefined ? [] : [{ op: 'delete', path: [...path, source] } as const];
    const value = beginSource(next, item);
    const at = [...path, next];
    // What others begin as is asked of the rules of the API server.
    const begun = value === undefined ? await start(at, guide.schemaAt(at)) : undefined;
    const set = value === undefined ? (begun ?? []) : [{ op: 'set', path: at, value } as const];
    edit([...gone, ...set.filter(({ path: one }) => one.length > path.length)]);
  };
  return (
    <Choice
      label={t('fields:volume.source', { name: nameAt(item, 'name') ?? '' })}
      labelHidden
      value={source}
      options={sources.map((id) => ({ id, label: id }))}
      onChange={(next) => void choose(next)}
    />
  );
}

/** Where containers see a volume, and a button for each container that does not. */
function MountedAt({ path, name }: { readonly path: Path; readonly name: string }) {
  const { object, edit } = useForm();
  const t = useText();
  const specPath = path.slice(0, -2);
  const spec = valueAt(object, ...specPath);
  const mounts = mountsOf(spec, specPath, name);
  const unmounted = arrayAt(spec, 'containers').flatMap((container, at) =>
    mounts.some((mount) => mount.path.includes(at) && mount.path.includes('containers')) ? [] : [{ container, at }],
  );
  return (
    <div className="mounted-at">
      {mounts.length === 0 && <p className="widget-words tone-warn">{t('fields:volume.unmounted')}</p>}
      {mounts.map(({ path: at, container, mount }) => (
        <div key={formatFieldPath(at)} className="mount-line" data-field={formatFieldPath(at)}>
          <span className="field-hint">{container}</span>
          <Labelled
            path={[...at, at.includes('volumeDevices') ? 'devicePath' : 'mountPath']}
            title={t('fields:volume.mountPath', { container })}
            titleHidden
          />
          <span className="field-hint">{mount['readOnly'] === true ? t('fields:volume.readOnly') : ''}</span>
        </div>
      ))}
      {unmounted.length > 0 && name !== '' && (
        <div className="mount-adds">
          {unmounted.map(({ container, at }) => (
            <Button
              key={at}
              small
              look="quiet"
              onPress={() =>
                edit([
                  {
                    op: 'append',
                    path: [...specPath, 'containers', at, 'volumeMounts'],
                    value: { name, mountPath: freeMountPath(container, name) },
                  },
                ])
              }
            >
              <Plus size={14} aria-hidden />{' '}
              {t('fields:volume.mountIn', { container: nameAt(container, 'name') ?? '' })}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function freeName(list: readonly JsonValue[]): string {
  const taken = new Set(list.map((item) => nameAt(item, 'name')));
  let name = 'data';
  for (let number = 2; taken.has(name); number++) name = `data-${number}`;
  return name;
}
