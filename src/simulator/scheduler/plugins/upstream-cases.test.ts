import { upstreamFolder } from '../../../base/testing/upstream-file.ts';
import { runPluginCase } from './testing/run-case.ts';

upstreamFolder('scheduler', new URL('./testdata/', import.meta.url), runPluginCase);
