import { useState } from 'react';
import './exam.css';
import { Button } from '../../../kit/button.tsx';
import { showToast } from '../../../kit/toasts.ts';
import { exampleFiles } from '../../../workspace/example.ts';
import { useText } from '../../i18n.ts';
import { closeDialog, page } from '../../page-state.ts';
import { useShelf } from '../../shelf-context.ts';
import { useSimulation } from '../../simulation/simulation-context.ts';
import { useWorkspace, useWorkspaceState } from '../../workspace-context.ts';
import { openExam } from './open-exam.ts';

/** The last lesson: a shop is drawn, and has its exam day. */
export function ExamCard() {
  const t = useText();
  const [shelf, workspace, simulation] = [useShelf(), useWorkspace(), useSimulation()];
  const hasDesign = useWorkspaceState(({ design }) => design.records.size > 0);
  const [seed, setSeed] = useState(1);
  const begin = async (example: boolean): Promise<void> => {
    closeDialog();
    page.setState({ mode: 'design', welcome: false });
    await shelf.begin(t('exam:shop'), example ? await exampleFiles() : []);
  };
  const tell = (error: unknown): void => showToast({ text: String(error), tone: 'bad' });
  return (
    <section aria-labelledby="lessons-exam">
      <h3 id="lessons-exam">{t('exam:capstone')}</h3>
      <div className="lesson-row">
        <h4>{t('exam:draw')}</h4>
        <p className="quiet">{t('exam:about')}</p>
        <ul>
          <li>{t('exam:goalDraw')}</li>
          <li>{t('exam:goalExam')}</li>
          <li>{t('exam:goalRead')}</li>
        </ul>
        <div className="exam-start">
          <Button onPress={() => void begin(false).catch(tell)}>{t('exam:fromEmpty')}</Button>
          <Button onPress={() => void begin(true).catch(tell)}>{t('exam:fromExample')}</Button>
          <label>
            {t('exam:seedLabel')}{' '}
            <input
              className="input"
              type="number"
              min={1}
              value={seed}
              onChange={({ target }) => setSeed(Math.max(1, Math.floor(target.valueAsNumber || 1)))}
            />
          </label>
          <Button
            look="primary"
            disabled={!hasDesign}
            onPress={() => void openExam(seed, { workspace, simulation }).catch(tell)}
          >
            {t('exam:begin')}
          </Button>
        </div>
      </div>
    </section>
  );
}
