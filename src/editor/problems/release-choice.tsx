import { useStore } from 'zustand';
import { Choice } from '../../kit/choice.tsx';
import { TARGET_RELEASES } from '../../openapi/resource.ts';
import { useText } from '../i18n.ts';
import { changeSettings, settings } from '../settings.ts';
import { useWorkspace } from '../workspace-context.ts';

/** Which Kubernetes the manifests are meant for: what is an old API depends on it. */
export function ReleaseChoice() {
  const t = useText();
  const workspace = useWorkspace();
  const release = useStore(settings, (state) => state.release);
  return (
    <div className="release-choice">
      <Choice
        label={t('problems:release')}
        labelHidden
        value={String(release)}
        options={TARGET_RELEASES.map((minor) => ({ id: String(minor), label: `Kubernetes 1.${minor}` }))}
        onChange={(id) => {
          changeSettings({ release: Number(id) });
          workspace.meanFor(Number(id));
        }}
      />
    </div>
  );
}
