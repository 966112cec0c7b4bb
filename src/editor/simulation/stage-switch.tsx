import { Segmented } from '../../kit/segmented.tsx';
import { useText } from '../i18n.ts';
import { STAGES, pane, usePane } from './pane-state.ts';

/** Which picture of the run is shown; the moment stays the same. */
export function StageSwitch() {
  const t = useText();
  const stage = usePane((state) => state.stage);
  return (
    <Segmented
      label={t('rehearsal:view')}
      value={stage}
      options={STAGES.map((id) => ({ id, label: t(`rehearsal:view.${id}`) }))}
      onChange={(next) => pane.setState({ stage: next })}
    />
  );
}
