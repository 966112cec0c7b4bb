import { useMemo, useState } from 'react';
import './files-as-text.css';
import { Choice } from '../../../kit/choice.tsx';
import { DifferenceLines } from '../../../kit/difference-view.tsx';
import { Segmented } from '../../../kit/segmented.tsx';
import { visibleText } from '../../../kit/visible-text.ts';
import { useText } from '../../i18n.ts';
import { designOf, useWorkspaceState, useWorkspaceStateSoon } from '../../workspace-context.ts';
import { fileChanges } from './file-changes.ts';
import { FileText } from './file-text.tsx';
import { useFollowedFile } from './use-followed-file.ts';

/** The files as text: each whole, to be edited, and what has changed in all of them since the last export. */
export default function FilesAsText() {
  const t = useText();
  const design = useWorkspaceStateSoon(designOf);
  const baseline = useWorkspaceState((state) => state.baseline);
  const [view, setView] = useState<'text' | 'changes'>('text');
  const { path, choose } = useFollowedFile();
  const changes = useMemo(() => fileChanges(baseline, design), [baseline, design]);
  const files = [...design.files.values()].filter(({ isOwn }) => !isOwn);
  return (
    <div className="files-as-text">
      <div className="files-as-text-bar">
        <Segmented
          label={t('yaml:view')}
          value={view}
          options={[
            { id: 'text', label: t('yaml:text') },
            {
              id: 'changes',
              label: changes.length === 0 ? t('yaml:changes') : t('yaml:changesCount', { count: changes.length }),
            },
          ]}
          onChange={setView}
        />
        {view === 'text' && files.length > 0 && (
          <Choice
            label={t('yaml:file')}
            labelHidden
            value={path ?? null}
            options={files.map(({ path: id }) => ({ id, label: visibleText(id) }))}
            onChange={choose}
          />
        )}
        {view === 'changes' && (
          <span className="quiet">{t(baseline.exported ? 'yaml:since' : 'yaml:sinceOpened')}</span>
        )}
      </div>
      {view === 'changes' ? <Changes changes={changes} /> : <OneFile path={path} />}
    </div>
  );
}

function OneFile({ path }: { readonly path: string | undefined }) {
  const t = useText();
  const file = useWorkspaceState(({ design }) => (path === undefined ? undefined : design.files.get(path)));
  if (!file) return <p className="quiet files-as-text-none">{t('yaml:noFiles')}</p>;
  if (file.binary !== undefined) return <p className="quiet files-as-text-none">{t('yaml:notText')}</p>;
  return <FileText key={file.path} file={file} />;
}

/** Files and lines drawn at once. */
const MOST_FILES = 50;
const MOST_LINES = 1000;

function Changes({ changes }: { readonly changes: ReturnType<typeof fileChanges> }) {
  const t = useText();
  if (changes.length === 0) return <p className="quiet files-as-text-none">{t('yaml:noChanges')}</p>;
  return (
    <div className="file-changes">
      {changes.slice(0, MOST_FILES).map((change) => (
        <figure key={change.path}>
          <figcaption>
            <span className="mono">{visibleText(change.path)}</span>
            {change.what !== 'changed' && <span className="quiet">{t(`yaml:${change.what}`)}</span>}
          </figcaption>
          <DifferenceLines
            lines={change.lines()}
            label={t('dialogs:writes', { file: change.path })}
            most={MOST_LINES}
            moreWords={(count) => t('inspector:moreFields', { count })}
          />
        </figure>
      ))}
      {changes.length > MOST_FILES && (
        <p className="quiet">{t('inspector:moreFields', { count: changes.length - MOST_FILES })}</p>
      )}
    </div>
  );
}
