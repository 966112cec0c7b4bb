import { beforeAll, expect, it } from 'vitest';
import { GROUPS_WITH_SCHEMAS } from '../../openapi/built-in-schemas.ts';
import { preloadDescriptions } from '../../openapi/descriptions.ts';
import { preloadKinds } from '../testing/built-in-kinds.ts';
import { runOffline } from './testing/offline-terminal.ts';
import { wrapWords } from './word-wrap.ts';

beforeAll(async () => {
  await Promise.all([preloadKinds(), preloadDescriptions(GROUPS_WITH_SCHEMAS)]);
});

const lines = (command: string): readonly string[] => runOffline(command).stdout.split('\n');

it('explains a field by its own words and those of its type, then the fields inside', () => {
  const text = runOffline('explain cronjobs.batch.spec').stdout;
  expect(
    text.startsWith(
      'GROUP:      batch\nKIND:       CronJob\nVERSION:    v1\n\nFIELD: spec <CronJobSpec>\n\n\nDESCRIPTION:\n' +
        '    Specification of the desired behavior of a cron job, including the schedule.\n    More info:\n',
    ),
  ).toBe(true);
  expect(text).toContain(
    '\n    actually run.\n    \nFIELDS:\n  concurrencyPolicy\t<string>\n  enum: Allow, Forbid, Replace\n    ',
  );
  expect(text).toContain('  jobTemplate\t<JobTemplateSpec> -required-\n    Specifies the job that will be created');
});

it.each([
  ['explain pod.spec.containers.resources', '  limits\t<map[string]Quantity>'],
  ['explain pod.spec', '  containers\t<[]Container> -required-'],
  ['explain svc.spec.ports', '  targetPort\t<IntOrString>'],
  ['explain deploy.spec.template.spec.containers.livenessProbe', 'FIELD: livenessProbe <Probe>'],
  ['explain cj.spec.concurrencyPolicy', 'ENUM:'],
  ['explain sts --recursive', '      blockOwnerDeletion\t<boolean>'],
  ['explain hpa --api-version=autoscaling/v1', 'VERSION:    v1'],
])('%s says %s', (command, line) => expect(lines(command)).toContain(line));

it.each([
  ['explain pod.spec.nope', 'error: field "nope" does not exist'],
  ['explain ships', 'error: the server doesn\'t have a resource type "ships"'],
  [
    'explain',
    'error: You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
  ],
  ['explain pods services', 'error: We accept only this format: explain RESOURCE'],
  [
    'explain deploy --api-version=apps/v1beta1',
    'error: couldn\'t find resource for "apps/v1beta1, Resource=deployments"',
  ],
])('%s is refused', (command, words) =>
  expect(runOffline(command)).toEqual({ stdout: '', stderr: `${words}\n`, exitCode: 1 }),
);

/** Source: github.com/mitchellh/go-wordwrap 1.0.1, wordwrap_test.go. */
it.each([
  ['foo', 4, 'foo'],
  ['foobarbaz', 4, 'foobarbaz'],
  ['foo bar baz', 4, 'foo\nbar\nbaz'],
  ['foo bars bazzes', 4, 'foo\nbars\nbazzes'],
  ['fo sop', 4, 'fo\nsop'],
  ['foo bar\u00A0baz', 10, 'foo\nbar\u00A0baz'],
  ['foo\nb\t r\n baz', 4, 'foo\nb\t r\n baz'],
  ['foo    \nb   ar   ', 4, 'foo\nb\nar'],
  ['foo bar baz\n', 4, 'foo\nbar\nbaz\n'],
  ['\nfoo bar\n\n\nbaz\n', 4, '\nfoo\nbar\n\n\nbaz\n'],
  [
    ' This is a list: \n\n\t* foo\n\t* bar\n\n\n\t* baz  \nBAM    ',
    6,
    ' This\nis a\nlist: \n\n\t* foo\n\t* bar\n\n\n\t* baz\nBAM',
  ],
  ['\u2584 '.repeat(4), 4, '\u2584 \u2584\n\u2584 \u2584 '],
])('%j wrapped at %i', (text, limit, wrapped) => expect(wrapWords(text, limit)).toBe(wrapped));
