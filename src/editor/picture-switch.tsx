import { PICTURES } from '../design/design.ts';
import { Segmented } from '../kit/segmented.tsx';
import { useText } from './i18n.ts';
import { page, usePage } from './page-state.ts';
import { StageSwitch } from './simulation/stage-switch.tsx';
import { useWorkspace, useWorkspaceState } from './workspace-context.ts';

/** Two pictures of one design: what there is, and where it would run; while a run is open, the pictures of the run. */
export function PictureSwitch() {
  const t = useText();
  const workspace = useWorkspace();
  const picture = useWorkspaceState((state) => state.picture);
  const isEmpty = useWorkspaceState(({ design }) => design.files.size === 0);
  const mode = usePage((state) => state.mode);
  if (mode === 'simulation') return <StageSwitch />;
  if (isEmpty) return null;
  return (
    <Segmented
      label={t('canvas:picture')}
      value={picture}
      options={PICTURES.map((id) => ({ id, label: t(`canvas:picture.${id}`) }))}
      onChange={(next) => {
        page.setState({ edge: undefined });
        workspace.showPicture(next);
      }}
    />
  );
}
