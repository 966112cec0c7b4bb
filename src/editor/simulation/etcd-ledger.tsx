import { useState } from 'react';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { Choice } from '../../kit/choice.tsx';
import { DifferenceView } from '../../kit/difference-view.tsx';
import { useText } from '../i18n.ts';
import { useLook } from './use-look.ts';
import { yamlOf } from './yaml-of.ts';

const MOST_ROWS = 400;

/** The keys of etcd at the moment that is shown; of the one that is chosen, what it was at each revision. */
export function EtcdLedger() {
  const t = useText();
  const space = useLook({ type: 'keys' });
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<string | undefined>();
  if (space === undefined) return null;
  const wanted = words.trim().toLowerCase();
  const shown = space.keys.filter(({ key }) => key.toLowerCase().includes(wanted));
  return (
    <div className="sim-etcd">
      <div className="sim-ledger">
        <div className="sim-ledger-tools">
          <input
            className="input sim-search"
            type="search"
            placeholder={t('rehearsal:findKeys')}
            aria-label={t('rehearsal:findKeys')}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <span className="quiet">
            {t('rehearsal:keysOf', { count: shown.length })} · {t('rehearsal:atRevision', { revision: space.revision })}
            {space.compactRevision > 0 && ` · ${t('rehearsal:compacted', { revision: space.compactRevision })}`}
          </span>
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
        <section className="sim-ledger-table" tabIndex={0} aria-label={t('rehearsal:etcd')}>
          <table>
            <thead>
              <tr>
                {(['key', 'created', 'modified', 'version'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`rehearsal:etcd.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.slice(0, MOST_ROWS).map(({ key, createRevision, modRevision, version }) => (
                <tr key={key} className={key === chosen ? 'sim-row-now' : ''}>
                  <th scope="row">
                    <button type="button" className="sim-link mono" onClick={() => setChosen(key)}>
                      {key}
                    </button>
                  </th>
                  <td>{createRevision}</td>
                  <td className={modRevision === space.revision ? 'sim-newest' : ''}>{modRevision}</td>
                  <td>{version}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
      {chosen === undefined ? <p className="dock-empty">{t('rehearsal:chooseKey')}</p> : <KeyHistory name={chosen} />}
    </div>
  );
}

/** An object does not know its revision in etcd: the server writes it in when it reads. */
function asStored({ apiVersion, kind, metadata, ...rest }: KubernetesObject): JsonObject {
  if (!isJsonObject(metadata)) return { apiVersion, kind, ...rest };
  const { resourceVersion: _, ...own } = metadata;
  return { apiVersion, kind, metadata: own, ...rest };
}

/** Before the first revision there was nothing. */
const NOTHING = 'nothing';

/** The revisions of one key, and what changed between two of them: the last two until others are chosen. */
function KeyHistory({ name }: { readonly name: string }) {
  const t = useText();
  const history = useLook({ type: 'key', key: name });
  const [pair, setPair] = useState<{ readonly from: string; readonly to: string } | undefined>();
  if (history === undefined) return <div className="sim-history" />;
  const { revisions } = history;
  if (revisions.length === 0) return <p className="dock-empty">{t('rehearsal:noHistory')}</p>;
  const texts = new Map(revisions.map(({ revision, value }) => [String(revision), value]));
  const newest = revisions.at(-1)!;
  const before = revisions.at(-2);
  const known = (id: string | undefined): string | undefined =>
    id !== undefined && (id === NOTHING || texts.has(id)) ? id : undefined;
  const from = known(pair?.from) ?? (before === undefined ? NOTHING : String(before.revision));
  const to = known(pair?.to) ?? String(newest.revision);
  const options = revisions.toReversed().map(({ revision, value }) => ({
    id: String(revision),
    label: value === undefined ? t('rehearsal:erasedAt', { revision }) : String(revision),
  }));
  const textAt = (id: string): string => {
    const value = texts.get(id);
    return value === undefined ? '' : yamlOf(asStored(value));
  };
  const words = (id: string): string => (id === NOTHING ? t('rehearsal:beginning') : id);
  return (
    <section className="sim-history" aria-label={t('rehearsal:history', { key: name })}>
      <div className="sim-ledger-tools">
        <b className="mono" title={name}>
          {name.replace('/registry/', '')}
        </b>
        <Choice
          label={t('rehearsal:compareFrom')}
          labelHidden
          value={from}
          options={[...options, { id: NOTHING, label: t('rehearsal:beginning') }]}
          onChange={(id) => setPair({ from: id, to })}
        />
        →
        <Choice
          label={t('rehearsal:compareTo')}
          labelHidden
          value={to}
          options={options}
          onChange={(id) => setPair({ from, to: id })}
        />
      </div>
      <DifferenceView
        before={textAt(from)}
        after={textAt(to)}
        label={t('rehearsal:difference', { from: words(from), to: words(to) })}
      />
    </section>
  );
}
