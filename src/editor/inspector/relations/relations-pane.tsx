import { Cable, Unplug } from 'lucide-react';
import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import { parseObjectIdentity } from '../../../apimachinery/object-identity.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { COMMANDS } from '../../../design/commands/index.ts';
import type { RecordId } from '../../../design/design.ts';
import type { ResolvedReference } from '../../../design/graph.ts';
import { REFERENCE_TYPES } from '../../../kinds/reference.ts';
import { Button, IconButton } from '../../../kit/button.tsx';
import { visibleText } from '../../../kit/visible-text.ts';
import { useText } from '../../i18n.ts';
import { KindIcon } from '../../icons/kind-icon.tsx';
import { openDialog, reveal } from '../../page-state.ts';
import { runCommand } from '../../run-command.ts';
import { useWorkspace, useWorkspaceState } from '../../workspace-context.ts';
import { selectorText } from './selector-text.ts';

const MOST_LISTED = 300;

/** What an object points at, and what points at it; each by its meaning and its field. */
export function RelationsPane({ id }: { readonly id: RecordId }) {
  const t = useText();
  const graph = useWorkspaceState((state) => state.graph);
  const outgoing = graph.outgoing(id);
  const incoming = graph.incoming(id);
  return (
    <div className="relations">
      <Button small onPress={() => openDialog({ type: 'connectTo', source: id })}>
        <Cable size={14} aria-hidden /> {t('inspector:connectTo')}
      </Button>
      <RelationList title={t('inspector:outgoing', { count: outgoing.length })} references={outgoing} side="to" />
      <RelationList title={t('inspector:incoming', { count: incoming.length })} references={incoming} side="from" />
    </div>
  );
}

interface RelationListProps {
  readonly title: string;
  readonly references: readonly ResolvedReference[];
  readonly side: 'from' | 'to';
}

function RelationList({ title, references, side }: RelationListProps) {
  const t = useText();
  return (
    <section>
      <h3>{title}</h3>
      {references.length === 0 && <p className="quiet relation-none">{t('inspector:none')}</p>}
      <ul className="relation-list">
        {references.slice(0, MOST_LISTED).map((reference) => (
          <Relation key={reference.index} reference={reference} side={side} />
        ))}
      </ul>
      {references.length > MOST_LISTED && (
        <p className="quiet">{t('inspector:moreFields', { count: references.length - MOST_LISTED })}</p>
      )}
    </section>
  );
}

function Relation({ reference, side }: { readonly reference: ResolvedReference; readonly side: 'from' | 'to' }) {
  const t = useText();
  const workspace = useWorkspace();
  const { type, field, optional, key, port } = reference.declaration;
  // Where an object lives and what it runs are facts of it, not arrows.
  const isFact = reference.declaration.target.by === 'external' || REFERENCE_TYPES[type].line === 'containment';
  const extra = [key, port === undefined ? undefined : `:${port}`].filter((part) => part !== undefined).join(' ');
  return (
    <li className="relation">
      <div className="relation-main">
        <span className="relation-type">{t(`references:${type}`)}</span>
        <Target reference={reference} side={side} />
        <p className="relation-field">
          <code>{formatFieldPath(field)}</code>
          {extra !== '' && <code>{visibleText(extra)}</code>}
          {optional && <span className="quiet">{t('inspector:optional')}</span>}
          {!reference.resolved && !optional && <span className="tone-bad">{t('canvas:missing')}</span>}
          {reference.because && <span className="quiet">{t(`inspector:because.${reference.because}`)}</span>}
        </p>
      </div>
      {!isFact && (
        <IconButton
          small
          label={t('inspector:disconnectField', { field: formatFieldPath(field) })}
          icon={<Unplug size={14} />}
          onPress={() => runCommand(workspace, COMMANDS.disconnectReference, { reference }, t)}
        />
      )}
    </li>
  );
}

function Target({ reference, side }: { readonly reference: ResolvedReference; readonly side: 'from' | 'to' }) {
  const workspace = useWorkspace();
  const other = side === 'from' ? reference.from : reference.to;
  const record = useWorkspaceState(({ design }) => (other === null ? undefined : design.records.get(other)));
  const definition = useWorkspaceState(({ registry }) => record && registry.of(record.object));
  if (!record || !definition) return <span className="relation-missing">{visibleText(targetText(reference))}</span>;
  return (
    <button
      type="button"
      className="relation-target"
      onClick={() => {
        workspace.select([record.id]);
        reveal(record.id);
      }}
    >
      <KindIcon kind={definition} category={definition.category} />
      <b>{visibleText(nameOf(record.object))}</b>
      <span className="quiet">{record.object.kind}</span>
    </button>
  );
}

/** What a reference without a record points at, as text. */
function targetText({ toIdentity, declaration: { target } }: ResolvedReference): string {
  if (toIdentity !== null) {
    const { kind, namespace, name } = parseObjectIdentity(toIdentity);
    return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
  }
  return selectorText(target);
}
