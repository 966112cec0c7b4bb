import { arrayAt, nameAt, valueAt } from '../../../../../base/json.ts';
import type { JsonValue, Path } from '../../../../../base/json.ts';
import { useText } from '../../../../i18n.ts';
import { useForm } from '../../form-context.ts';
import { RestOfFields } from '../../rest-of-fields.tsx';
import { ItemList } from '../parts/item-list.tsx';
import { Labelled } from '../parts/labelled.tsx';
import { freeMountPath, sourceOf } from './volume-sources.ts';

const DRAWN = ['name', 'mountPath', 'readOnly'];

/** What a container sees of the volumes of its Pod: which, where, and whether it may write there. */
export function VolumeMounts({ path }: { readonly path: Path }) {
  const { object } = useForm();
  const t = useText();
  const container = valueAt(object, ...path.slice(0, -1));
  const volumes = arrayAt(object, ...path.slice(0, -3), 'volumes');
  const begin = () => {
    const mounted = new Set(arrayAt(object, ...path).map((mount) => nameAt(mount, 'name')));
    const names = volumes.flatMap((volume) => nameAt(volume, 'name') ?? []);
    const name = names.find((one) => !mounted.has(one)) ?? names[0] ?? 'data';
    return { name, mountPath: freeMountPath(container, name) };
  };
  return (
    <ItemList
      path={path}
      add={t('fields:volume.addMount')}
      begin={begin}
      nameOf={(item, index) => nameAt(item, 'mountPath') ?? `#${index + 1}`}
    >
      {(at, item) => (
        <>
          <div className="item-row">
            <Labelled path={[...at, 'name']} title={t('fields:volume.which')} />
            <Labelled path={[...at, 'mountPath']} />
          </div>
          <Labelled path={[...at, 'readOnly']} />
          <p className="widget-words">{mountWords(item, volumes, t)}</p>
          <RestOfFields path={at} omit={DRAWN} drawsUnset />
        </>
      )}
    </ItemList>
  );
}

function mountWords(mount: JsonValue, volumes: readonly JsonValue[], t: ReturnType<typeof useText>): string {
  const name = nameAt(mount, 'name') ?? '';
  const volume = volumes.find((one) => nameAt(one, 'name') === name);
  const params = {
    source: volume === undefined ? 'PersistentVolumeClaim' : sourceOf(volume),
    volume: name,
    path: nameAt(mount, 'mountPath') ?? '',
  };
  return t(valueAt(mount, 'readOnly') === true ? 'fields:volume.seenReadOnly' : 'fields:volume.seen', params);
}
