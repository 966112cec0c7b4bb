import { ChevronRight, X } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import { isJsonObject, valueAt } from '../../../base/json.ts';
import type { JsonValue, Path } from '../../../base/json.ts';
import { IconButton } from '../../../kit/button.tsx';
import { visibleText } from '../../../kit/visible-text.ts';
import { useText } from '../../i18n.ts';
import { AddField } from './add-field.tsx';
import { SeverityIcon } from '../../problems/problem-line.tsx';
import { isWithin } from './field-problems.ts';
import { useForm } from './form-context.ts';
import { fieldTitle } from './main-fields.ts';
import { MissingField } from './missing-field.tsx';
import { ProblemsAtField } from './problems-at-field.tsx';
import { ScalarField } from './scalar-field.tsx';
import { FieldInfo } from './field-info.tsx';
import { groupWidget } from './widgets/group-widget.tsx';

/** Items drawn at once; a Lease list or a large ConfigMap must not freeze the form. */
const MOST_CHILDREN = 200;

interface FieldTreeProps {
  readonly path: Path;
  /** Drawn elsewhere. */
  readonly omit?: readonly string[];
  /** What is omitted can be set where it is drawn, and is not offered here. */
  readonly drawsUnset?: boolean;
}

/** Everything that is set under a path, and a way to set more. Groups draw their content when they are opened. */
export function FieldTree({ path, omit = [], drawsUnset = false }: FieldTreeProps) {
  const { object, wanted } = useForm();
  const [dismissed, setDismissed] = useState<Path | undefined>(undefined);
  const [draft, setDraft] = useState<string | number | undefined>(undefined);
  const t = useText();
  const value = valueAt(object, ...path);
  const keys = childKeys(value).filter((key) => !omit.includes(String(key)));
  const asked = wanted && wanted !== dismissed && isWithin(wanted, path) ? wanted[path.length] : undefined;
  const missing = asked !== undefined && asked !== draft && valueAt(object, ...path, asked) === undefined;
  return (
    <div className="field-tree">
      {keys.slice(0, MOST_CHILDREN).map((key) => (
        <FieldNode key={key} path={[...path, key]} />
      ))}
      {keys.length > MOST_CHILDREN && (
        <p className="quiet">{t('inspector:moreFields', { count: keys.length - MOST_CHILDREN })}</p>
      )}
      {draft !== undefined && valueAt(object, ...path, draft) === undefined && (
        <ScalarField path={[...path, draft]} draft onDone={() => setDraft(undefined)} />
      )}
      {missing && !Array.isArray(value) && <MissingField path={[...path, asked]} onDone={() => setDismissed(wanted)} />}
      <AddField path={path} omit={drawsUnset ? omit : []} onDraft={setDraft} />
    </div>
  );
}

function childKeys(value: JsonValue | undefined): readonly (string | number)[] {
  if (Array.isArray(value)) return value.map((_, index) => index);
  return isJsonObject(value) ? Object.keys(value) : [];
}

function FieldNode({ path }: { readonly path: Path }) {
  const { object } = useForm();
  const value = valueAt(object, ...path);
  return typeof value === 'object' && value !== null ? <FieldGroup path={path} /> : <ScalarField path={path} />;
}

interface FieldGroupProps {
  readonly path: Path;
  readonly open?: boolean;
  /** Where it does not speak for itself: in the list of main fields. */
  readonly showWithin?: boolean;
}

export function FieldGroup({ path, open = false, showWithin }: FieldGroupProps) {
  const { object, edit, guide, problems, wanted } = useForm();
  const t = useText();
  const asked = wanted !== undefined && isWithin(wanted, path);
  const [expanded, setExpanded] = useState(open || asked);
  const [seen, setSeen] = useState(wanted);
  if (seen !== wanted) {
    setSeen(wanted);
    if (asked) setExpanded(true);
  }
  const { title, within } = fieldTitle(object, path);
  const wrong = expanded ? [] : problems.within(path);
  const value = valueAt(object, ...path);
  const count = childKeys(value).length;
  return (
    <Disclosure className="field-group" isExpanded={expanded} onExpandedChange={setExpanded}>
      <Heading level={3} className="field-group-head" data-field={formatFieldPath(path)}>
        <AriaButton slot="trigger" className="field-group-button">
          <ChevronRight size={14} aria-hidden />
          <span>{visibleText(title)}</span>
          {showWithin && within !== '' && <span className="field-hint field-within">{visibleText(within)}</span>}
          {wrong[0] && (
            <span className="group-problems">
              <SeverityIcon severity={wrong[0].severity} />
              {wrong.length}
            </span>
          )}
          <span className="field-hint">
            {Array.isArray(value) ? t('inspector:items', { count }) : t('inspector:fields', { count })}
          </span>
        </AriaButton>
        <IconButton
          small
          className="form-remove"
          label={t('inspector:removeField', { field: formatFieldPath(path) })}
          icon={<X size={12} />}
          onPress={() => edit([{ op: 'delete', path }])}
        />
        <FieldInfo path={path} title={title} />
      </Heading>
      <ProblemsAtField path={path} />
      <DisclosurePanel>{expanded && (groupWidget(path, guide.schemaAt) ?? <FieldTree path={path} />)}</DisclosurePanel>
    </Disclosure>
  );
}
