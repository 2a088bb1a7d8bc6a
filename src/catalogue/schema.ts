import * as z from 'zod';
import { RELATIONS } from '../classifier.ts';
import { DISTRIBUTIONS } from '../model/cluster.ts';
import { SEVERITIES } from '../model/severities.ts';
import { PLACES } from '../model/signal.ts';
import { STAGES } from '../model/stages.ts';

const texts = z.array(z.string().min(1)).min(1);

/** What every class says of itself, as written in YAML or TypeScript. */
export const describedSchema = z.object({
  title: z.string().min(1).max(72),
  stage: z.enum(STAGES),
  severity: z.enum(SEVERITIES),
  cause: z.string().min(1),
  fix: z
    .array(z.union([z.string().min(1), z.partialRecord(z.enum(DISTRIBUTIONS), z.string().min(1))]))
    .min(1),
  tellApart: z.string().optional(),
  yieldsTo: texts.optional(),
  causedBy: z.array(z.strictObject({ classes: texts, by: z.enum(RELATIONS) })).optional(),
});

/** A YAML class file. */
export const textClassSchema = z.strictObject({
  ...describedSchema.shape,
  detect: z
    .strictObject({
      in: z.array(z.enum(PLACES)).min(1),
      reason: texts.optional(),
      any: texts.optional(),
      culprit: z
        .strictObject({
          kind: z.string(),
          name: z.string(),
          namespace: z.string().optional(),
          port: z.string().optional(),
        })
        .optional(),
      message: z.string().optional(),
    })
    .refine(({ reason, any }) => reason || any, 'needs `reason` or `any`'),
  examples: z.strictObject({ hit: texts, miss: texts }),
});

/** noise.yaml */
export const noiseSchema = z.array(
  z.strictObject({ why: z.string(), in: z.array(z.enum(PLACES)).min(1), any: texts, examples: texts }),
);

/** groups.yaml */
export const groupsSchema = z.strictObject({
  contexts: z.record(z.string(), z.string()),
  groups: z.record(
    z.string(),
    z.strictObject({
      needs: z.string().optional(),
      never: z.array(z.string()).optional(),
      yieldsTo: texts.optional(),
    }),
  ),
});
