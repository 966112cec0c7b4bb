import { describe, expect } from 'vitest';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../../base/testing/upstream-table.ts';
import { conversionReview, convertedObjects, restoredMetadata } from './conversion-review.ts';
import table from './testdata/conversion.json' with { type: 'json' };

const source = upstreamSource('kube-apiserver', table.source);

describe('reviews of conversions', () => {
  upstreamLeftOut(source, {
    TestGetObjectsToConvert: { count: 7, reason: 'which objects of a list go into one review: here each has its own' },
    'TestGetConvertedObjectsFromResponse/nil response and unknown type': {
      count: 2,
      reason: 'an answer of another Go type, which no JSON becomes',
    },
  });

  interface Restored {
    readonly name: string;
    readonly original: JsonObject;
    readonly converted: JsonObject;
    /** Undefined where the conversion is refused. */
    readonly metadata?: JsonObject;
  }
  upstreamEach(
    source,
    'TestRestoreObjectMeta',
  )((table.restore as unknown as readonly Restored[]).map((row) => [row.name, row] as const))(
    '%s',
    (_name, { original, converted, metadata }) => {
      const made = restoredMetadata(original, longTexts(converted) as JsonObject);
      if (metadata === undefined) expect(made).toBeTypeOf('string');
      else expect(made).toEqual(metadata);
    },
  );

  upstreamEach(
    source,
    'TestCreateConversionReviewObjects',
  )(
    (table.reviews as readonly { name: string; versions: readonly string[]; apiVersion?: string }[]).map(
      (row) => [row.name, row] as const,
    ),
  )('%s', (_name, { versions, apiVersion }) => {
    const objects = [{ apiVersion: 'foo/v2', kind: 'Widget' }];
    const review = conversionReview(versions, objects, 'foo/v1', 'uid');
    if (apiVersion === undefined) expect(review).toBe('no supported conversion review versions');
    else
      expect(review).toEqual({
        kind: 'ConversionReview',
        apiVersion,
        request: { uid: 'uid', desiredAPIVersion: 'foo/v1', objects },
      });
  });

  interface Answered {
    readonly name: string;
    readonly asked: string;
    readonly body: JsonObject;
    readonly count?: number;
    readonly error?: string;
  }
  upstreamEach(
    source,
    'TestGetConvertedObjectsFromResponse',
  )((table.answers as unknown as readonly Answered[]).map((row) => [row.name, row] as const))(
    '%s',
    (_name, { asked, body, count, error }) => {
      const objects = convertedObjects('uid', body, asked);
      if (error === undefined) expect(objects).toHaveLength(count!);
      else expect(objects).toContain(error);
    },
  );
});

/** Texts that are too long to be written down: `{repeat: 64}`. */
function longTexts(value: JsonValue): JsonValue {
  if (!isJsonObject(value)) return value;
  if (typeof value['repeat'] === 'number') return 'x'.repeat(value['repeat']);
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, longTexts(own ?? null)]));
}
