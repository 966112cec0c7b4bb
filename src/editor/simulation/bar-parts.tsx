import { ArrowLeft, Presentation } from 'lucide-react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { useText } from '../i18n.ts';
import { page } from '../page-state.ts';
import { CAPTIONS, DETAILS, changeSettings, settings } from '../settings.ts';
import type { Captions, DetailLevel } from '../settings.ts';
import { pane } from './pane-state.ts';

/** Back to the design. */
export function LeaveButton() {
  const t = useText();
  return (
    <Button look="quiet" onPress={() => page.setState({ mode: 'design' })}>
      <ArrowLeft size={16} aria-hidden />
      {t('simulation:leave')}
    </Button>
  );
}

/** How much is told, and in which languages. */
export function TellingChoices() {
  const t = useText();
  const { detail, captions } = useStore(settings);
  return (
    <>
      <Choice
        label={t('simulation:detail')}
        labelHidden
        value={detail}
        options={DETAILS.map((id) => ({ id, label: t(`simulation:detail.${id}`) }))}
        onChange={(id) => changeSettings({ detail: id as DetailLevel })}
      />
      <Choice
        label={t('simulation:captions')}
        labelHidden
        value={captions}
        options={CAPTIONS.map((id) => ({ id, label: t(`simulation:captions.${id}`) }))}
        onChange={(id) => changeSettings({ captions: id as Captions })}
      />
    </>
  );
}

export function ProjectorButton() {
  const t = useText();
  return (
    <IconButton
      label={t('rehearsal:projector')}
      hotkey="T"
      icon={<Presentation size={16} />}
      onPress={() => pane.setState({ projector: true })}
    />
  );
}
