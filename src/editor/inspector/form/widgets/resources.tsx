import { Plus } from 'lucide-react';
import { Fragment, useState } from 'react';
import { formatFieldPath } from '../../../../apimachinery/field-path.ts';
import { isJsonObject, objectAt, valueAt } from '../../../../base/json.ts';
import type { Path } from '../../../../base/json.ts';
import { Button } from '../../../../kit/button.tsx';
import { SuggestInput } from '../../../../kit/suggest-input.tsx';
import { useText } from '../../../i18n.ts';
import { RestOfFields } from '../rest-of-fields.tsx';
import { useForm } from '../form-context.ts';
import { ProblemsAtField } from '../problems-at-field.tsx';
import { ScalarControl } from '../scalar-control.tsx';

const SIDES = ['requests', 'limits'] as const;
const USUAL = ['cpu', 'memory'];
const OTHERS = ['ephemeral-storage', 'hugepages-2Mi', 'hugepages-1Gi', 'nvidia.com/gpu', 'amd.com/gpu'];

/** Requests and limits side by side, a row for each resource; what each amount means stands beneath it. */
export function Resources({ path }: { readonly path: Path }) {
  const { object, guide, problems } = useForm();
  const t = useText();
  const [more, setMore] = useState<readonly string[]>([]);
  const value = valueAt(object, ...path);
  // The claims of a volume ask for storage and nothing else.
  const usual = guide.schemaAt(path).typeId === 'v1.VolumeResourceRequirements' ? ['storage'] : USUAL;
  const names = [...new Set([...usual, ...SIDES.flatMap((side) => Object.keys(objectAt(value, side) ?? {})), ...more])];
  return (
    <div className="resources">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('fields:resource')}</th>
            {SIDES.map((side) => (
              <th key={side} scope="col" title={guide.describe([...path, side])}>
                {side}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <Fragment key={name}>
              <tr>
                <th scope="row">
                  <code>{name}</code>
                </th>
                {SIDES.map((side) => (
                  <td key={side} data-field={formatFieldPath([...path, side, name])}>
                    <ScalarControl path={[...path, side, name]} title={`${side} ${name}`} titleHidden />
                  </td>
                ))}
              </tr>
              {SIDES.some((side) => problems.at([...path, side, name]).length > 0) && (
                <tr>
                  <td colSpan={3}>
                    {SIDES.map((side) => (
                      <ProblemsAtField key={side} path={[...path, side, name]} />
                    ))}
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
      <AddResource taken={names} onAdd={(name) => setMore([...more, name])} />
      {isJsonObject(value) && <p className="widget-words">{t('fields:resourcesMean')}</p>}
      <RestOfFields path={path} omit={SIDES} />
    </div>
  );
}

function AddResource({ taken, onAdd }: { readonly taken: readonly string[]; readonly onAdd: (name: string) => void }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <div className="add-row">
        <Button small look="quiet" onPress={() => setOpen(true)}>
          <Plus size={14} aria-hidden /> {t('fields:addResource')}
        </Button>
      </div>
    );
  return (
    <SuggestInput
      label={t('fields:resourceName')}
      value=""
      // Opened to be answered at once.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      options={() => OTHERS.filter((id) => !taken.includes(id)).map((id) => ({ id }))}
      openLabel={t('fields:offer', { field: t('fields:resourceName') })}
      onCommit={(name) => {
        if (name !== '') onAdd(name);
        setOpen(false);
        return undefined;
      }}
    />
  );
}
