import { useText } from '../../i18n.ts';
import { useSimulation } from '../simulation-context.ts';

/** Goes to the step that proves a sentence. */
export function ProofLink({ proof }: { readonly proof: number | undefined }) {
  const t = useText();
  const simulation = useSimulation();
  if (proof === undefined) return null;
  return (
    <button type="button" className="sim-link why-proof" onClick={() => simulation.goTo(proof)}>
      {t('rehearsal:proof', { seq: proof })}
    </button>
  );
}
