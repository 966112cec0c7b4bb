import type { Experiment } from '../../experiment/experiment.ts';
import { indexedJob } from '../../experiment/indexed-job.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { Button } from '../../kit/button.tsx';
import { writeObject } from '../../manifest/write.ts';
import { downloadFiles } from '../exporting/download.ts';
import { useText } from '../i18n.ts';

/** Parts that a Job of the page is run in; the manifest can be changed. */
const SHARDS = 8;
/** To be put right: only who runs it knows the registry. */
const IMAGE = 'drydock-cli:0.1.0';

/** Saves the manifests of an Indexed Job that runs the experiment on Kubernetes. */
export function JobButton({
  given,
  name,
  onWrong,
}: {
  readonly given: () => Experiment | undefined;
  readonly name: string;
  readonly onWrong: (words: string) => void;
}) {
  const t = useText();
  const save = () => {
    const experiment = given();
    if (experiment === undefined) return;
    const { objects, tooLarge } = indexedJob(experiment, { name, shards: SHARDS, image: IMAGE });
    const [first] = tooLarge;
    if (first !== undefined) return onWrong(t('experiment:jobTooLarge', { path: first.path }));
    const encoder = new TextEncoder();
    downloadFiles(
      objects.map((object) => ({
        path: `${object.kind.toLowerCase()}-${nameOf(object)}.yaml`,
        content: encoder.encode(writeObject(object)),
      })),
    );
  };
  return (
    <Button look="quiet" onPress={save}>
      {t('experiment:saveJob')}
    </Button>
  );
}
