import { upstreamFolder } from '../../base/testing/upstream-file.ts';
import { answerTo } from './testing/upstream-case.ts';

upstreamFolder('kubelet', new URL('./testdata/', import.meta.url), answerTo);
