import { useConnection, useStore } from '@xyflow/react';
import { useMemo } from 'react';
import { falseWire } from '../../design/wires.ts';
import { isRefusal } from '../../kinds/field-edit.ts';
import { visibleText } from '../../kit/visible-text.ts';
import { verdictBetween } from '../connecting/meanings.ts';
import { useText } from '../i18n.ts';
import { refusalText } from '../run-command.ts';
import { useWorkspaceState } from '../workspace-context.ts';

/** While an arrow is drawn: what it would mean at the card under it, or why it cannot end there. */
export default function ConnectHint() {
  const t = useText();
  const source = useConnection((connection) => (connection.inProgress ? connection.fromNode.id : undefined));
  const target = useConnection((connection) => (connection.inProgress ? connection.toNode?.id : undefined));
  const tapped = useStore((state) => state.connectionClickStartHandle !== null);
  const design = useWorkspaceState((state) => state.design);
  const registry = useWorkspaceState((state) => state.registry);
  const picture = useWorkspaceState((state) => state.picture);
  const isDrawn = source !== undefined && target !== undefined && source !== target;
  const isBetweenObjects = isDrawn && design.records.has(source) && design.records.has(target);
  const verdict = useMemo(
    () => (isBetweenObjects ? verdictBetween({ design, registry }, source, target) : undefined),
    [design, registry, source, target, isBetweenObjects],
  );
  const wire = isDrawn && !isBetweenObjects ? falseWire(design, picture, source, target) : undefined;
  if (tapped) return <p className="canvas-hint">{t('canvas:tapTarget')}</p>;
  if (source === undefined) return null;
  if (wire) return <p className="canvas-hint canvas-hint-bad">{refusalText(t, wire)}</p>;
  if (!verdict) return <p className="canvas-hint">{t('canvas:dragTarget')}</p>;
  if (isRefusal(verdict)) return <p className="canvas-hint canvas-hint-bad">{refusalText(t, verdict)}</p>;
  const { id, names } = verdict.legal;
  return (
    <p className="canvas-hint canvas-hint-good">
      {t(`connections:${id}`, { from: visibleText(names.from), to: visibleText(names.to) })}
    </p>
  );
}
