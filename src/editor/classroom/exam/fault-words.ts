import type { FaultReport } from '../../../workspace/exam/exam-report.ts';
import type { Text } from '../../i18n.ts';
import { clock } from '../../simulation/steps.ts';

/** How a design took a fault, in a sentence. */
export function faultWords(t: Text, { sent, failed, recoveryMs, isOpen }: FaultReport): string {
  if (failed === 0) return t('exam:nobodySaw', { sent });
  return t(isOpen ? 'exam:notOver' : 'exam:over', { sent, failed, time: clock(recoveryMs) });
}
