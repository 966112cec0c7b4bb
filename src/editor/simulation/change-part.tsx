import { DifferenceView } from '../../kit/difference-view.tsx';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { metadataOf, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { useText } from '../i18n.ts';
import { useAnswer } from './use-answer.ts';
import { yamlOf } from './yaml-of.ts';

/** What the step writes into etcd, tells or answers, beside the object as it was before. */
export function ChangePart() {
  const t = useText();
  const change = useAnswer('change', {});
  if (change === undefined) return <p className="dock-empty">{t('rehearsal:noChange')}</p>;
  const { before, after } = change;
  const shown = after ?? before;
  if (shown === undefined) return <p className="dock-empty">{t('rehearsal:noChange')}</p>;
  const [old, now] = [textOf(before), textOf(after)];
  return (
    <div className="sim-bodies">
      <p>
        <code>
          {shown.kind}/{namespaceOf(shown) ?? ''}/{nameOf(shown)}
        </code>{' '}
        {before === undefined
          ? t('rehearsal:isNew')
          : after === undefined
            ? t('rehearsal:isGone')
            : old === now
              ? t('rehearsal:isSame')
              : t('rehearsal:isChanged')}
      </p>
      {old !== now && <DifferenceView before={old} after={now} label={t('rehearsal:change')} />}
    </div>
  );
}

function textOf(object: KubernetesObject | undefined): string {
  if (object === undefined) return '';
  // It is given when the object is written: the headers have it.
  const { resourceVersion: _, ...metadata } = metadataOf(object) ?? {};
  return yamlOf({ ...object, metadata });
}
