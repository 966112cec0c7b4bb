import { Button } from '../../kit/button.tsx';
import type { DesignRecord } from '../../design/design.ts';
import type { Refusal } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { keyOfRecord, useCardLife } from './card-life.ts';
import { useSimulation } from './simulation-context.ts';
import { awaitVerdict } from './use-live-apply.ts';

/** Where the cluster that runs refuses a change because others have set the same fields: takes them over. */
export function TakeOver({ record }: { readonly record: DesignRecord }) {
  const refusal = useCardLife(record.id)?.refusal;
  return refusal !== undefined && isConflict(refusal) ? <Offer record={record} refusal={refusal} /> : null;
}

/** Of server-side apply, which names who has set each field (fieldmanager's conflict error, 1.36). */
function isConflict({ code, causes }: Refusal): boolean {
  return code === 409 && causes.length > 0;
}

function Offer({ record, refusal }: { readonly record: DesignRecord; readonly refusal: Refusal }) {
  const t = useText();
  const simulation = useSimulation();
  const fields = refusal.causes.map(({ field }) => field.replace(/^\./, '')).join(', ');
  return (
    <section className="take-over">
      <p>{t('rehearsal:disputed', { fields })}</p>
      <Button
        small
        onPress={() => {
          awaitVerdict(simulation);
          simulation.takeOver(keyOfRecord(record));
        }}
      >
        {t('rehearsal:takeOver')}
      </Button>
      <small className="quiet">
        <code>kubectl apply --server-side --force-conflicts</code>
      </small>
    </section>
  );
}
