import { expect, it } from 'vitest';
import { shortImageName } from './image-name.ts';

it.each([
  ['nginx', 'nginx'],
  ['nginx:1.27', 'nginx:1.27'],
  ['ghcr.io/acme/web:1.4', 'web:1.4'],
  ['registry.example.com:5000/acme/web', 'web'],
  ['acme/web:1.4@sha256:0123456789abcdef', 'web:1.4'],
  ['acme/web@sha256:0123456789abcdef', 'web@sha256:0123456'],
  ['web@broken', 'web@broken'],
  ['', ''],
])('%s is %s', (image, short) => {
  expect(shortImageName(image)).toBe(short);
});
