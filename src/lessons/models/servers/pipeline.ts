import type { ActReader } from '../act-reader.ts';
import { shortDigest } from '../digest.ts';
import type { Stage } from '../model.ts';
import { digestOfPackages } from './state.ts';
import type { PipelineStage, ServerImage, ServersState } from './state.ts';

/** How long the stages take that take long. Illustrative. */
const BUILD_MS = 90_000;
const TEST_MS = 30_000;

/** From a commit to an image that is applied, with nobody in between. Whether it came so far: tests that fail end it. */
export function runPipeline(stage: Stage<ServersState>, image: ServerImage, base: string, given: ActReader): boolean {
  const { ref } = image;
  const passes = given.truth('tests', true);
  const digest = shortDigest(digestOfPackages(image.packages));
  const at = (done: readonly PipelineStage[], failed?: PipelineStage): ServersState => ({
    ...stage.state,
    pipeline: { ref, done, failed },
  });
  stage.tell(
    { from: 'operator', to: 'builder', verb: 'git push', object: ref, detail: { ...given.textMap('packages') } },
    at(['commit']),
  );
  stage.tell(
    { from: 'builder', verb: 'docker build', object: ref, detail: { from: base, digest }, tookMs: BUILD_MS },
    at(['commit', 'build']),
  );
  if (!passes) {
    const failed = at(['commit', 'build'], 'test');
    stage.tell({ from: 'builder', class: 'fault', verb: 'tests failed', object: ref, tookMs: TEST_MS }, failed);
    return false;
  }
  stage.tell({ from: 'builder', verb: 'test', object: ref, tookMs: TEST_MS }, at(['commit', 'build', 'test']));
  const pushed = at(['commit', 'build', 'test', 'push']);
  stage.tell(
    { from: 'builder', to: 'registry', verb: 'docker push', object: ref, detail: { digest } },
    { ...pushed, registry: [...pushed.registry.filter((one) => one.ref !== ref), image] },
  );
  stage.tell(
    { from: 'builder', to: 'load-balancer', verb: 'apply', object: ref },
    at(['commit', 'build', 'test', 'push', 'apply']),
  );
  return true;
}
