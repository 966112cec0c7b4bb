import type { Diagnosis } from '../../../workspace/simulation/why/diagnosis.ts';
import { sentence, translatedServerWords } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';

/** A diagnosis as one sentence in the language of the page; what Kubernetes said is in its own words where no table has it. */
export function diagnosisText(t: Text, { id, params }: Diagnosis): string {
  const { message = '' } = params;
  return sentence(t, 'rehearsal', `why.${id}`, { ...params, message: translatedServerWords(message) ?? message });
}
